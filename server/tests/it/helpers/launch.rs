//! People who open the app: signed launch data and sessions.

use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use simulators::launch::{Launch, Person};
use vakhta::clock;

use super::{
    TestApp,
    app::{ADMIN, BOT_TOKEN},
    described::Answered as _,
};

/// Now, as Telegram writes it.
pub fn now() -> i64 {
    clock::now().unix_timestamp()
}

/// Launch data of the menu button, made now.
pub fn launch(person: &Person) -> Launch {
    Launch::from_button(person, now())
}

/// Somebody who opened the app.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The bearer.
    pub token: String,
    /// The whole answer to the sign-in.
    pub answer: Value,
}

impl Signed {
    /// The account's id on the wire.
    pub fn id(&self) -> &str {
        self.answer["user"]["id"].as_str().expect("an id")
    }
}

impl TestApp {
    /// `POST /api/v1/session` with this launch data.
    pub async fn exchange(&self, init_data: &str) -> reqwest::Response {
        let request = reqwest::Client::new().post(self.at("/api/v1/session"));
        request.header("authorization", format!("tma {init_data}")).answered().await
    }

    /// Signs somebody in.
    pub async fn sign_in(&self, person: &Person) -> Signed {
        let response = self.exchange(&launch(person).sign(BOT_TOKEN)).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        let answer: Value = response.json().await.expect("JSON");
        Signed { token: answer["token"].as_str().expect("a token").to_owned(), answer }
    }

    /// Signs in the administrator that the configuration names.
    pub async fn admin(&self) -> Signed {
        self.sign_in(&Person::new(ADMIN, "Администратор")).await
    }

    /// Signs in somebody to whom this role was given before.
    pub async fn with_role(&self, telegram_id: i64, role: &str) -> Signed {
        let role = role.parse().expect("a role");
        vakhta::services::accounts::grant::grant(&self.db, telegram_id, role, clock::now()).await.expect("granted");
        self.sign_in(&Person::new(telegram_id, format!("Person {telegram_id}"))).await
    }

    /// A request of somebody signed in; without cookies.
    pub fn request_of(&self, who: &Signed, method: reqwest::Method, path: &str) -> RequestBuilder {
        reqwest::Client::new().request(method, self.at(path)).bearer_auth(&who.token)
    }

    /// `GET` by somebody signed in.
    pub async fn get_as(&self, who: &Signed, path: &str) -> reqwest::Response {
        self.request_of(who, reqwest::Method::GET, path).answered().await
    }

    /// `GET` by somebody signed in, which must succeed.
    pub async fn read_as(&self, who: &Signed, path: &str) -> Value {
        let response = self.get_as(who, path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.expect("JSON")
    }

    /// A change with a JSON body by somebody signed in.
    pub async fn send_as(&self, who: &Signed, method: reqwest::Method, path: &str, body: &Value) -> reqwest::Response {
        self.request_of(who, method, path).json(body).answered().await
    }
}

/// Status and `code` of a problem.
pub async fn problem(response: reqwest::Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["status"], status);
    (status, problem["code"].as_str().expect("a code").to_owned())
}

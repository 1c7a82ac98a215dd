//! Somebody with a role who speaks to the REST interface, and the words for arranging people.

use app::model::user::Role;
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::{Value, json};

use simulators::launch::Person;

use super::{
    TestApp,
    app::{ADMIN, BOT_TOKEN},
    described::Answered as _,
    launch::launch,
    program::Server,
};

/// Somebody signed in.
pub struct User {
    client: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// An answer, read to its end.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// JSON body; null when there is none.
    pub body: Value,
}

impl Answer {
    /// The body of an answer that must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }

    /// Asserts a problem with this status and code.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let body = self.expect(status);
        assert_eq!(body["code"], code, "{body}");
        body
    }
}

impl TestApp {
    /// Signs in an account of its own with this role.
    pub async fn user(&self, role: Role) -> User {
        let signed = self.with_role(500 + i64::from(role as u8), role.as_str()).await;
        User { client: reqwest::Client::new(), url: self.url.clone(), token: Some(signed.token) }
    }

    /// Signs in an operator with this number in Telegram.
    pub async fn operator(&self, telegram_id: i64) -> User {
        let signed = self.with_role(telegram_id, Role::Operator.as_str()).await;
        User { client: reqwest::Client::new(), url: self.url.clone(), token: Some(signed.token) }
    }

    /// Nobody.
    pub fn nobody(&self) -> User {
        User { client: reqwest::Client::new(), url: self.url.clone(), token: None }
    }
}

impl User {
    /// The administrator of a program that runs with [`Server::VARIABLES`].
    pub async fn admin_of(server: &Server) -> Self {
        let (client, url) = (reqwest::Client::new(), format!("http://{}", server.address));
        let signed = launch(&Person::new(ADMIN, "Администратор")).sign(BOT_TOKEN);
        let request = client.post(format!("{url}/api/v1/session")).header("authorization", format!("tma {signed}"));
        let answer: Value = request.answered().await.json().await.expect("JSON");
        Self { client, url, token: Some(answer["token"].as_str().expect("a token").to_owned()) }
    }

    /// The bearer of the session.
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("signed in")
    }

    /// His name.
    pub async fn name(&self) -> String {
        self.get("/me").await.expect(200)["name"].as_str().expect("a name").to_owned()
    }

    /// A request to `/api/v1` and this path.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}/api/v1{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends it and reads the answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.answered().await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `GET` with these parameters.
    pub async fn ask(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::GET, path).query(query)).await
    }

    /// `POST` without a body.
    pub async fn post(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path)).await
    }

    /// `POST` of JSON.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `PATCH` of JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Enters somebody: surname and first name, and what else is said of him.
    pub async fn enter(&self, surname: &str, name: &str, rest: Value) -> Value {
        let mut draft = json!({ "surname": surname, "name": name });
        for (field, value) in rest.as_object().into_iter().flatten() {
            draft[field] = value.clone();
        }
        self.post_json("/employees", &draft).await.expect(201)
    }

    /// The full names of a list.
    pub async fn names(&self, query: &[(&str, &str)]) -> Vec<String> {
        let page = self.ask("/employees", query).await.expect(200);
        let items = page["items"].as_array().expect("items");
        items.iter().map(|item| item["full_name"].as_str().expect("a name").to_owned()).collect()
    }
}

/// The path of an employee.
pub fn path(employee: &Value) -> String {
    format!("/employees/{}", employee["id"].as_str().expect("an id"))
}

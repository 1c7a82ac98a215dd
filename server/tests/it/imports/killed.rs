//! The built program, killed in the middle of an import.

use std::fmt::Write as _;

use reqwest::{
    Client, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use simulators::launch::Person;

use crate::helpers::{
    app::{ADMIN, BOT_TOKEN},
    described::Answered as _,
    launch::launch,
    program::{Folder, Server},
};

/// So many that nobody stores them before they are noticed.
const PEOPLE: usize = 40_000;

/// The administrator of a running server.
struct Admin {
    client: Client,
    api: String,
}

impl Admin {
    async fn of(server: &Server) -> Self {
        let (client, api) = (Client::new(), format!("http://{}/api/v1", server.address));
        let launch = launch(&Person::new(ADMIN, "Администратор")).sign(BOT_TOKEN);
        let request = client.post(format!("{api}/session")).header("authorization", format!("tma {launch}"));
        let signed_in: Value = request.answered().await.json().await.expect("JSON");
        let bearer = format!("Bearer {}", signed_in["token"].as_str().expect("a token"));
        let headers = [(reqwest::header::AUTHORIZATION, bearer.parse().expect("a header"))].into_iter().collect();
        let client = Client::builder().default_headers(headers).build().expect("a client");
        Self { client, api }
    }

    async fn read(&self, path: &str) -> Value {
        let response = self.client.get(format!("{}{path}", self.api)).answered().await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.expect("JSON")
    }

    fn import(&self, people: usize) -> reqwest::RequestBuilder {
        let mut lines = String::new();
        for n in 0..people {
            let person = json!({ "surname": "Иванов", "name": "Иван", "email": format!("ivan-{n}@b.example") });
            writeln!(lines, "{person}").expect("written");
        }
        let file = Part::bytes(lines.into_bytes()).file_name("people.ndjson");
        self.client.post(format!("{}/employees/import", self.api)).multipart(Form::new().part("file", file))
    }
}

#[tokio::test]
async fn a_kill_in_the_middle_of_an_import_leaves_nothing_of_it() {
    let folder = Folder::open();
    let id = ADMIN.to_string();
    let variables = [
        ("TELEGRAM_BOT_TOKEN", BOT_TOKEN),
        ("TELEGRAM_API_URL", "http://127.0.0.1:9"),
        ("ADMIN_TELEGRAM_IDS", id.as_str()),
    ];
    let server = folder.serve_with(&variables);
    let admin = Admin::of(&server).await;
    let half_way = async {
        loop {
            let running = &admin.read("/employees/import").await["running"];
            if running["phase"] == "storing" && running["done"].as_u64() > Some(0) {
                return;
            }
        }
    };
    tokio::select! {
        answer = admin.import(PEOPLE).send() => panic!("it is stored already: {answer:?}"),
        () = half_way => server.kill(),
    }

    let server = folder.serve_with(&variables);
    let admin = Admin::of(&server).await;
    assert_eq!(admin.read("/employees").await["items"], json!([]));
    assert_eq!(admin.read("/employees/import").await, json!({ "running": null, "last": null }));
    let report = loop {
        let answer = admin.import(10).answered().await;
        // Until the database has noticed who is gone.
        if answer.status() != StatusCode::CONFLICT {
            assert_eq!(answer.status(), StatusCode::OK);
            break answer.json::<Value>().await.expect("JSON");
        }
    };
    assert_eq!((&report["created"], &report["absent"]), (&json!(10), &json!(0)));
    assert_eq!(admin.read("/employees?limit=100").await["items"].as_array().expect("items").len(), 10);
    assert_eq!(server.terminate(), 0);
}

//! The server's API as one signed-in person calls it.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header::RETRY_AFTER};
use serde_json::Value;

use crate::{
    clock,
    launch::{Launch, Person},
};

/// A session.
pub(super) struct Api {
    client: Client,
    base: String,
    token: String,
}

impl Api {
    /// Signs in with launch data, as the Mini App does.
    pub(super) async fn sign_in(app_url: &str, bot_token: &str, person: &Person) -> anyhow::Result<Self> {
        let (client, base) = (Client::new(), format!("{}/api/v1", app_url.trim_end_matches('/')));
        let launch = Launch::from_button(person, clock::now_s()).sign(bot_token);
        let request = client.post(format!("{base}/session")).header("Authorization", format!("tma {launch}"));
        let session = answer(request).await.context("signing in")?;
        let token = session["token"].as_str().context("a session has a token")?.to_owned();
        Ok(Self { client, base, token })
    }

    pub(super) async fn sign_out(self) -> anyhow::Result<()> {
        self.send(Method::DELETE, "/session", None).await.map(drop)
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Method::GET, path, None).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let what = format!("{method} {path}");
        let mut request = self.request(method.clone(), path);
        if method == Method::POST {
            request = request.header("Idempotency-Key", format!("demo-{:032x}", rand::random::<u128>()));
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request).await.context(what)
    }

    pub(super) async fn upload(&self, path: &str, name: &str, file: Vec<u8>) -> anyhow::Result<Value> {
        let part = reqwest::multipart::Part::bytes(file).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        answer(self.request(Method::POST, path).multipart(form)).await.with_context(|| format!("POST {path}"))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }
}

async fn answer(mut request: RequestBuilder) -> anyhow::Result<Value> {
    let answer = loop {
        let again = request.try_clone();
        let answer = request.send().await?;
        match again {
            // Hundreds of servers in a row are more than people do.
            Some(again) if answer.status() == StatusCode::TOO_MANY_REQUESTS => {
                let wait = answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
                tokio::time::sleep(Duration::from_secs(wait.unwrap_or(1).min(60))).await;
                request = again;
            }
            _ => break answer,
        }
    };
    let status = answer.status();
    let body = answer.text().await?;
    anyhow::ensure!(status.is_success(), "{status}: {body}");
    Ok(serde_json::from_str(&body).unwrap_or_default())
}

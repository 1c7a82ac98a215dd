//! Eight clients at once, each asking one question after the other: of the server over HTTP, or of the database itself.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use sqlx::{Connection, PgConnection};
use tokio::task::JoinSet;

use crate::{
    machine::{Database, Server},
    report::percentile,
};

/// How many.
pub const CLIENTS: usize = 8;

/// What is asked for in the address.
pub type Question = Vec<(&'static str, String)>;

/// Each asks so many of these below `/api/v1`; the 95th percentile in milliseconds.
pub async fn get(server: &Server, path: &str, questions: Vec<Question>, each: usize) -> anyhow::Result<f64> {
    let mut clients = JoinSet::new();
    let questions = Arc::new(questions);
    for client in 0..CLIENTS {
        let (url, token, questions) = (format!("{}/api/v1{path}", server.url), server.token.clone(), questions.clone());
        clients.spawn(async move {
            let http = reqwest::Client::new();
            let mut took = Vec::new();
            for number in 0..each {
                let question = &questions[nth(client, number, questions.len())];
                let start = Instant::now();
                let answer = http.get(&url).query(question).bearer_auth(&token).send().await?;
                let status = answer.status();
                answer.bytes().await?;
                took.push(start.elapsed());
                ensure!(status.is_success(), "{question:?} answered {status}");
            }
            Ok(took)
        });
    }
    p95(clients).await
}

/// Each asks the database so many times, with one of these texts anywhere in a column; the 95th percentile in milliseconds.
pub async fn select(database: &Database, sql: &'static str, texts: Vec<String>, each: usize) -> anyhow::Result<f64> {
    let mut clients = JoinSet::new();
    let texts = Arc::new(texts);
    for client in 0..CLIENTS {
        let (url, texts) = (database.url.clone(), texts.clone());
        clients.spawn(async move {
            let mut connection = PgConnection::connect(&url).await?;
            let mut took = Vec::new();
            for number in 0..each {
                let pattern = format!("%{}%", texts[nth(client, number, texts.len())]);
                let start = Instant::now();
                sqlx::query(sql).bind(pattern).fetch_all(&mut connection).await?;
                took.push(start.elapsed());
            }
            Ok(took)
        });
    }
    p95(clients).await
}

/// Which question a client asks next: each another one.
const fn nth(client: usize, number: usize, of: usize) -> usize {
    (client * 7919 + number * 31) % of
}

async fn p95(mut clients: JoinSet<anyhow::Result<Vec<Duration>>>) -> anyhow::Result<f64> {
    let mut took = Vec::new();
    while let Some(client) = clients.join_next().await {
        took.extend(client??.iter().map(|took| took.as_secs_f64() * 1e3));
    }
    Ok(percentile(&mut took, 95))
}

//! The simulated fleet as servers to watch, entered through the public API.

use std::collections::HashMap;

use anyhow::ensure;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::fleet::{
    Kind, Plan,
    plan::{KEYWORD, Server},
};

use crate::machine;

/// How often each monitor looks.
const INTERVAL_S: u32 = 10;

/// Enters the first servers of a plan with what they have of these kinds, until there are so many monitors.
/// Gives the ids of the servers by their names.
pub async fn enter(
    server: &machine::Server,
    plan: &Plan,
    kinds: &[Kind],
    monitors: usize,
) -> anyhow::Result<HashMap<String, String>> {
    let client = reqwest::Client::new();
    let (mut ids, mut left) = (HashMap::new(), monitors);
    for one in &plan.servers {
        let mut draft = draft(one, plan, kinds, left);
        left -= draft["monitors"].as_array().map_or(0, Vec::len);
        draft["parent_id"] = json!(one.parent.as_ref().and_then(|parent| ids.get(parent)));
        let answer = server.request(&client, Method::POST, "/servers").json(&draft).send().await?;
        let (status, body) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status.is_success(), "{status}: {body}");
        ids.insert(one.name.clone(), body["id"].as_str().unwrap_or_default().to_owned());
        if left == 0 {
            return Ok(ids);
        }
    }
    ensure!(left == 0, "the plan has too few services: {left} are missing");
    Ok(ids)
}

fn draft(server: &Server, plan: &Plan, kinds: &[Kind], most: usize) -> Value {
    let services = server.services.iter().filter(|service| kinds.contains(&service.kind)).take(most);
    json!({
        "name": server.name,
        "address": server.address,
        "group": server.group,
        "tags": server.tags,
        "notes": server.notes,
        "monitors": services.map(|service| monitor(server, plan, service.kind, service.port)).collect::<Vec<_>>(),
    })
}

fn monitor(server: &Server, plan: &Plan, kind: Kind, port: u16) -> Value {
    let (target, own) = match kind {
        Kind::Ping | Kind::Push => (String::new(), json!({})),
        Kind::Tcp | Kind::Tls => (format!(":{port}"), json!({})),
        Kind::Http => (format!("http://{}:{port}/", server.address), json!({ "keyword": KEYWORD, "slow_ms": 1_000 })),
        Kind::Dns => {
            let resolver = format!("{}:{port}", server.address);
            (plan.servers.first().unwrap_or(server).host(), json!({ "record": "A", "resolver": resolver }))
        }
    };
    let mut settings = json!({ "timeout_ms": 3_000, "retry_interval_s": 5, "bad_to_go_down": 2 });
    if let (Value::Object(all), Value::Object(own)) = (&mut settings, own) {
        all.extend(own);
    }
    json!({ "kind": kind, "target": target, "interval_s": INTERVAL_S, "settings": settings })
}

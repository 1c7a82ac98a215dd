//! The simulated fleet as servers to watch, entered through the public API.

use std::collections::HashMap;

use anyhow::ensure;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::fleet::{
    Kind, Plan,
    plan::{KEYWORD, Server, Service},
};

use crate::machine;

/// How often each monitor looks.
const INTERVAL_S: u32 = 10;

/// What was entered.
pub struct Entered {
    /// The ids of the servers by their names.
    pub ids: HashMap<String, String>,
    /// How many monitors they have.
    pub monitors: usize,
}

/// Enters the servers of a plan with what they have of these kinds, until there are so many monitors.
pub async fn enter(server: &machine::Server, plan: &Plan, kinds: &[Kind], most: usize) -> anyhow::Result<Entered> {
    let client = reqwest::Client::new();
    let mut entered = Entered { ids: HashMap::new(), monitors: 0 };
    for one in &plan.servers {
        let mut draft = draft(one, plan, kinds, most - entered.monitors);
        draft["parent_id"] = json!(one.parent.as_ref().and_then(|parent| entered.ids.get(parent)));
        let answer = server.request(&client, Method::POST, "/servers").json(&draft).send().await?;
        let (status, body) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status.is_success(), "{status}: {body}");
        entered.ids.insert(one.name.clone(), body["id"].as_str().unwrap_or_default().to_owned());
        entered.monitors += draft["monitors"].as_array().map_or(0, Vec::len);
        if entered.monitors == most {
            break;
        }
    }
    Ok(entered)
}

fn draft(server: &Server, plan: &Plan, kinds: &[Kind], most: usize) -> Value {
    let services = server.services.iter().filter(|service| kinds.contains(&service.kind));
    let mut monitors: Vec<Value> =
        services.map(|service| monitor(server, service.kind, &target(server, plan, *service))).collect();
    // Of half of those with a page it is asked besides whether they are well.
    if let Some(http) = server.service(Kind::Http).filter(|_| server.address.octets()[3].is_multiple_of(2)) {
        let health = format!("http://{}:{}/health", server.address, http.port);
        monitors.push(monitor(server, Kind::Http, &health));
    }
    monitors.truncate(most);
    json!({
        "name": server.name,
        "address": server.address,
        "group": server.group,
        "tags": server.tags,
        "notes": server.notes,
        "monitors": monitors,
    })
}

fn target(server: &Server, plan: &Plan, service: Service) -> String {
    match service.kind {
        Kind::Ping | Kind::Push => String::new(),
        Kind::Tcp | Kind::Tls => format!(":{}", service.port),
        Kind::Http => format!("http://{}:{}/", server.address, service.port),
        // A name server is asked for somebody else's name.
        Kind::Dns => plan.servers.first().unwrap_or(server).host(),
    }
}

fn monitor(server: &Server, kind: Kind, target: &str) -> Value {
    let own = match kind {
        Kind::Http if target.ends_with("/health") => json!({ "json_path": "$.status", "json_value": "ok" }),
        Kind::Http => json!({ "keyword": KEYWORD, "slow_ms": 1_000 }),
        Kind::Dns => {
            let port = server.service(kind).map_or(53, |service| service.port);
            json!({ "record": "A", "resolver": format!("{}:{port}", server.address) })
        }
        Kind::Ping | Kind::Tcp | Kind::Tls | Kind::Push => json!({}),
    };
    let mut settings = json!({ "timeout_ms": 3_000, "retry_interval_s": 5, "bad_to_go_down": 2 });
    if let (Value::Object(all), Value::Object(own)) = (&mut settings, own) {
        all.extend(own);
    }
    json!({ "kind": kind, "target": target, "interval_s": INTERVAL_S, "settings": settings })
}

//! The simulated fleet, entered as servers to watch: as an administrator would, and only what is not there yet.

use std::{collections::HashMap, time::Duration};

use anyhow::Context as _;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{api::Api, found, items, text};
use crate::fleet::{
    Kind,
    control::Described,
    plan::{KEYWORD, Plan, Server},
};

/// How often a job calls; its monitor waits three times as long.
const JOB_EVERY_S: u64 = 10;
/// How long the fleet's own side is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Who answers for servers.
const RESPONSIBLE: &str = "администратор";

/// Enters the fleet that is controlled at this address; none there is fine. Gives how many servers were added.
pub(super) async fn enter(api: &Api, app_url: &str, fleet_url: &str) -> anyhow::Result<u64> {
    let client = reqwest::Client::new();
    let described = client.get(format!("{fleet_url}/fleet/plan")).send().await?;
    if described.status() == StatusCode::NOT_FOUND {
        return Ok(0);
    }
    let Described { plan, ca, untold } = described.error_for_status()?.json().await?;
    let list = api.get("/servers").await?;
    let mut ids: HashMap<_, _> =
        items(&list).iter().map(|server| (text(server, "name").to_owned(), text(server, "id").to_owned())).collect();
    // Where no ping is possible, a monitor of it would only say so of every server.
    let ping = list["watch"]["ping_not_permitted"] != true;
    let people = found(api, RESPONSIBLE, 20).await?;
    let mut added = 0;
    for server in &plan.servers {
        let made = match ids.get(&server.name) {
            None => {
                let mut draft = draft(server, &plan, &ca, ping);
                draft["parent_id"] = json!(server.parent.as_ref().and_then(|parent| ids.get(parent)));
                draft["responsible_id"] = json!(responsible(server, &people));
                let made = api.send(Method::POST, "/servers", Some(draft)).await;
                let made = made.with_context(|| server.name.clone())?;
                ids.insert(server.name.clone(), text(&made, "id").to_owned());
                added += 1;
                made
            }
            Some(id) if untold.contains(&server.name) => renew_job(api, server, &plan, id).await?,
            Some(_) => continue,
        };
        if let Some(url) = push_address(&made, app_url) {
            let path = format!("{fleet_url}/fleet/servers/{}/push", server.name);
            let told = json!({"url": url, "every_s": JOB_EVERY_S});
            client.post(path).json(&told).timeout(PATIENCE).send().await?.error_for_status()?;
        }
    }
    Ok(added)
}

/// The address that a job calls is told once, when its monitor is made, and the fleet forgets it when it stops.
/// Gives the server with a new one.
async fn renew_job(api: &Api, server: &Server, plan: &Plan, id: &str) -> anyhow::Result<Value> {
    let found = api.get(&format!("/servers/{id}")).await?;
    for old in found["monitors"].as_array().into_iter().flatten().filter(|monitor| monitor["kind"] == "push") {
        api.send(Method::DELETE, &format!("/monitors/{}", text(old, "id")), None).await?;
    }
    let draft = monitor(server, plan, Kind::Push, 0, "");
    let made = api.send(Method::POST, &format!("/servers/{id}/monitors"), Some(draft)).await?;
    Ok(json!({"monitors": [made]}))
}

/// One person for each group, as in life.
fn responsible<'a>(server: &Server, people: &'a [Value]) -> Option<&'a str> {
    let sum: usize = server.group.bytes().map(usize::from).sum();
    people.get(sum.checked_rem(people.len())?).map(|person| text(person, "id"))
}

fn push_address(server: &Value, app_url: &str) -> Option<String> {
    let monitors = server["monitors"].as_array()?;
    let target = text(monitors.iter().find(|monitor| monitor["kind"] == "push")?, "target");
    match target {
        "" => None,
        path if path.starts_with('/') => Some(format!("{}{path}", app_url.trim_end_matches('/'))),
        url => Some(url.to_owned()),
    }
}

/// A server as `POST /api/v1/servers` takes it.
fn draft(server: &Server, plan: &Plan, ca: &str, ping: bool) -> Value {
    let role = server.name.split('-').next().unwrap_or_default();
    let kinds = server.services.iter().filter(|service| ping || service.kind != Kind::Ping);
    json!({
        "name": server.name,
        "address": server.address,
        "group": server.group,
        "tags": server.tags,
        "notes": server.notes,
        "runbook_url": format!("https://wiki.nevpribor.example/runbook/{role}"),
        "monitors": kinds.map(|service| monitor(server, plan, service.kind, service.port, ca)).collect::<Vec<_>>(),
    })
}

/// Intervals are short, so that somebody who moves a switch sees what follows.
fn monitor(server: &Server, plan: &Plan, kind: Kind, port: u16, ca: &str) -> Value {
    let (target, interval_s, own) = match kind {
        Kind::Ping => (String::new(), 10, json!({})),
        Kind::Tcp => (format!(":{port}"), 10, json!({})),
        // Half of the servers are asked for their health, the others for a word on a page.
        Kind::Http if server.address.octets()[3].is_multiple_of(2) => {
            let settings = json!({"json_path": "$.status", "json_value": "ok", "slow_ms": 1_000});
            (format!("http://{}:{port}/health", server.address), 15, settings)
        }
        Kind::Http => (format!("http://{}:{port}/", server.address), 15, json!({"keyword": KEYWORD, "slow_ms": 1_000})),
        Kind::Tls => (format!(":{port}"), 30, json!({"ca": ca, "days_left": 14})),
        Kind::Dns => {
            // A name server is asked for somebody else's name.
            let asked = plan.servers.first().unwrap_or(server);
            let resolver = format!("{}:{port}", server.address);
            (asked.host(), 15, json!({"record": "A", "expected": asked.address, "resolver": resolver}))
        }
        // Several calls are missing by then: no doubt is left.
        Kind::Push => (String::new(), 3 * JOB_EVERY_S, json!({"bad_to_go_down": 1})),
    };
    let mut settings = json!({"timeout_ms": 3_000, "retry_interval_s": 5, "bad_to_go_down": 2});
    if let (Value::Object(all), Value::Object(own)) = (&mut settings, own) {
        all.extend(own);
    }
    json!({"kind": kind, "target": target, "interval_s": interval_s, "settings": settings})
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::json;

    use super::{draft, monitor, push_address};
    use crate::fleet::{Kind, Plan};

    #[test]
    fn a_draft_names_what_the_server_offers() {
        let plan = Plan::demo();
        let draft = draft(&plan.servers[0], &plan, "PEM", true);
        assert_eq!((&draft["name"], &draft["address"]), (&json!("sw-core-01"), &json!("127.64.0.1")));
        let settings = json!({"timeout_ms": 3_000, "retry_interval_s": 5, "bad_to_go_down": 2});
        assert_eq!(
            draft["monitors"][1],
            json!({
                "kind": "tcp", "target": ":21022", "interval_s": 10, "settings": settings
            })
        );
    }

    #[test]
    fn without_ping_each_server_still_has_something_to_look_at() {
        let plan = Plan::demo();
        for server in &plan.servers {
            let draft = draft(server, &plan, "PEM", false);
            let kinds: HashSet<_> =
                draft["monitors"].as_array().unwrap().iter().map(|monitor| monitor["kind"].to_string()).collect();
            assert!(!kinds.is_empty() && !kinds.contains("\"ping\""), "{}: {kinds:?}", server.name);
        }
    }

    #[test]
    fn each_kind_says_what_is_expected_of_it() {
        let plan = Plan::demo();
        let web = plan.server("web-01").unwrap();
        let tls = monitor(web, &plan, Kind::Tls, 21_443, "PEM");
        assert_eq!((&tls["settings"]["ca"], &tls["target"]), (&json!("PEM"), &json!(":21443")));
        let dns = monitor(web, &plan, Kind::Dns, 21_053, "PEM");
        assert_eq!(dns["target"], "sw-core-01.nevpribor.example");
        assert_eq!(dns["settings"]["expected"], "127.64.0.1");
        assert_eq!(dns["settings"]["resolver"], format!("{}:21053", web.address));
    }

    #[test]
    fn a_job_is_told_a_whole_address() {
        let server =
            |target| json!({"monitors": [{"kind": "tcp", "target": ":1"}, {"kind": "push", "target": target}]});
        for (target, expected) in [
            ("https://watch.example/push/x", Some("https://watch.example/push/x")),
            ("/push/x", Some("http://app:1/push/x")),
            ("", None),
        ] {
            assert_eq!(push_address(&server(target), "http://app:1/").as_deref(), expected);
        }
    }
}

use std::{
    io::ErrorKind,
    net::Ipv4Addr,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;
use simulators::{
    Fleet, clock,
    fleet::{Fault, Kind, Plan, Refused, Which, plan::KEYWORD},
};
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpListener, TcpStream},
};

use super::{
    at,
    callers::{becomes, ends, greeting, open, resolve, shake, soon},
    fleet, with,
};

/// Short enough to wait for in vain.
const MOMENT: Duration = Duration::from_millis(150);

#[tokio::test]
async fn a_closed_service_refuses_and_a_repaired_one_answers_again() {
    let fleet = fleet().await;
    for kind in [Kind::Tcp, Kind::Http, Kind::Tls] {
        let (server, address) = with(&fleet, kind);
        fleet.switch(&server.name, kind, Fault::Down).await.unwrap();
        let refused = TcpStream::connect(address).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused, "{kind:?}");
        fleet.switch(&server.name, kind, Fault::None).await.unwrap();
        assert!(open(address).await, "{kind:?}");
    }
    let (server, address) = with(&fleet, Kind::Dns);
    fleet.switch(&server.name, Kind::Dns, Fault::Down).await.unwrap();
    assert_eq!(resolve(address, "x").await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    fleet.switch(&server.name, Kind::Dns, Fault::None).await.unwrap();
    assert_eq!(resolve(address, "x").await.unwrap(), (3, None));
}

#[tokio::test]
async fn an_open_connection_is_cut_when_its_service_falls() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Tcp);
    let mut stream = TcpStream::connect(address).await.unwrap();
    fleet.switch(&server.name, Kind::Tcp, Fault::Down).await.unwrap();
    let mut rest = Vec::new();
    let end = soon(stream.read_to_end(&mut rest)).await;
    assert!(end.is_ok() || end.unwrap_err().kind() == ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn half_open_services_accept_and_never_answer() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Http);
    fleet.switch(&server.name, Kind::Http, Fault::HalfOpen).await.unwrap();
    let waited = reqwest::Client::new().get(format!("http://{address}/")).timeout(MOMENT).send().await.unwrap_err();
    assert!(waited.is_timeout() && !waited.is_connect(), "{waited:?}");
    let (server, address) = with(&fleet, Kind::Tls);
    fleet.switch(&server.name, Kind::Tls, Fault::HalfOpen).await.unwrap();
    assert!(open(address).await);
    assert!(tokio::time::timeout(MOMENT, shake(address, fleet.ca())).await.is_err());
    let (server, address) = with(&fleet, Kind::Dns);
    fleet.switch(&server.name, Kind::Dns, Fault::HalfOpen).await.unwrap();
    assert!(tokio::time::timeout(MOMENT, resolve(address, "x")).await.is_err());
}

#[tokio::test]
async fn slow_services_answer_late() {
    let fleet = fleet().await;
    let slow = Fault::Slow { latency_ms: 120 };
    for kind in [Kind::Http, Kind::Tls, Kind::Dns] {
        let (server, address) = with(&fleet, kind);
        fleet.switch(&server.name, kind, slow).await.unwrap();
        let begun = Instant::now();
        match kind {
            Kind::Http => drop(reqwest::get(format!("http://{address}/")).await.unwrap()),
            Kind::Tls => drop(shake(address, fleet.ca()).await.unwrap()),
            _ => drop(resolve(address, &server.host()).await.unwrap()),
        }
        assert!(begun.elapsed() >= Duration::from_millis(120), "{kind:?}");
    }
}

#[tokio::test]
async fn flapping_services_come_and_go() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Tcp);
    fleet.switch(&server.name, Kind::Tcp, Fault::Flapping { period_ms: 400 }).await.unwrap();
    for wanted in [false, true, false, true] {
        becomes(address, wanted).await;
    }
    fleet.switch(&server.name, Kind::Tcp, Fault::None).await.unwrap();
    assert!(open(address).await);
}

#[tokio::test]
async fn certificates_can_be_wrong_in_three_ways() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Tls);
    for (fault, expected) in [(Fault::WrongCertificate, "not valid for name"), (Fault::ExpiredCertificate, "expired")] {
        fleet.switch(&server.name, Kind::Tls, fault).await.unwrap();
        let error = shake(address, fleet.ca()).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{fault:?}: {error}");
    }
    let good = fleet.switch(&server.name, Kind::Tls, Fault::None);
    good.await.unwrap();
    let usual = ends(&shake(address, fleet.ca()).await.unwrap());
    fleet.switch(&server.name, Kind::Tls, Fault::ExpiringCertificate).await.unwrap();
    let soon = ends(&shake(address, fleet.ca()).await.unwrap());
    assert!(soon < usual && soon > today(), "{soon} before {usual}");
}

/// `YYMMDDhhmmss`.
fn today() -> String {
    let now = time::OffsetDateTime::from_unix_timestamp(clock::now_s()).unwrap();
    format!("{:02}{:02}{:02}000000", now.year() % 100, u8::from(now.month()), now.day())
}

#[tokio::test]
async fn http_can_be_wrong_in_many_ways() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Http);
    let switch = |fault| fleet.switch(&server.name, Kind::Http, fault);
    let get = |path| reqwest::get(format!("http://{address}{path}"));

    switch(Fault::ServerError).await.unwrap();
    assert_eq!(get("/health").await.unwrap().status(), 500);
    switch(Fault::RedirectCircle).await.unwrap();
    assert!(get("/health").await.unwrap_err().is_redirect());
    switch(Fault::WrongAnswer).await.unwrap();
    assert_eq!(get("/health").await.unwrap().json::<Value>().await.unwrap()["status"], "failing");
    assert!(!get("/").await.unwrap().text().await.unwrap().contains(KEYWORD));
    switch(Fault::EndlessBody).await.unwrap();
    let (mut body, mut read) = (get("/").await.unwrap(), 0);
    while read < 4 << 20 {
        read += soon(body.chunk()).await.unwrap().expect("there is always more").len();
    }
    drop(body);
    switch(Fault::None).await.unwrap();
    assert!(get("/").await.unwrap().text().await.unwrap().contains(KEYWORD));
}

#[tokio::test]
async fn a_name_server_can_lie() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Dns);
    fleet.switch(&server.name, Kind::Dns, Fault::WrongAnswer).await.unwrap();
    assert_eq!(resolve(address, &server.host()).await.unwrap(), (0, Some([203, 0, 113, 13])));
}

#[tokio::test]
async fn a_fallen_parent_takes_its_children_and_gives_them_back() {
    let fleet = fleet().await;
    let rack = at(fleet.plan().server("sw-acc-01").unwrap(), Kind::Tcp);
    let behind = |server: &&simulators::fleet::plan::Server| server.parent.as_deref() == Some("sw-acc-01");
    let child = fleet.plan().servers.iter().filter(behind).find(|server| server.service(Kind::Tcp).is_some());
    let child = at(child.unwrap(), Kind::Tcp);
    let elsewhere = at(fleet.plan().server("sw-core-02").unwrap(), Kind::Tcp);
    fleet.switch("sw-core-01", Which::All, Fault::Down).await.unwrap();
    assert_eq!((open(rack).await, open(child).await, open(elsewhere).await), (false, false, true));
    fleet.switch("sw-core-01", Which::All, Fault::None).await.unwrap();
    assert_eq!((open(rack).await, open(child).await), (true, true));
}

#[tokio::test]
async fn a_storm_fells_as_many_as_wanted_and_passes() {
    let fleet = fleet().await;
    let ports = |names: &[String]| -> Vec<_> {
        let servers = names.iter().map(|name| fleet.plan().server(name).unwrap());
        servers.filter(|server| server.service(Kind::Tcp).is_some()).map(|server| at(server, Kind::Tcp)).collect()
    };
    let fallen = fleet.storm(30, Duration::from_secs(3_600)).await;
    assert_eq!(fallen.len(), 30);
    let front = |name: &String| fleet.plan().servers.iter().any(|server| server.parent.as_ref() == Some(name));
    assert!(!fallen.iter().any(front), "nobody else falls with them: {fallen:?}");
    for address in ports(&fallen) {
        assert!(!open(address).await, "{address} fell");
    }
    fleet.calm().await;
    for address in ports(&fallen) {
        assert!(open(address).await, "{address} is back");
    }
    let fallen = fleet.storm(5, Duration::from_millis(50)).await;
    for address in ports(&fallen) {
        becomes(address, true).await;
    }
}

#[tokio::test]
async fn calm_repairs_everything() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Http);
    fleet.switch(&server.name, Kind::Http, Fault::ServerError).await.unwrap();
    fleet.switch("rt-edge-01", Which::All, Fault::Down).await.unwrap();
    fleet.calm().await;
    assert_eq!(reqwest::get(format!("http://{address}/")).await.unwrap().status(), 200);
    greeting(at(fleet.plan().server("rt-edge-01").unwrap(), Kind::Tcp)).await;
}

/// The addresses of a fleet that are behind a blackhole route.
fn gone(fleet: &Fleet) -> Vec<Ipv4Addr> {
    let listed = Command::new("ip").args(["route", "show", "table", "local", "type", "blackhole"]).output().unwrap();
    let words = String::from_utf8(listed.stdout).unwrap();
    let addresses = words.split_whitespace().filter_map(|word| word.parse::<Ipv4Addr>().ok());
    addresses.filter(|address| address.octets()[1] == fleet.plan().network).collect()
}

#[tokio::test]
async fn ping_is_switched_by_routes_where_that_is_allowed() {
    let fleet = fleet().await;
    // The last one has nobody behind it.
    let server = fleet.plan().servers.iter().rfind(|server| server.service(Kind::Tcp).is_some()).unwrap();
    let address = at(server, Kind::Tcp);
    if let Some(why) = fleet.no_ping() {
        eprintln!("not tried here, ping cannot be switched: {why}");
        let refused = fleet.switch(&server.name, Kind::Ping, Fault::Down).await;
        assert_eq!(refused, Err(Refused::PingNotAvailable(why)));
        return;
    }
    fleet.switch(&server.name, Kind::Ping, Fault::Down).await.unwrap();
    assert_eq!(gone(&fleet), [server.address]);
    let lost = TcpStream::connect(address).await.unwrap_err();
    assert_ne!(lost.kind(), ErrorKind::ConnectionRefused, "nobody is there to refuse: {lost}");
    fleet.switch(&server.name, Kind::Ping, Fault::None).await.unwrap();
    assert!(gone(&fleet).is_empty() && open(address).await);
}

/// A fleet far from those of other tests, which come down from the highest network.
async fn lonely() -> Fleet {
    for network in 65..100 {
        if let Ok(fleet) = Fleet::start(Plan::new(30, 7).moved_to(network)).await {
            return fleet;
        }
    }
    panic!("all networks are in use");
}

#[tokio::test]
async fn nothing_is_left_behind() {
    let fleet = lonely().await;
    let plan = fleet.plan().clone();
    let taken = Fleet::start(plan.clone()).await.unwrap_err();
    assert!(taken.to_string().contains("is in use"), "{taken}");
    let (_, address) = with(&fleet, Kind::Tcp);
    fleet.switch("sw-core-01", Which::All, Fault::Down).await.unwrap();
    fleet.stop().await;
    assert!(fleet.no_ping().is_some() || gone(&fleet).is_empty());
    drop(TcpListener::bind(address).await.expect("the port is free"));
    drop(fleet);
    let again = Fleet::start(plan).await.expect("the network is free");
    assert!(open(address).await);
    if again.no_ping().is_none() {
        // As a run that was killed leaves it.
        let left = format!("127.{}.200.200/32", again.plan().network);
        let added = Command::new("ip").args(["route", "add", "blackhole", &left, "table", "local"]).status().unwrap();
        assert!(added.success());
        let plan = again.plan().clone();
        drop(again);
        let clean = Fleet::start(plan).await.unwrap();
        assert!(gone(&clean).is_empty(), "{:?}", gone(&clean));
    }
}

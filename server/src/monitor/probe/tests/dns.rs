use std::{net::UdpSocket, sync::atomic::AtomicBool};

use hickory_resolver::{
    config::{NameServerConfig, ResolverConfig, ResolverOpts},
    proto::{
        op::{Message, ResponseCode},
        rr::{
            Name, RData, Record, RecordType,
            rdata::{A, AAAA, CNAME, MX, NS, PTR, SRV, TXT},
        },
    },
};

use super::*;

/// A server that answers queries as it is told, on a thread of its own.
fn answers(reply: impl Fn(Message) -> Vec<Message> + Send + 'static) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    thread::spawn(move || {
        let mut bytes = [0; 4_096];
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            let query = Message::from_vec(&bytes[..length]).expect("a query");
            for message in reply(query) {
                socket.send_to(&message.to_vec().expect("an answer"), from).expect("sent");
            }
        }
    });
    address
}

/// The beginning of an honest answer.
fn answer(query: &Message) -> Message {
    let mut answer = Message::response(query.id, query.op_code);
    answer.add_query(query.queries[0].clone());
    answer
}

fn name(text: &str) -> Name {
    Name::from_ascii(text).expect("a name")
}

/// A zone with something of everything.
fn zone() -> SocketAddr {
    answers(|query| {
        let mut answer = answer(&query);
        let asked = query.queries[0].name().to_ascii().to_ascii_lowercase();
        let data = match (asked.as_str(), query.queries[0].query_type()) {
            ("www.example.org.", RecordType::A) => {
                vec![RData::A(A::new(192, 0, 2, 1)), RData::A(A::new(192, 0, 2, 2))]
            }
            ("www.example.org.", RecordType::AAAA) => vec![RData::AAAA(AAAA::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))],
            ("www.example.org.", RecordType::CNAME) => vec![RData::CNAME(CNAME(name("Real.example.org.")))],
            ("www.example.org.", RecordType::MX) => vec![RData::MX(MX::new(10, name("mail.example.org.")))],
            ("www.example.org.", RecordType::NS) => vec![RData::NS(NS(name("ns.example.org.")))],
            ("www.example.org.", RecordType::TXT) => vec![RData::TXT(TXT::new(vec!["v=spf1".into(), " -all".into()]))],
            ("www.example.org.", RecordType::SRV) => vec![RData::SRV(SRV::new(1, 2, 5060, name("sip.example.org.")))],
            ("1.2.0.192.in-addr.arpa.", RecordType::PTR) => vec![RData::PTR(PTR(name("www.example.org.")))],
            ("here.example.org." | "xn--80a1acny.xn--p1ai.", RecordType::A) => vec![RData::A(A::new(127, 0, 0, 1))],
            ("broken.example.org.", _) => {
                answer.metadata.response_code = ResponseCode::ServFail;
                vec![]
            }
            ("empty.example.org.", _) => vec![],
            _ => {
                answer.metadata.response_code = ResponseCode::NXDomain;
                vec![]
            }
        };
        for data in data {
            answer.add_answer(Record::from_rdata(query.queries[0].name().clone(), 60, data));
        }
        vec![answer]
    })
}

async fn ask(server: SocketAddr, target: &str, change: impl FnOnce(&mut Settings)) -> Looked {
    let settings = settings(|settings| {
        settings.resolver = Some(server.to_string());
        change(settings);
    });
    Probes::new().look(&parsed(Kind::Dns, target, &settings), &Allowed::default()).await
}

#[tokio::test]
async fn each_record_is_asked_for_and_compared() {
    let server = zone();
    for (record, target, expected, note) in [
        ("A", "www.example.org", "192.0.2.2", "192.0.2.1, 192.0.2.2"),
        ("AAAA", "www.example.org", "2001:db8:0::1", "2001:db8::1"),
        ("CNAME", "www.example.org", "real.example.org", "real.example.org"),
        ("MX", "www.example.org", "mail.example.org", "10 mail.example.org"),
        ("NS", "www.example.org", "ns.example.org", "ns.example.org"),
        ("TXT", "www.example.org", "v=spf1 -all", "v=spf1 -all"),
        ("SRV", "www.example.org", "1 2 5060 sip.example.org", "1 2 5060 sip.example.org"),
        ("PTR", "192.0.2.1", "www.example.org", "www.example.org"),
    ] {
        let looked = ask(server, target, |settings| {
            settings.record = Some(record.into());
            settings.expected = Some(expected.into());
        });
        let looked = looked.await;
        assert!(is_good(&looked.outcome), "{record} {looked:?}");
        assert_eq!(looked.note.as_deref(), Some(note), "{record}");
    }
    assert!(is_good(&ask(server, "www.example.org", |_| ()).await.outcome), "any answer will do");
}

#[tokio::test]
async fn other_answers_and_no_answers_are_told_apart() {
    let server = zone();
    let expect = |text: &'static str| move |settings: &mut Settings| settings.expected = Some(text.into());
    let reason = Reason::new("dns_answer").got("192.0.2.1, 192.0.2.2").wanted("192.0.2.3");
    assert_eq!(ask(server, "www.example.org", expect("192.0.2.3")).await.outcome, Outcome::Bad(reason));
    let failed = |code: &str| Outcome::Bad(Reason::new("dns_failed").got(code));
    assert_eq!(ask(server, "nobody.example.org", |_| ()).await.outcome, failed("NXDOMAIN"));
    assert_eq!(ask(server, "broken.example.org", |_| ()).await.outcome, failed("SERVFAIL"));
    assert_eq!(ask(server, "empty.example.org", |_| ()).await.outcome, bad("dns_answer"));
    let reason = Reason::new("dns_answer").wanted("192.0.2.3");
    assert_eq!(ask(server, "empty.example.org", expect("192.0.2.3")).await.outcome, Outcome::Bad(reason));
}

#[tokio::test]
async fn liars_are_not_listened_to() {
    let wrong_id = answers(|query| {
        let mut lie = answer(&query);
        lie.metadata.id = query.id.wrapping_add(1);
        lie.add_answer(Record::from_rdata(query.queries[0].name().clone(), 60, RData::A(A::new(192, 0, 2, 66))));
        vec![lie]
    });
    let wrong_question = answers(|query| {
        let mut lie = Message::response(query.id, query.op_code);
        let mut question = query.queries[0].clone();
        question.set_name(name("other.example.org."));
        lie.add_query(question);
        lie.add_answer(Record::from_rdata(name("other.example.org."), 60, RData::A(A::new(192, 0, 2, 66))));
        vec![lie]
    });
    let nobody = answers(|_| Vec::new());
    for server in [wrong_id, wrong_question, nobody] {
        let looked = ask(server, "www.example.org", short).await;
        assert!(!is_good(&looked.outcome), "{looked:?}");
    }
    assert_eq!(ask(nobody, "www.example.org", short).await.outcome, timed_out());
}

#[tokio::test]
async fn a_resolver_that_is_not_on_the_list_is_not_asked() {
    let settings = settings(|settings| settings.resolver = Some(zone().to_string()));
    let allowed = Allowed::parse(["10.0.0.0/8"]).expect("networks");
    let looked = Probes::new().look(&parsed(Kind::Dns, "www.example.org", &settings), &allowed).await;
    assert_eq!(looked.outcome, Outcome::Bad(Reason::new("address_not_allowed").got("127.0.0.1")));
}

/// Whoever looks finds the addresses of hosts here.
fn probes_that_ask(server: SocketAddr, timeout: Duration) -> Probes {
    let mut asked = NameServerConfig::udp(server.ip());
    asked.connections[0].port = server.port();
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![asked]);
    let mut options = ResolverOpts::default();
    options.timeout = timeout;
    Probes { names: Names::of(config, options), ..Probes::new() }
}

#[tokio::test]
async fn names_lead_to_addresses_in_any_script() {
    let probes = probes_that_ask(zone(), Duration::from_secs(5));
    let port = serve(drop).port();
    for host in ["here.example.org", "почта.рф"] {
        let look = parsed(Kind::Tcp, &format!("{host}:{port}"), &settings(|_| ()));
        let looked = probes.look(&look, &Allowed::default()).await;
        assert!(is_good(&looked.outcome), "{host} {looked:?}");
        assert_eq!(looked.note.as_deref(), Some("127.0.0.1"));
    }
    let missing = parsed(Kind::Tcp, &format!("nobody.example.org:{port}"), &settings(|_| ()));
    assert_eq!(probes.look(&missing, &Allowed::default()).await.outcome, bad("name_not_found"));
    let broken = parsed(Kind::Tcp, &format!("broken.example.org:{port}"), &settings(|_| ()));
    assert_eq!(probes.look(&broken, &Allowed::default()).await.outcome, bad("name_failed"));
}

#[tokio::test]
async fn a_resolver_that_is_silent_is_not_taken_for_a_host_that_is() {
    let probes = probes_that_ask(answers(|_| Vec::new()), Duration::from_millis(50));
    let looked = probes.look(&parsed(Kind::Tcp, "here.example.org:80", &settings(|_| ())), &Allowed::default()).await;
    assert_eq!(looked.outcome, bad("name_failed"));
}

#[tokio::test]
async fn a_name_that_leads_to_a_forbidden_address_leads_nowhere() {
    let probes = probes_that_ask(zone(), Duration::from_secs(5));
    let (guarded, came) = guarded();
    let port = guarded.port();
    let allowed = Allowed::parse(["192.0.2.0/24"]).expect("networks");
    let forbidden = Outcome::Bad(Reason::new("address_not_allowed").got("127.0.0.1"));
    for (kind, target) in [
        (Kind::Tcp, format!("here.example.org:{port}")),
        (Kind::Tls, format!("here.example.org:{port}")),
        (Kind::Http, format!("http://here.example.org:{port}/")),
        (Kind::Http, format!("https://here.example.org:{port}/")),
    ] {
        let looked = probes.look(&parsed(kind, &target, &settings(|_| ())), &allowed).await;
        assert_eq!(looked.outcome, forbidden, "{target}");
    }
    assert_eq!(came.load(Relaxed), 0);
}

#[tokio::test]
async fn a_dns_that_changes_its_mind_does_not_get_through() {
    // Allowed when it is asked first, our own machine when it is asked again; nothing is to be remembered.
    let asked = AtomicBool::new(false);
    let server = answers(move |query| {
        let mut answer = answer(&query);
        let address = if asked.swap(true, Relaxed) { A::new(127, 0, 0, 1) } else { A::new(192, 0, 2, 1) };
        answer.add_answer(Record::from_rdata(query.queries[0].name().clone(), 0, RData::A(address)));
        vec![answer]
    });
    let (guarded, came) = guarded();
    let port = guarded.port();
    let allowed = Allowed::parse(["192.0.2.0/24"]).expect("networks");
    let probes = probes_that_ask(server, Duration::from_secs(5));
    for _ in 0..3 {
        let look = parsed(Kind::Http, &format!("http://here.example.org:{port}/"), &settings(short));
        assert!(!is_good(&probes.look(&look, &allowed).await.outcome));
    }
    assert_eq!(came.load(Relaxed), 0);
}

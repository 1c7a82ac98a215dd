use super::*;

/// A self-made authority that is valid until 4096.
const CA: &str = "\
    -----BEGIN CERTIFICATE-----\n\
    MIIBezCCASGgAwIBAgIUfUdylAatP0xqekQe68DAOKU9N14wCgYIKoZIzj0EAwIw\n\
    EjEQMA4GA1UEAwwHVGVzdCBDQTAgFw0yNjExMjAxMDU0MDhaGA80MDk2MDkyODEw\n\
    NTQwOFowEjEQMA4GA1UEAwwHVGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH\n\
    A0IABN8HwUMLTu66+e/vh0FgiTVCVO6MU2GZF5g5DfrwvRL6rO6G2TOKHTOP3uVW\n\
    dQMWxt1kpslZ6hrcTjadDzwymF+jUzBRMB0GA1UdDgQWBBQFbwG81ceDJEwU/Rjg\n\
    UcSJiuFBGDAfBgNVHSMEGDAWgBQFbwG81ceDJEwU/RjgUcSJiuFBGDAPBgNVHRMB\n\
    Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIEBafG5INv/4S6YcIYY02YvJ2sHd\n\
    1i+4cA1E9kfbzl5DAiEAlTeMiJcD7wmGE2kazq3MTalopgUzkxJiZPM9qGyygl4=\n\
    -----END CERTIFICATE-----\n";

const PLAIN: &str = "192.0.2.1";

fn ok(kind: Kind, target: &str, settings: &Settings) -> Look {
    match parse(kind, target, PLAIN, 60, settings) {
        Ok(look) => look,
        Err(invalid) => panic!("{kind:?} {target}: {invalid:?}"),
    }
}

fn wrong(kind: Kind, target: &str, address: &str, interval_s: u32, settings: &Settings) -> (String, &'static str) {
    let invalid = parse(kind, target, address, interval_s, settings).expect_err("a fault");
    (invalid.field, invalid.code)
}

fn fault(kind: Kind, target: &str, settings: &Settings) -> (String, &'static str) {
    wrong(kind, target, PLAIN, 60, settings)
}

fn with(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings);
    settings
}

#[test]
fn hosts_are_read_in_every_way_people_write_them() {
    for (text, expected) in [
        ("10.0.0.1", Ok("10.0.0.1")),
        (" 10.0.0.1 ", Ok("10.0.0.1")),
        ("Server-1.Example.ORG", Ok("server-1.example.org")),
        ("server.example.org.", Ok("server.example.org")),
        ("_dmarc.example.org", Ok("_dmarc.example.org")),
        ("localhost", Ok("localhost")),
        ("почта.рф", Ok("xn--80a1acny.xn--p1ai")),
        ("BÜCHER.example", Ok("xn--bcher-kva.example")),
        ("2001:DB8::1", Ok("2001:db8::1")),
        ("[2001:db8::1]", Ok("2001:db8::1")),
        ("::ffff:10.0.0.1", Ok("::ffff:10.0.0.1")),
        ("0x7f.1", Ok("127.0.0.1")),
        ("2130706433", Ok("127.0.0.1")),
        ("", Err("required")),
        ("   ", Err("required")),
        ("a b", Err("host")),
        ("a/b", Err("host")),
        ("user@host", Err("host")),
        ("host:80", Err("host")),
        ("-a.example", Err("host")),
        ("a..example", Err("host")),
        ("[2001:db8::1", Err("host")),
        ("10.0.0.256", Err("host")),
        ("xn--\u{0}", Err("host")),
    ] {
        let host = Host::parse(text).map(|host| host.to_string());
        assert_eq!(host.as_deref().map_err(|code| *code), expected, "{text}");
    }
    assert_eq!(Host::parse(&"a".repeat(64)), Err("host"), "a label has 63 characters");
    assert_eq!(Host::parse(&"abcdefg.".repeat(40)), Err("host"), "a name has 253");
    assert_eq!(Host::parse(&"я".repeat(501)), Err("too_long"));
}

#[test]
fn a_ping_without_a_target_is_for_the_server() {
    let host = |target| match ok(Kind::Ping, target, &Settings::default()) {
        Look::Ping(ping) => ping.host.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(host(""), PLAIN);
    assert_eq!(host("10.0.0.1"), "10.0.0.1");
    assert_eq!(fault(Kind::Ping, "a b", &Settings::default()), ("target".into(), "host"));
    assert_eq!(wrong(Kind::Ping, "", "", 60, &Settings::default()), ("target".into(), "required"));
}

#[test]
fn ports_are_needed_where_something_listens() {
    for (target, expected) in [
        ("host:80", Ok(("host", 80))),
        (":22", Ok((PLAIN, 22))),
        ("[::1]:443", Ok(("::1", 443))),
        ("10.0.0.1:65535", Ok(("10.0.0.1", 65_535))),
        ("host", Err("port")),
        ("host:", Err("port")),
        ("host:0", Err("port")),
        ("host:65536", Err("port")),
        ("host:+80", Err("port")),
        ("host:http", Err("port")),
        ("::1:443", Err("host")),
        ("", Err("port")),
        ("a b:80", Err("host")),
    ] {
        for kind in [Kind::Tcp, Kind::Tls] {
            let read = match parse(kind, target, PLAIN, 60, &Settings::default()) {
                Ok(Look::Tcp(tcp)) => Ok((tcp.host.to_string(), tcp.port)),
                Ok(Look::Tls(tls)) => Ok((tls.host.to_string(), tls.port)),
                Ok(other) => panic!("{other:?}"),
                Err(invalid) => {
                    assert_eq!(invalid.field, "target");
                    Err(invalid.code)
                }
            };
            assert_eq!(read, expected.map(|(host, port)| (host.to_owned(), port)), "{target}");
        }
    }
}

#[test]
fn pages_are_http_without_credentials() {
    let long = format!("http://host/{}", "a".repeat(2_000));
    for (target, expected) in [
        ("https://example.org", Ok("https://example.org/")),
        ("http://example.org:8080/a?b=c#d", Ok("http://example.org:8080/a?b=c")),
        ("https://почта.рф/", Ok("https://xn--80a1acny.xn--p1ai/")),
        ("http://[::1]:80/", Ok("http://[::1]/")),
        ("HTTP://EXAMPLE.org", Ok("http://example.org/")),
        ("", Err("required")),
        ("example.org", Err("url")),
        ("http://", Err("url")),
        ("http://a b/", Err("url")),
        ("http://host:0/", Err("url")),
        ("ftp://example.org/", Err("url_scheme")),
        ("file:///etc/passwd", Err("url_scheme")),
        ("javascript:alert(1)", Err("url_scheme")),
        ("http://user@example.org/", Err("url_credentials")),
        ("http://user:secret@example.org/", Err("url_credentials")),
        ("http://:secret@example.org/", Err("url_credentials")),
        (&long, Err("too_long")),
    ] {
        let read = match parse(Kind::Http, target, PLAIN, 60, &Settings::default()) {
            Ok(Look::Http(http)) => Ok(http.url.to_string()),
            Ok(other) => panic!("{other:?}"),
            Err(invalid) => {
                assert_eq!(invalid.field, "target");
                Err(invalid.code)
            }
        };
        assert_eq!(read, expected.map(str::to_owned), "{target}");
    }
}

#[test]
fn status_codes_are_lists_of_ranges() {
    for (text, good, bad) in [
        ("200", &[200][..], &[201, 199][..]),
        ("200-299", &[200, 299], &[300]),
        (" 200 , 204, 301 - 308 ", &[200, 204, 301, 308], &[202, 309]),
    ] {
        let statuses = Statuses::parse(text).expect("codes");
        assert!(good.iter().all(|code| statuses.contain(*code)), "{text}");
        assert!(!bad.iter().any(|code| statuses.contain(*code)), "{text}");
    }
    for text in ["", "2xx", "99", "600", "299-200", "200,", "+20", "200-", "200-299-300"] {
        assert_eq!(Statuses::parse(text), None, "{text}");
        let settings = with(|settings| settings.status = Some(text.into()));
        assert_eq!(fault(Kind::Http, "http://host/", &settings), ("settings.status".into(), "status"));
    }
    assert_eq!(Statuses::parse(&["200"; 21].join(",")), None);
}

#[test]
fn bodies_are_searched_for_one_thing() {
    type Row =
        (Option<&'static str>, Option<&'static str>, Option<&'static str>, Result<bool, (&'static str, &'static str)>);
    let rows: [Row; 9] = [
        (None, None, None, Ok(false)),
        (Some("ok"), None, None, Ok(true)),
        (None, Some("$.a"), None, Ok(true)),
        (None, Some("$.a"), Some("1"), Ok(true)),
        (Some(""), None, None, Err(("settings.keyword", "required"))),
        (Some("ok"), Some("$.a"), None, Err(("settings.keyword", "keyword_or_json"))),
        (None, None, Some("1"), Err(("settings.json_path", "required"))),
        (Some("ok"), None, Some("1"), Err(("settings.json_path", "required"))),
        (None, Some("a"), None, Err(("settings.json_path", "json_path"))),
    ];
    for (keyword, json_path, json_value, expected) in rows {
        let settings = Settings {
            keyword: keyword.map(Into::into),
            json_path: json_path.map(Into::into),
            json_value: json_value.map(Into::into),
            ..Settings::default()
        };
        let read = match parse(Kind::Http, "http://host/", PLAIN, 60, &settings) {
            Ok(Look::Http(http)) => Ok(http.body.is_some()),
            Ok(other) => panic!("{other:?}"),
            Err(invalid) => Err((invalid.field, invalid.code)),
        };
        assert_eq!(read, expected.map_err(|(field, code)| (field.to_owned(), code)), "{settings:?}");
    }
    let long = with(|settings| settings.keyword = Some("a".repeat(1_001)));
    assert_eq!(fault(Kind::Http, "http://host/", &long), ("settings.keyword".into(), "too_long"));
}

#[test]
fn json_paths_are_names_and_indices() {
    let document = serde_json::json!({
        "status": "ok", "nodes": [{"state": 1}, {"state": null}], "a name": {"b.c": true}, "код": "да", "x-y_z": []
    });
    for (path, expected) in [
        ("$.status", Some("\"ok\"")),
        ("$.nodes[0].state", Some("1")),
        ("$.nodes[1].state", Some("null")),
        ("$['a name']['b.c']", Some("true")),
        ("$[\"a name\"]['b.c']", Some("true")),
        ("$.код", Some("\"да\"")),
        ("$.x-y_z", Some("[]")),
        ("$.nodes[2]", None),
        ("$.status.deeper", None),
        ("$.status[0]", None),
        ("$.nodes.state", None),
        ("$.missing", None),
    ] {
        let found = JsonPath::parse(path).expect("a path").find(&document).map(ToString::to_string);
        assert_eq!(found.as_deref(), expected, "{path}");
    }
    assert!(JsonPath::parse("$").expect("a path").find(&document).is_some(), "the whole document");
    for path in [
        "", "status", "$status", "$.", "$..a", "$.*", "$[*]", "$[-1]", "$[0:2]", "$[?@.a]", "$.a[", "$['a'", "$.a b",
        "$[1e3]",
    ] {
        assert_eq!(JsonPath::parse(path), None, "{path}");
    }
    assert_eq!(JsonPath::parse(&format!("${}", ".a".repeat(101))), None);
}

#[test]
fn authorities_are_certificates() {
    let ca = |text: &str| with(|settings| settings.ca = Some(text.into()));
    assert!(Authorities::parse(CA).is_some());
    assert!(matches!(ok(Kind::Tls, "host:443", &ca(CA)), Look::Tls(tls) if tls.authorities.is_some()));
    assert!(matches!(ok(Kind::Http, "https://host/", &ca(CA)), Look::Http(http) if http.authorities.is_some()));
    let damaged = CA.replacen("MII", "MIJ", 1);
    for text in ["", "certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &damaged] {
        assert_eq!(fault(Kind::Tls, "host:443", &ca(text)), ("settings.ca".into(), "ca"), "{text}");
    }
    assert_eq!(fault(Kind::Tls, "host:443", &ca(&"a".repeat(65_537))), ("settings.ca".into(), "too_long"));
}

#[test]
fn queries_have_a_name_a_record_and_perhaps_a_resolver() {
    let dns = |target: &str, record: &str, resolver: Option<&str>| {
        let settings = Settings {
            record: Some(record.into()).filter(|record: &String| !record.is_empty()),
            resolver: resolver.map(Into::into),
            ..Settings::default()
        };
        match parse(Kind::Dns, target, PLAIN, 60, &settings) {
            Ok(Look::Dns(dns)) => Ok((dns.name, dns.record, dns.resolver.map(|resolver| resolver.to_string()))),
            Ok(other) => panic!("{other:?}"),
            Err(invalid) => Err((invalid.field, invalid.code)),
        }
    };
    let good = |name: &str, record, resolver: Option<&str>| Ok((name.into(), record, resolver.map(Into::into)));
    let bad = |field: &str, code| Err((field.into(), code));
    assert_eq!(dns("Example.ORG.", "", None), good("example.org", Record::A, None));
    assert_eq!(dns("почта.рф", "mx", None), good("xn--80a1acny.xn--p1ai", Record::Mx, None));
    assert_eq!(dns("192.0.2.7", "PTR", None), good("7.2.0.192.in-addr.arpa", Record::Ptr, None));
    assert_eq!(
        dns("2001:db8::1", "PTR", None),
        good("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", Record::Ptr, None)
    );
    assert_eq!(dns("a.example", "A", Some("192.0.2.53")), good("a.example", Record::A, Some("192.0.2.53:53")));
    assert_eq!(dns("a.example", "A", Some("192.0.2.53:5353")), good("a.example", Record::A, Some("192.0.2.53:5353")));
    assert_eq!(dns("a.example", "A", Some("2001:db8::53")), good("a.example", Record::A, Some("[2001:db8::53]:53")));
    assert_eq!(dns("a.example", "A", Some("[2001:db8::53]")), good("a.example", Record::A, Some("[2001:db8::53]:53")));
    assert_eq!(dns("a.example", "A", Some("[::1]:5353")), good("a.example", Record::A, Some("[::1]:5353")));
    assert_eq!(dns("", "A", None), bad("target", "required"));
    assert_eq!(dns("192.0.2.7", "A", None), bad("target", "name"));
    assert_eq!(dns("a b", "A", None), bad("target", "name"));
    assert_eq!(dns("a.example", "SOA", None), bad("settings.record", "record"));
    for resolver in ["dns.example", "192.0.2.53:0", "", "192.0.2.53:", "https://192.0.2.53/"] {
        assert_eq!(dns("a.example", "A", Some(resolver)), bad("settings.resolver", "resolver"), "{resolver}");
    }
}

#[test]
fn expected_answers_are_compared_as_the_dns_would() {
    for (record, expected, answer, same) in [
        (Record::A, "192.0.2.1", "192.0.2.1", true),
        (Record::A, "192.0.2.1", "192.0.2.10", false),
        (Record::Aaaa, "2001:DB8:0::1", "2001:db8::1", true),
        (Record::Cname, "WWW.example.org.", "www.example.org", true),
        (Record::Ns, "почта.рф", "xn--80a1acny.xn--p1ai", true),
        (Record::Mx, "mail.example.org", "10 mail.example.org", true),
        (Record::Mx, "10 mail.example.org", "10 mail.example.org", true),
        (Record::Mx, "20 mail.example.org", "10 mail.example.org", false),
        (Record::Srv, "sip.example.org", "1 2 5060 sip.example.org", true),
        (Record::Srv, "01 2  5060 sip.example.org.", "1 2 5060 sip.example.org", true),
        (Record::Txt, "v=spf1 -all", "v=spf1 -all", true),
        (Record::Txt, "-all", "v=spf1 -all", false),
        (Record::Txt, "V=SPF1 -all", "v=spf1 -all", false),
    ] {
        let expected = Expected::parse(record, expected).expect("a value");
        assert_eq!(expected.is(answer), same, "{expected:?} {answer}");
    }
    for (record, text) in [
        (Record::A, "::1"),
        (Record::Aaaa, "192.0.2.1"),
        (Record::Mx, "1 2 mail.example.org"),
        (Record::Srv, "5060 sip.example.org"),
        (Record::Cname, "a b"),
        (Record::Txt, " "),
    ] {
        assert_eq!(Expected::parse(record, text), None, "{text}");
    }
    let settings = with(|settings| settings.expected = Some("nonsense".into()));
    assert_eq!(fault(Kind::Dns, "a.example", &settings), ("settings.expected".into(), "expected"));
}

#[test]
fn numbers_have_limits() {
    let refused = |interval_s, change: fn(&mut Settings)| wrong(Kind::Ping, "", PLAIN, interval_s, &with(change));
    for (interval_s, change, field, code) in [
        (4, (|_| ()) as fn(&mut Settings), "interval_s", "out_of_range"),
        (86_401, |_| (), "interval_s", "out_of_range"),
        (60, |s| s.timeout_ms = 99, "settings.timeout_ms", "out_of_range"),
        (86_400, |s| s.timeout_ms = 60_001, "settings.timeout_ms", "out_of_range"),
        (5, |s| s.timeout_ms = 5_000, "settings.timeout_ms", "not_below_interval"),
        (60, |s| s.retry_interval_s = 4, "settings.retry_interval_s", "out_of_range"),
        (60, |s| s.retry_interval_s = 3_601, "settings.retry_interval_s", "out_of_range"),
        (60, |s| s.bad_to_go_down = 0, "settings.bad_to_go_down", "out_of_range"),
        (60, |s| s.bad_to_go_down = 21, "settings.bad_to_go_down", "out_of_range"),
        (60, |s| s.good_to_come_back = 0, "settings.good_to_come_back", "out_of_range"),
        (60, |s| s.good_to_come_back = 21, "settings.good_to_come_back", "out_of_range"),
        (60, |s| s.slow_ms = Some(0), "settings.slow_ms", "out_of_range"),
        (60, |s| s.slow_ms = Some(5_000), "settings.slow_ms", "not_below_timeout"),
    ] {
        assert_eq!(refused(interval_s, change), (field.into(), code));
    }
    let redirects = with(|settings| settings.redirects = Some(11));
    assert_eq!(fault(Kind::Http, "http://host/", &redirects), ("settings.redirects".into(), "out_of_range"));
    let days = with(|settings| settings.days_left = Some(3_651));
    assert_eq!(fault(Kind::Tls, "host:443", &days), ("settings.days_left".into(), "out_of_range"));
    let least = with(|s| (s.timeout_ms, s.retry_interval_s, s.slow_ms) = (4_999, 5, Some(4_998)));
    assert!(parse(Kind::Ping, "", PLAIN, 5, &least).is_ok());
}

#[test]
fn settings_of_another_kind_are_refused() {
    let rows: [(fn(&mut Settings), &str, &[Kind]); 11] = [
        (|s| s.status = Some("200".into()), "status", &[Kind::Http]),
        (|s| s.keyword = Some("ok".into()), "keyword", &[Kind::Http]),
        (|s| s.json_path = Some("$.a".into()), "json_path", &[Kind::Http]),
        (|s| (s.json_path, s.json_value) = (None, Some("1".into())), "json_value", &[Kind::Http]),
        (|s| s.redirects = Some(1), "redirects", &[Kind::Http]),
        (|s| s.ca = Some(CA.into()), "ca", &[Kind::Http, Kind::Tls]),
        (|s| s.days_left = Some(7), "days_left", &[Kind::Tls]),
        (|s| s.record = Some("MX".into()), "record", &[Kind::Dns]),
        (|s| s.expected = Some("192.0.2.1".into()), "expected", &[Kind::Dns]),
        (|s| s.resolver = Some("192.0.2.1".into()), "resolver", &[Kind::Dns]),
        (|s| s.slow_ms = Some(100), "slow_ms", &[Kind::Ping, Kind::Tcp, Kind::Http, Kind::Tls, Kind::Dns]),
    ];
    let target = |kind| match kind {
        Kind::Ping | Kind::Push => "",
        Kind::Tcp | Kind::Tls => ":443",
        Kind::Http => "https://host/",
        Kind::Dns => "host.example",
    };
    for (change, field, kinds) in rows {
        for kind in Kind::ALL.into_iter().filter(|kind| !kinds.contains(kind)) {
            let expected = (format!("settings.{field}"), "not_for_kind");
            assert_eq!(fault(kind, target(kind), &with(change)), expected, "{kind:?}");
        }
    }
}

#[test]
fn a_push_has_no_target_and_may_be_silent_for_a_day() {
    assert!(matches!(parse(Kind::Push, "", "", 86_400, &Settings::default()), Ok(Look::Push)));
    assert!(matches!(parse(Kind::Push, " ", "", 5, &Settings::default()), Ok(Look::Push)));
    assert_eq!(fault(Kind::Push, "https://host/", &Settings::default()), ("target".into(), "not_for_kind"));
}

#[test]
fn addresses_that_are_named_are_known_before_anybody_looks() {
    let address = |kind, target| ok(kind, target, &Settings::default()).address().map(|address| address.to_string());
    assert_eq!(address(Kind::Ping, "127.0.0.1").as_deref(), Some("127.0.0.1"));
    assert_eq!(address(Kind::Http, "http://[fd00:ec2::254]/").as_deref(), Some("fd00:ec2::254"));
    assert_eq!(address(Kind::Http, "http://2852039166/").as_deref(), Some("169.254.169.254"));
    assert_eq!(address(Kind::Tls, "example.org:443"), None);
    assert_eq!(address(Kind::Dns, "example.org"), None);
}

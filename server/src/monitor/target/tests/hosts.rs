use super::*;

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

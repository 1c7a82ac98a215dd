use super::*;

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

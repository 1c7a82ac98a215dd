use super::*;

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
    type Row = (fn(&mut Settings), &'static str, &'static [Kind]);
    let rows: [Row; 11] = [
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

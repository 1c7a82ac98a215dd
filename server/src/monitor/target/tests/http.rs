use super::*;

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

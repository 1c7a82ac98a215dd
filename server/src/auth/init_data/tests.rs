//! The published vectors, and what libraries let through.

use std::fmt::Write as _;

use serde_json::Value;

use super::*;

const TOKEN: &str = "100:test-token";
const HOUR: Duration = Duration::from_secs(3_600);
const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 86_400);

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/fixtures/initdata-vectors.json")).expect("the vectors are JSON")
}

fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    vectors[name].as_array().expect("a list of vectors")
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("{name} of {vector}"))
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).expect("a date")
}

fn verify(token: &str, raw: &str, now: i64, max_age: Duration) -> Result<Launch, LaunchError> {
    Verifier::new(token).verify(raw.as_bytes(), at(now), max_age)
}

/// Launch data as Telegram would sign these fields; each given as encoded in the query string.
fn signed(fields: &[(&str, &str)]) -> String {
    let mut lines: Vec<String> = fields.iter().map(|(key, value)| format!("{key}={value}")).collect();
    lines.sort();
    let secret = keyed(b"WebAppData").chain_update(TOKEN).finalize().into_bytes();
    let hash = keyed(&secret).chain_update(lines.join("\n")).finalize().into_bytes();
    let mut raw = String::new();
    for (key, value) in fields {
        let value: String = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).collect();
        write!(raw, "{key}={value}&").expect("writing to a string");
    }
    raw.push_str("hash=");
    for byte in hash {
        write!(raw, "{byte:02x}").expect("writing to a string");
    }
    raw
}

#[test]
fn every_published_vector_is_judged_as_published() {
    let vectors = vectors();
    for vector in list(&vectors, "hmac_vectors") {
        let id = text(vector, "id");
        let auth_date = vector["auth_date"].as_i64().unwrap_or(1_700_000_000);
        let outcome = verify(text(vector, "bot_token"), text(vector, "init_data"), auth_date, FOR_EVER);
        match (text(vector, "expect"), &vector["user_id"]) {
            ("valid", Value::Null) => assert_eq!(outcome, Err(LaunchError::UserMissing), "{id}"),
            ("valid", user) => {
                let launch = outcome.unwrap_or_else(|error| panic!("{id}: {error}"));
                let expected = user.as_str().map_or_else(|| user.to_string(), str::to_owned);
                assert_eq!((launch.user.id.to_string(), launch.auth_date), (expected, at(auth_date)), "{id}");
            }
            (_, _) => assert_eq!(outcome, Err(LaunchError::Invalid), "{id}"),
        }
    }
}

#[test]
fn what_libraries_let_through_is_refused() {
    let vectors = vectors();
    for vector in list(&vectors, "policy_vectors") {
        let expected = match text(vector, "id") {
            "policy-uppercase-hash" => LaunchError::Invalid,
            _ => LaunchError::Malformed,
        };
        let outcome = verify(text(vector, "bot_token"), text(vector, "init_data"), 1_733_584_787, FOR_EVER);
        assert_eq!(outcome, Err(expected), "{}", text(vector, "id"));
    }
}

#[test]
fn age_is_judged_to_the_second() {
    let vectors = vectors();
    for case in list(&vectors, "expiry_cases") {
        let vector = list(&vectors, "hmac_vectors").iter().find(|vector| vector["id"] == case["vector"]);
        let vector = vector.expect("the case names a vector");
        let max_age = Duration::from_secs(case["max_age_s"].as_u64().expect("an age"));
        let now = case["now"].as_i64().expect("a time");
        let outcome = verify(text(vector, "bot_token"), text(vector, "init_data"), now, max_age).map(|_| ());
        let expected = match text(case, "expect") {
            "valid" => Ok(()),
            "expired" => Err(LaunchError::Expired),
            _ => Err(LaunchError::FromFuture),
        };
        assert_eq!(outcome, expected, "{}", text(case, "id"));
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    let raw = signed(&[("auth_date", "1000060"), ("user", r#"{"id":1}"#)]);
    assert!(verify(TOKEN, &raw, 1_000_000, HOUR).is_ok());
    assert_eq!(verify(TOKEN, &raw, 999_999, HOUR), Err(LaunchError::FromFuture));
}

#[test]
fn the_signature_field_is_signed_too() {
    let vectors = vectors();
    let counter = &vectors["signature_counterexample"];
    let genuine = list(&vectors, "hmac_vectors").iter().find(|vector| vector["id"] == counter["init_data_id"]);
    let genuine = genuine.expect("the counterexample names a vector");
    let wrong = text(genuine, "init_data")
        .replace(text(genuine, "expected_hash"), text(counter, "hash_if_signature_were_excluded"));
    assert_eq!(verify(text(genuine, "bot_token"), &wrong, 1_733_584_787, HOUR), Err(LaunchError::Invalid));
}

#[test]
fn a_login_widget_hash_does_not_open_the_app() {
    let vectors = vectors();
    let widget = &vectors["login_widget_legacy_vector"];
    let fields = widget["fields"].as_object().expect("fields");
    let mut raw: String =
        fields.iter().map(|(key, value)| format!("{key}={}&", value.as_str().expect("text"))).collect();
    write!(raw, "hash={}", text(widget, "hash")).expect("writing to a string");
    assert_eq!(verify(text(widget, "bot_token"), &raw, 1_733_584_787, HOUR), Err(LaunchError::Invalid));
}

#[test]
fn every_changed_byte_is_noticed() {
    let raw = signed(&[("query_id", "AA"), ("auth_date", "1000000"), ("user", r#"{"id":1,"first_name":"Ян"}"#)]);
    assert!(verify(TOKEN, &raw, 1_000_000, HOUR).is_ok());
    for position in 0..raw.len() {
        for replacement in [b'0', b'1', b'a', b'&', b'%'] {
            let mut bytes = raw.clone().into_bytes();
            // `%3a` and `%3A` are the same byte in two spellings.
            if bytes[position].eq_ignore_ascii_case(&replacement) {
                continue;
            }
            bytes[position] = replacement;
            let outcome = Verifier::new(TOKEN).verify(&bytes, at(1_000_000), HOUR);
            assert!(
                matches!(outcome, Err(LaunchError::Malformed | LaunchError::Invalid)),
                "byte {position} as {replacement}: {outcome:?}"
            );
        }
    }
}

#[test]
fn a_text_with_two_readings_is_malformed() {
    let genuine = signed(&[("auth_date", "1000000"), ("user", r#"{"id":1}"#)]);
    let long = format!("{genuine}&x={}", "a".repeat(MAX_BYTES));
    for (raw, why) in [
        ("", "empty"),
        (long.as_str(), "too long"),
        ("user=1&user=2&hash=", "a key twice"),
        ("user=1&us%65r=2", "a key twice, once encoded"),
        ("hash=a&hash=a", "the hash twice"),
        ("a=%", "a lonely percent sign"),
        ("a=%4", "half a percent code"),
        ("a=%zz", "no hexadecimal"),
        ("a=%u0041", "another dialect"),
        ("a=%ff", "no UTF-8"),
        ("a=%c3&b=%a9", "UTF-8 across two fields"),
        ("a=%ed%a0%80", "half a surrogate pair"),
        ("a=%00", "NUL"),
        ("a=1%0auser=2", "a line feed would forge a line"),
        ("a%0a=1", "a line feed in a key"),
        ("a=1\nb=2", "a bare line feed"),
        ("a=%7f", "DEL"),
        ("a=%c2%85", "a control character beyond ASCII"),
        ("a%3Db=1", "an equals sign in a key"),
    ] {
        assert_eq!(verify(TOKEN, raw, 1_000_000, HOUR), Err(LaunchError::Malformed), "{why}");
    }
    assert_eq!(Verifier::new(TOKEN).verify(b"a=\xff", at(0), HOUR), Err(LaunchError::Malformed));
}

#[test]
fn a_wrong_hash_is_all_that_is_said_about_unsigned_data() {
    let raw = signed(&[("auth_date", "1000000"), ("user", r#"{"id":1}"#)]);
    let forged = raw.replace("auth_date=1000000", "auth_date=5");
    assert_eq!(verify(TOKEN, &forged, 1_000_000, HOUR), Err(LaunchError::Invalid), "not expired");
    for raw in ["auth_date=1000000&user=1", "auth_date=x&hash=abc", "a", "hash", "&&"] {
        assert_eq!(verify(TOKEN, raw, 1_000_000, HOUR), Err(LaunchError::Invalid), "{raw}");
    }
}

#[test]
fn a_genuine_launch_must_say_when() {
    for date in ["", "soon", "-5", "+5", " 5", "1e6", "1000000.0", "99999999999999999999", "٥"] {
        let raw = signed(&[("auth_date", date), ("user", r#"{"id":1}"#)]);
        let outcome = verify(TOKEN, &raw, 1_000_000, FOR_EVER);
        assert_eq!(outcome, Err(LaunchError::Malformed), "{date:?}");
    }
    let raw = signed(&[("user", r#"{"id":1}"#)]);
    assert_eq!(verify(TOKEN, &raw, 1_000_000, FOR_EVER), Err(LaunchError::Malformed), "no date at all");
}

#[test]
fn a_genuine_launch_must_say_who() {
    for (user, expected) in [
        (r#"{"id":1}"#, Ok(1)),
        (r#"{"id":"17"}"#, Ok(17)),
        (r#"{"id":4503599627370495}"#, Ok((1 << 52) - 1)),
        (r#"{"id":4503599627370496}"#, Err(LaunchError::UserMissing)),
        (r#"{"id":0}"#, Err(LaunchError::UserMissing)),
        (r#"{"id":-1}"#, Err(LaunchError::UserMissing)),
        (r#"{"id":1.5}"#, Err(LaunchError::UserMissing)),
        (r#"{"id":null}"#, Err(LaunchError::UserMissing)),
        (r#"{"first_name":"Ян"}"#, Err(LaunchError::UserMissing)),
        ("null", Err(LaunchError::UserMissing)),
        ("7", Err(LaunchError::UserMissing)),
        ("{", Err(LaunchError::Malformed)),
        ("", Err(LaunchError::Malformed)),
    ] {
        let raw = signed(&[("auth_date", "1000000"), ("user", user)]);
        assert_eq!(verify(TOKEN, &raw, 1_000_000, HOUR).map(|launch| launch.user.id), expected, "{user}");
    }
}

#[test]
fn a_name_is_one_clean_line() {
    let name = |user: &str| {
        let raw = signed(&[("auth_date", "1000000"), ("user", user)]);
        verify(TOKEN, &raw, 1_000_000, HOUR).expect("genuine").user
    };
    let user =
        name(r#"{"id":1,"first_name":" Анна\u0000\n Мария ","last_name":"Ли","username":"anna","language_code":"ru"}"#);
    assert_eq!(user.name, "Анна Мария Ли");
    assert_eq!(user.username.as_deref(), Some("anna"));
    let user = name(r#"{"id":1,"first_name":"Ann","username":"","last_name":null,"language_code":"de"}"#);
    assert_eq!((user.name.as_str(), user.username), ("Ann", None));
    let user = name(&format!(r#"{{"id":1,"first_name":"{}"}}"#, "ж".repeat(500)));
    assert_eq!(user.name.chars().count(), 160);
}

#[test]
fn the_same_launch_in_another_spelling_has_the_same_fingerprint() {
    let raw = signed(&[("auth_date", "1000000"), ("user", r#"{"id":1,"first_name":"A B"}"#)]);
    let (fields, hash) = raw.rsplit_once('&').expect("a hash at the end");
    let respelled = format!("{hash}&{}", fields.replace("%20", "+").replace("%7B", "{"));
    let first = verify(TOKEN, &raw, 1_000_000, HOUR).expect("genuine");
    let second = verify(TOKEN, &respelled, 1_000_000, HOUR).expect("genuine too");
    assert_ne!(raw, respelled);
    assert_eq!(first.fingerprint(), second.fingerprint());
}

//! One account of a person against another, case by case.

use super::*;

fn phone(text: &str) -> Phone {
    let (number, ext) = text.split_once('#').unwrap();
    let part = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    Phone { number: part(number), ext: part(ext) }
}

fn phones_of(texts: &[&str]) -> Vec<Phone> {
    texts.iter().map(|text| phone(text)).collect()
}

/// Items added by hand begin with `!`.
fn list(texts: &[&str]) -> Vec<StoredPhone> {
    let item = |text: &&str| StoredPhone::new(phone(text.trim_start_matches('!')), text.starts_with('!'));
    texts.iter().map(item).collect()
}

fn ivan() -> Person {
    Person {
        surname: "Иванов".into(),
        name: "Иван".into(),
        email: Some("a@b.example".into()),
        room: Some("305".into()),
        ..Person::default()
    }
}

fn stored() -> Stored {
    Stored { person: ivan(), phones: Vec::new(), ips: Vec::new(), edited: Vec::new(), active: true }
}

fn with_room(room: &str) -> Person {
    Person { room: Some(room.into()), ..ivan() }
}

fn codes(warnings: Warnings) -> Vec<&'static str> {
    warnings.codes().collect()
}

#[test]
fn the_first_row_wins_and_gaps_are_filled() {
    let mut first = ivan();
    let later = Person {
        position: Some("Бухгалтер".into()),
        room: Some("306".into()),
        phones: phones_of(&["#123"]),
        ips: vec!["10.0.0.1".into()],
        ..ivan()
    };
    assert_eq!(join(&mut first, &later).map(codes), Ok(vec!["conflict:room"]));
    assert_eq!((first.room.as_deref(), first.position.as_deref()), (Some("305"), Some("Бухгалтер")));
    assert_eq!((first.phones.len(), first.ips.len()), (1, 1));
    assert_eq!(
        join(&mut first, &Person { phones: phones_of(&["+74957802000#123"]), ..later }).map(codes).unwrap().len(),
        1
    );
    assert_eq!((first.phones, first.ips.len()), (phones_of(&["+74957802000#123"]), 1));
}

#[test]
fn case_yo_and_spaces_are_no_conflict() {
    let mut first = Person {
        surname: "Семёнов".into(), position: Some("Главный  Бухгалтер".into()), ..ivan()
    };
    let later = Person {
        surname: "СЕМЕНОВ".into(), position: Some("главный бухгалтер".into()), ..ivan()
    };
    assert_eq!(join(&mut first, &later), Ok(Warnings::default()));
}

#[test]
fn somebody_else_under_the_same_email_is_a_conflict() {
    let mut first = ivan();
    let petr = Person { surname: "Петров".into(), name: "Пётр".into(), position: Some("x".into()), ..ivan() };
    assert_eq!(join(&mut first, &petr), Err(EmailConflict));
    assert_eq!(first, ivan());
    let married = Person { surname: "Петров".into(), ..ivan() };
    assert_eq!(join(&mut first, &married).map(codes), Ok(vec!["conflict:surname"]));
}

#[test]
fn a_value_of_the_file_replaces_the_stored_one() {
    let decision = decide(&stored(), &with_room("306"));
    let Outcome::Changed { kind, fields } = decision.outcome else { panic!("changed") };
    assert_eq!((kind, fields.len(), fields[0].field), (ChangeKind::Updated, 1, Field::Room));
    assert_eq!(decision.after.person.room.as_deref(), Some("306"));
}

#[test]
fn what_the_file_does_not_know_stays() {
    let mut stored = stored();
    stored.phones = list(&["#123"]);
    stored.person.phones = phones_of(&["#123"]);
    let decision = decide(&stored, &Person { room: None, ..ivan() });
    assert_eq!((decision.outcome, decision.after), (Outcome::Unchanged, stored));
}

#[test]
fn a_field_edited_by_hand_is_kept_until_the_file_agrees() {
    let mut stored = stored();
    stored.edited = vec![Field::Room];
    let decision = decide(&stored, &with_room("306"));
    assert_eq!((decision.outcome, codes(decision.warnings)), (Outcome::Unchanged, vec!["conflict:room"]));
    assert_eq!(decision.after, stored);
    let decision = decide(&stored, &with_room("305"));
    assert_eq!((decision.outcome, decision.after.edited), (Outcome::Confirmed, vec![]));
    let decision = decide(&stored, &Person { room: None, ..ivan() });
    assert_eq!((decision.outcome, decision.after.edited), (Outcome::Unchanged, vec![Field::Room]));
}

#[test]
fn a_field_emptied_by_hand_stays_empty() {
    let mut stored = stored();
    (stored.person.room, stored.edited) = (None, vec![Field::Room]);
    let decision = decide(&stored, &with_room("306"));
    assert_eq!((decision.outcome, codes(decision.warnings)), (Outcome::Unchanged, vec!["conflict:room"]));
}

#[test]
fn somebody_who_had_left_is_back() {
    let mut stored = stored();
    stored.active = false;
    let decision = decide(&stored, &ivan());
    assert_eq!(decision.outcome, Outcome::Changed { kind: ChangeKind::Restored, fields: vec![] });
    assert!(decision.after.active);
}

#[test]
fn telephones_of_the_file_replace_the_imported_ones_only() {
    let table: [(&[&str], &[&str], &[&str]); 8] = [
        (&["#111", "#222"], &["#333"], &["#333"]),
        (&["#111", "!#222"], &["#333"], &["#333", "!#222"]),
        (&["#111", "!#222"], &["#222", "#333"], &["!#222", "#333"]),
        (&["!#222", "#111"], &["#111", "#222"], &["!#222", "#111"]),
        (&["!#111"], &["+74957802000#111"], &["+74957802000#111"]),
        (&["!+74957802000#111"], &["#111"], &["!+74957802000#111"]),
        (&["#111", "!#222"], &[], &["#111", "!#222"]),
        (&[], &["#111"], &["#111"]),
    ];
    for (before, incoming, after) in table {
        let once = phones(&list(before), &phones_of(incoming));
        assert_eq!(once, list(after), "{before:?} {incoming:?}");
        assert_eq!(phones(&once, &phones_of(incoming)), once, "{before:?} {incoming:?}");
    }
}

#[test]
fn addresses_of_the_file_replace_the_imported_ones_only() {
    let list = |texts: &[&str]| -> Vec<StoredIp> {
        let item = |text: &&str| StoredIp { ip: text.trim_start_matches('!').into(), by_hand: text.starts_with('!') };
        texts.iter().map(item).collect()
    };
    let table: [(&[&str], &[&str], &[&str]); 5] = [
        (&["1", "2"], &["3"], &["3"]),
        (&["1", "!2"], &["3"], &["3", "!2"]),
        (&["!2"], &["1", "2"], &["1", "!2"]),
        (&["1", "2"], &["2", "1"], &["1", "2"]),
        (&["1"], &[], &["1"]),
    ];
    for (before, incoming, after) in table {
        let incoming: Vec<String> = incoming.iter().map(|&ip| ip.to_owned()).collect();
        let once = ips(&list(before), &incoming);
        assert_eq!(once, list(after), "{before:?} {incoming:?}");
        assert_eq!(ips(&once, &incoming), once);
    }
}

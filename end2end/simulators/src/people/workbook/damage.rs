//! How hands spell and spoil cells: most of it an import repairs, some of it becomes a warning.

use super::super::{Phone, dice::Dice};

/// A name in a full-name or surname cell.
pub(super) fn name(name: &str, dice: &mut Dice) -> String {
    match dice.below(120) {
        0 | 1 => name.to_uppercase(),
        2 => name.to_lowercase(),
        3 => name.replacen(' ', "\u{a0}", 1),
        4 => format!("  {}  ", name.replace(' ', "   ")),
        // Latin letters that look the same.
        5 => name.replacen('о', "o", 1),
        6 => name.replacen('а', "a", 1),
        7 => format!("{name} (декрет)"),
        8 => format!("{name} (совм.)"),
        _ => name.to_owned(),
    }
}

/// An e-mail address.
pub(super) fn email(email: &str, dice: &mut Dice) -> String {
    match dice.below(60) {
        0 => email.to_uppercase(),
        1 => format!("mailto:{email}"),
        2 => format!(" {email};"),
        _ => email.to_owned(),
    }
}

/// A room.
pub(super) fn room(room: Option<&str>, dice: &mut Dice) -> String {
    let Some(room) = room else { return if dice.permille(500) { "—".into() } else { String::new() } };
    match dice.below(30) {
        0..=3 => format!("каб. {room}"),
        4 => format!("Кабинет №{room}"),
        5 => format!("к.{room}"),
        _ => room.to_owned(),
    }
}

/// All telephones that go into one cell.
pub(super) fn phones(phones: &[Phone], dice: &mut Dice) -> String {
    match dice.below(160) {
        // What a spreadsheet makes of a long number.
        0 if !phones.is_empty() => return "8,49555E+10".to_owned(),
        1 if !phones.is_empty() => return "уточнить 12".to_owned(),
        _ => {}
    }
    let separator = *dice.pick(&["; ", ", моб. ", "\n", " / "]);
    phones.iter().map(|phone| spelled(phone, dice)).collect::<Vec<_>>().join(separator)
}

fn spelled(phone: &Phone, dice: &mut Dice) -> String {
    let ext = phone.ext.as_deref().map(|ext| match dice.below(5) {
        0 => format!("вн. {}-{}", &ext[..2], &ext[2..]),
        1 => format!("ext {ext}"),
        2 => format!("#{ext}"),
        _ => format!("доб. {ext}"),
    });
    let number = phone.number.as_deref().map(|number| {
        let (code, a, b, c) = (&number[2..5], &number[5..8], &number[8..10], &number[10..12]);
        match dice.below(6) {
            0 => format!("8{code}{a}{b}{c}"),
            1 => format!("8 ({code}) {a}-{b}-{c}"),
            2 => format!("8-{code}-{a}-{b}-{c}"),
            3 => format!("{code} {a} {b}{c}"),
            4 => format!("{number} "),
            _ => format!("+7 ({code}) {a}-{b}-{c}"),
        }
    });
    [number, ext].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An IP address.
pub(super) fn ip(ips: &[String], dice: &mut Dice) -> String {
    let Some(ip) = ips.first() else {
        return match dice.below(4) {
            0 => "DHCP".into(),
            1 => "нет".into(),
            _ => String::new(),
        };
    };
    match dice.below(90) {
        0 => format!("{ip}/24"),
        1 => ip.split('.').map(|group| format!("{group:0>3}")).collect::<Vec<_>>().join("."),
        2 => "10.20.300.7".to_owned(),
        3 => ip.replacen('.', "-", 1),
        _ => ip.clone(),
    }
}

/// A computer's name.
pub(super) fn workstation(name: Option<&str>, dice: &mut Dice) -> String {
    let Some(name) = name else { return String::new() };
    match dice.below(60) {
        0 | 1 => name.to_lowercase(),
        2 => format!("{}.corp.nevpribor.example", name.to_lowercase()),
        // Cyrillic letters that look the same.
        3 => name.replace('K', "К").replace('M', "М"),
        4 => "ноутбук свой".to_owned(),
        _ => name.to_owned(),
    }
}

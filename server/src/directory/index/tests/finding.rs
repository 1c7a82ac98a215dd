//! Every kind of query finds whom it means first.

use super::{company, found};

/// Checks that each query finds exactly these people first, in any order among themselves.
fn first(cases: &[(&str, &str)]) {
    let index = company();
    for (text, expected) in cases {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        let all = found(&index, text);
        let mut found: Vec<&str> = all.iter().take(expected.len()).map(String::as_str).collect();
        let mut sorted = expected.clone();
        found.sort_unstable();
        sorted.sort_unstable();
        assert_eq!(found, sorted, "{text:?} found {all:?}");
    }
}

#[test]
fn names_in_any_order_and_as_initials() {
    first(&[
        ("Иванов Иван Петрович", "ivanov.ip"),
        ("петрович иван ИВАНОВ", "ivanov.ip"),
        ("иван петров", "petrov.ii"),
        ("Иванов И.П.", "ivanov.ip"),
        ("И. П. Иванов", "ivanov.ip"),
        ("Иванов ИП", "ivanov.ip"),
        ("иванов и п", "ivanov.ip"),
        ("Иванов А.", "ivanov.as"),
        ("Иванов И.П. касса", "ivanov.ip"),
        ("Ivanov I.P.", "ivanov.ip"),
        ("bdfyjd b/g/", "ivanov.ip"),
        ("али оглы", "mamedov.a"),
    ]);
}

#[test]
fn beginnings_yo_and_double_names() {
    first(&[
        ("петух", "petukhov.a"),
        ("ив арт", "ivanov.as"),
        ("иванов ар", "ivanov.as"),
        ("федоров петр", "p.fedorov"),
        ("Фёдоров Пётр", "p.fedorov"),
        ("артем", "ivanov.as"),
        ("петрова-иванова", "petrova-ivanova.m"),
        ("иванова петрова", "petrova-ivanova.m"),
        ("иванова-петрова", "petrova-ivanova.m"),
        ("петрова - иванова", "petrova-ivanova.m"),
        ("петрова–ив", "petrova-ivanova.m"),
        ("петроваиванова", "petrova-ivanova.m"),
        ("петрова-", "petrova-ivanova.m"),
    ]);
}

#[test]
fn errors_spaces_and_digits_inside() {
    first(&[
        ("пнтухов", "petukhov.a"),
        ("петуухов", "petukhov.a"),
        ("птеухов", "petukhov.a"),
        ("педухов александр", "petukhov.a"),
        ("рамедов", "mamedov.a"),
        ("зввоновский вениамин", "zvonnovskii.v"),
        ("звнонвский", "zvonnovskii.v"),
        ("петухов алексндр", "petukhov.a"),
        ("петуховв алексндр", "petukhov.a"),
        ("соколов админситратор", "sokolov.k"),
        ("щербкова юля", "shcherbakova.y"),
        ("звоннвоск", "zvonnovskii.v"),
        ("петуховалександр", "petukhov.a"),
        ("ПетуховАлександрЮрьевич", "petukhov.a"),
        ("пету хов", "petukhov.a"),
        ("с0колов", "sokolov.k"),
        ("3айцев", "r.zaitsev"),
        ("сок5олов", "sokolov.k"),
    ]);
}

#[test]
fn the_other_layout() {
    first(&[
        ("gtne[jd", "petukhov.a"),
        ("GTNE{JD", "petukhov.a"),
        ("a`ljhjd g`nh", "p.fedorov"),
        ("петухов fktrcfylh", "petukhov.a"),
        ("ыщлщдщмюл", "sokolov.k"),
        ("зуегльщм", "petukhov.a"),
        ("ыщлщдщмюл\"ашкь", "sokolov.k"),
        ("ьыл-цы-01234", "ivanov.ip"),
        ("10ю16ю5ю70", "ivanov.as"),
        ("cfif gtne[jd", "petukhov.a"),
        ("gttne[jd fktrcfylh", "petukhov.a"),
    ]);
}

#[test]
fn latin_letters_for_russian_ones_and_the_reverse() {
    first(&[
        ("shcherbakova yuliya", "shcherbakova.y"),
        ("julia scherbakova", "shcherbakova.y"),
        ("Iuliia Shcherbakova", "shcherbakova.y"),
        ("hohlov", "khokhlov.d"),
        ("xoxlov dmitrij", "khokhlov.d"),
        ("pyotr fyodorov", "p.fedorov"),
        ("sasha petuhov", "petukhov.a"),
        ("petuhvo alexandr", "petukhov.a"),
        ("sokolov administrator", "sokolov.k"),
        ("мюллер", "h.muller"),
        ("mueller", "h.muller"),
        ("MÜLLER hans", "h.muller"),
        ("смит", "j.smith"),
        ("джон смит", "j.smith"),
    ]);
}

#[test]
fn letters_of_the_same_shape() {
    first(&[
        ("cоколов", "sokolov.k"),
        ("петуxoв", "petukhov.a"),
        ("COKOЛOB", "sokolov.k"),
        ("ВUН84906", "petrov.ii"),
        ("МSК-WS-01235", "ivanov.as"),
        ("A-101", "petrov.ii"),
        ("каб. B-12", "petrova-ivanova.m"),
    ]);
}

#[test]
fn familiar_names() {
    first(&[
        ("саша петухов", "petukhov.a"),
        ("шура", "petukhov.a"),
        ("веня архив", "zvonnovskii.v"),
        ("дима", "khokhlov.d"),
        ("рома", "r.zaitsev"),
        ("серёжа", "s.aleksandrov"),
    ]);
}

#[test]
fn telephones_and_extensions() {
    first(&[
        ("8 (916) 111-22-33", "ivanov.ip"),
        ("+7 916 1112233", "ivanov.ip"),
        ("8.916.111.22.33", "ivanov.ip"),
        ("89161112233", "ivanov.ip"),
        ("9161112233", "ivanov.ip"),
        ("111-22-33", "ivanov.ip"),
        ("111 22", "ivanov.ip"),
        ("22-33", "ivanov.ip"),
        ("8 916 1", "ivanov.ip"),
        ("моб. 8916", "ivanov.ip"),
        ("иванов 8916", "ivanov.ip"),
        ("+7 (495) 780-20-00 доб. 1235", "ivanov.as"),
        ("780-20-00, 1235", "ivanov.as"),
        ("84957802000#1235", "ivanov.as"),
        ("7802000 вн. 12-35", "ivanov.as"),
        ("7802000 1235", "ivanov.as"),
        ("1235", "ivanov.as"),
        ("доб. 12-35", "ivanov.as"),
        ("доб.1235", "ivanov.as"),
        ("ext 0123", "ivanova.ii"),
        ("x1235", "ivanov.as"),
        ("иванов 1235", "ivanov.as"),
        ("+49 30 1234", "h.muller"),
        ("0049 30 12345678", "h.muller"),
    ]);
}

#[test]
fn addresses_and_computers() {
    first(&[
        ("10.16.5.7", "ivanov.ip"),
        ("010.016.005.007", "ivanov.ip"),
        ("10 16 5 7", "ivanov.ip"),
        ("ip 10.16.5.70", "ivanov.as"),
        ("10.16.5", "ivanov.ip ivanov.as"),
        ("10.16.5.", "ivanov.ip ivanov.as"),
        ("10.16.5.0/24", "ivanov.ip ivanov.as"),
        ("10.16", "ivanov.ip ivanov.as ivanova.ii"),
        ("192.168.", "petukhov.a"),
        ("6.7", "ivanova.ii"),
        ("msk-ws-01235", "ivanov.as"),
        ("MSKWS01235", "ivanov.as"),
        ("msk ws 01235", "ivanov.as"),
        ("01235-ws-msk", "ivanov.as"),
        ("ws01235", "ivanov.as"),
        ("01235", "ivanov.as"),
        ("spb-ws-400", "p.fedorov"),
        ("buh849", "petrov.ii"),
    ]);
}

#[test]
fn mail() {
    first(&[
        (" Petrov.II@SPB.firm.example ", "petrov.ii"),
        ("mailto:petrov.ii@spb.firm.example", "petrov.ii"),
        ("petrov.ii", "petrov.ii"),
        ("petrov ii", "petrov.ii"),
        ("petrov_ii", "petrov.ii"),
        ("petrov.i", "petrov.ii"),
        ("p.fed", "p.fedorov"),
        ("petrov.ii@s", "petrov.ii"),
        ("петров @spb.firm.example", "petrov.ii"),
        ("smith@", "j.smith"),
    ]);
}

#[test]
fn work_rooms_and_several_fields() {
    first(&[
        ("Менеджер по продажам", "petrova-ivanova.m"),
        ("глав инж", "petrov.ii ivanov.as"),
        ("слесарь сборщик", "p.fedorov"),
        ("программист 1с", "s.aleksandrov"),
        ("цех № 1", "p.fedorov"),
        ("Б-214", "ivanov.ip ivanova.ii"),
        ("б214", "ivanov.ip ivanova.ii"),
        ("б 214", "ivanov.ip ivanova.ii"),
        ("каб. б-214", "ivanov.ip ivanova.ii"),
        ("каб 21", "ivanov.ip ivanova.ii"),
        ("кабинет № 305", "ivanov.as"),
        ("305а", "s.aleksandrov"),
        ("иванова б-214", "ivanova.ii"),
        ("бухгалтерия иванов", "ivanov.ip"),
        ("касса 1234 иванов", "ivanov.ip"),
        ("петухов из бюро пропусков", "petukhov.a"),
        ("горячий цех", "mamedov.a"),
    ]);
}

#[test]
fn signs_are_ordinary() {
    first(&[
        ("%петухов%", "petukhov.a"),
        ("«Петухов» (Александр)!", "petukhov.a"),
        ("петухов_александр", "petukhov.a"),
        ("петухов\\александр", "petukhov.a"),
        ("'петухов' \"александр\"; --", "petukhov.a"),
        ("\tпетухов,\u{a0}александр\u{200b}", "petukhov.a"),
    ]);
}

#[test]
fn digits_are_never_guessed() {
    let index = company();
    for text in ["12345", "10.16.5.8", "89161112234", "доб. 1243", "msk-ws-01243", "каб. 306", "иванов 1243"]
    {
        assert_eq!(found(&index, text), [""; 0], "{text}");
    }
}

#[test]
fn what_fits_nobody_is_answered_at_once() {
    let index = company();
    let long = "иванов ".repeat(1500);
    let one_word = "ъ".repeat(10_000);
    let digits = "1 2 3 4 5 6 7 8 9 ".repeat(600);
    for text in ["", " ", "😀 👍🏽", "%_'\"\\", "--- ... ///", "\u{0}\u{7f}", "@", "+", &one_word, &digits] {
        assert_eq!(found(&index, text), [""; 0], "{text:.20}");
    }
    assert_eq!(found(&index, &long)[0], "ivanov.as");
}

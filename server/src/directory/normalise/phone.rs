//! How a stored telephone is shown, and the digits of one.
//!
//! Reading telephones as people type them into a workbook is not here.

use app::model::employee::{Phone, PhoneKind};

/// Country codes of two digits; `1` and `7` have one, all others three.
const TWO_DIGIT_CODES: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 \
                               64 65 66 81 82 84 86 90 91 92 93 94 95 98";

/// A telephone with its kind and the text that people read.
#[must_use]
pub fn shown(number: Option<String>, ext: Option<String>) -> Phone {
    let kind = kind(number.as_deref());
    let display = display(number.as_deref(), ext.as_deref());
    Phone { number, ext, kind, display }
}

/// What sort of line it is.
#[must_use]
pub fn kind(number: Option<&str>) -> PhoneKind {
    match number {
        None => PhoneKind::Internal,
        Some(number) if number.starts_with("+79") => PhoneKind::Mobile,
        Some(_) => PhoneKind::Landline,
    }
}

/// The number as people read it; the extension where there is no number.
#[must_use]
pub fn display(number: Option<&str>, ext: Option<&str>) -> String {
    let Some(number) = number else { return ext.unwrap_or_default().to_owned() };
    let digits = number.strip_prefix('+').unwrap_or(number);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    if digits.len() == 11 && digits.starts_with('7') {
        return format!("+7 ({}) {}-{}-{}", &digits[1..4], &digits[4..7], &digits[7..9], &digits[9..]);
    }
    let code = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [_, _, ..] if TWO_DIGIT_CODES.split(' ').any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    };
    let Some((code, mut rest)) = digits.split_at_checked(code) else { return number.to_owned() };
    let mut shown = format!("+{code}");
    while rest.len() > 4 {
        let (group, more) = rest.split_at(3);
        shown.push(' ');
        shown.push_str(group);
        rest = more;
    }
    shown.push(' ');
    shown.push_str(rest);
    shown
}

/// The text in which matches of a telephone are marked: the number, then its extension.
#[must_use]
pub fn text(phone: &Phone) -> String {
    match (&phone.number, &phone.ext) {
        (Some(_), Some(ext)) => format!("{} {ext}", phone.display),
        _ => phone.display.clone(),
    }
}

#[cfg(test)]
mod tests {
    use app::model::employee::PhoneKind;

    use super::{shown, text};

    #[test]
    fn telephones_are_shown_as_people_read_them() {
        for (number, ext, kind, display, whole) in [
            (Some("+74957802000"), None, PhoneKind::Landline, "+7 (495) 780-20-00", "+7 (495) 780-20-00"),
            (Some("+74957802000"), Some("1234"), PhoneKind::Landline, "+7 (495) 780-20-00", "+7 (495) 780-20-00 1234"),
            (Some("+79161112233"), None, PhoneKind::Mobile, "+7 (916) 111-22-33", "+7 (916) 111-22-33"),
            (None, Some("1234"), PhoneKind::Internal, "1234", "1234"),
            (Some("+493012345678"), None, PhoneKind::Landline, "+49 301 234 5678", "+49 301 234 5678"),
            (Some("+375291234567"), None, PhoneKind::Landline, "+375 291 234 567", "+375 291 234 567"),
            (Some("+12125550123"), None, PhoneKind::Landline, "+1 212 555 0123", "+1 212 555 0123"),
        ] {
            let phone = shown(number.map(Into::into), ext.map(Into::into));
            assert_eq!((phone.kind, phone.display.as_str(), text(&phone).as_str()), (kind, display, whole));
        }
    }
}

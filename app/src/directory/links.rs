//! Addresses the directory makes: its own pages with their search, `tel:` and `mailto:`, deep links and
//! Telegram's share page. Escaping is done here and nowhere else.

use crate::model::{employee::Phone, ids::EmployeeId};

/// What is searched for, as the address of the page keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Search {
    /// The text of the field.
    pub text: String,
    /// Only this department.
    pub department: Option<String>,
}

impl Search {
    /// `?q=…&department=…`, or nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let text = (!self.text.trim().is_empty()).then(|| format!("q={}", escape(self.text.trim())));
        let department = self.department.as_deref().map(|name| format!("department={}", escape(name)));
        let parts: Vec<String> = [text, department].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// Nothing is searched for: the start of the directory.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.department.is_none()
    }
}

/// The list of people.
#[must_use]
pub fn list(search: &Search) -> String {
    format!("/employees{}", search.query())
}

/// A person's card beside the list it was found in.
#[must_use]
pub fn card(id: EmployeeId, search: &Search) -> String {
    format!("/employees/{id}{}", search.query())
}

/// A page about a person: `edit`, `history`, `merge`.
#[must_use]
pub fn about(id: EmployeeId, page: &str, search: &Search) -> String {
    format!("/employees/{id}/{page}{}", search.query())
}

/// Calls this number, dialling the extension after a pause. Nothing for a mere extension: telephones
/// outside the house cannot call it.
#[must_use]
pub fn call(phone: &Phone) -> Option<String> {
    let number = phone.number.as_deref()?;
    Some(match &phone.ext {
        Some(ext) => format!("tel:{number},{ext}"),
        None => format!("tel:{number}"),
    })
}

/// Writes to this address.
#[must_use]
pub fn mail(address: &str) -> String {
    format!("mailto:{}", escape(address).replace("%40", "@"))
}

/// Telegram's page that sends a link to a chat.
#[must_use]
pub fn share(link: &str, text: &str) -> String {
    format!("https://t.me/share/url?url={}&text={}", escape(link), escape(text))
}

/// Percent-encodes everything that is not an unreserved character.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            _ => {
                escaped.push('%');
                escaped.push(hex(byte >> 4));
                escaped.push(hex(byte & 15));
            }
        }
    }
    escaped
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{Search, call, card, escape, list, mail, share};
    use crate::directory::row::tests::phone;

    #[test]
    fn a_search_survives_in_the_address() {
        let search = Search { text: " иванов & co ".into(), department: Some("IT/ИТ".into()) };
        assert_eq!(
            list(&search),
            "/employees?q=%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2%20%26%20co&department=IT%2F%D0%98%D0%A2"
        );
        assert_eq!(card(7.into(), &Search::default()), "/employees/7");
    }

    #[test]
    fn spaces_search_for_nothing() {
        assert!(Search { text: "  ".into(), department: None }.is_empty());
        assert_eq!(list(&Search { text: "  ".into(), department: None }), "/employees");
    }

    #[test]
    fn an_extension_is_dialled_after_a_pause() {
        let with_ext = phone(Some("+74957802000"), Some("1234"), "+7 (495) 780-20-00");
        assert_eq!(call(&with_ext).as_deref(), Some("tel:+74957802000,1234"));
        assert_eq!(call(&phone(None, Some("1234"), "1234")), None);
    }

    #[test]
    fn letters_of_an_address_cannot_add_headers() {
        assert_eq!(mail("a+b?cc=x@y.example"), "mailto:a%2Bb%3Fcc%3Dx@y.example");
    }

    #[test]
    fn a_shared_link_is_escaped_as_a_whole() {
        let link = "https://t.me/vakhta_bot/app?startapp=employee-7";
        assert!(share(link, "Иванов").starts_with("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fvakhta_bot"));
    }

    #[test]
    fn every_byte_that_means_something_is_escaped() {
        assert_eq!(escape("a b%/?#&=+"), "a%20b%25%2F%3F%23%26%3D%2B");
    }
}

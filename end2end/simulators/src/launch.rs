//! Launch data of Mini Apps (`initData`), signed as Telegram signs it.
//!
//! Fields can be changed, doubled or taken away before or after signing, so that tests can build every
//! kind of wrong data. Checking it is the product's business and not done here.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use sha2::Sha256;

/// Everything but what `encodeURIComponent` leaves alone.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// A Telegram user as far as launch data and the Bot API show him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Telegram user id, at most 52 bits.
    pub id: i64,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// `@username` without the sign.
    pub username: Option<String>,
    /// IETF tag of the language his client is set to.
    pub language_code: Option<String>,
    /// Has Telegram Premium.
    pub is_premium: bool,
}

impl Person {
    /// Somebody with a first name and a Russian client.
    #[must_use]
    pub fn new(id: i64, first_name: impl Into<String>) -> Self {
        Self {
            id,
            first_name: first_name.into(),
            last_name: None,
            username: None,
            language_code: Some("ru".to_owned()),
            is_premium: false,
        }
    }

    /// The same person with his client set to another language.
    #[must_use]
    pub fn with_language(mut self, tag: &str) -> Self {
        self.language_code = Some(tag.to_owned());
        self
    }

    /// The JSON of the field `user`, byte for byte in Telegram's manner: this order of the keys, slashes
    /// escaped, other letters as they are.
    #[must_use]
    pub fn launch_json(&self) -> String {
        #[derive(Serialize)]
        struct User<'a> {
            id: i64,
            first_name: &'a str,
            last_name: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            username: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            language_code: Option<&'a str>,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            is_premium: bool,
            allows_write_to_pm: bool,
            photo_url: String,
        }
        let user = User {
            id: self.id,
            first_name: &self.first_name,
            last_name: self.last_name.as_deref().unwrap_or_default(),
            username: self.username.as_deref(),
            language_code: self.language_code.as_deref(),
            is_premium: self.is_premium,
            allows_write_to_pm: true,
            photo_url: format!("https://t.me/i/userpic/320/{}.svg", URL_SAFE_NO_PAD.encode(self.id.to_be_bytes())),
        };
        // Slashes can only stand inside strings, so replacing them everywhere is safe.
        serde_json::to_string(&user).unwrap_or_default().replace('/', "\\/")
    }
}

/// Launch data before it is signed: fields in the order they are sent.
#[derive(Clone, Debug)]
pub struct Launch {
    fields: Vec<(String, String)>,
}

impl Launch {
    /// Without any field.
    #[must_use]
    pub fn empty() -> Self {
        Self { fields: Vec::new() }
    }

    /// From a `web_app` button or the menu button of the private chat, at `auth_date` (Unix seconds).
    #[must_use]
    pub fn from_button(person: &Person, auth_date: i64) -> Self {
        let query: [u8; 18] = rand::random();
        Self::empty()
            .with("query_id", format!("AAH{}", &URL_SAFE_NO_PAD.encode(query)[..21]))
            .with("user", person.launch_json())
            .stamped(auth_date)
    }

    /// From a direct link `https://t.me/<bot>/<app>?startapp=…` in a chat, at `auth_date` (Unix seconds).
    #[must_use]
    pub fn from_link(
        person: &Person,
        auth_date: i64,
        chat_type: &str,
        chat_instance: &str,
        start_param: Option<&str>,
    ) -> Self {
        let launch = Self::empty()
            .with("user", person.launch_json())
            .with("chat_instance", chat_instance)
            .with("chat_type", chat_type);
        match start_param {
            Some(payload) => launch.with("start_param", payload),
            None => launch,
        }
        .stamped(auth_date)
    }

    /// `signature` is meant for others than the bot, who have Telegram's public key; for the bot these are
    /// 64 bytes that take part in the hash.
    fn stamped(self, auth_date: i64) -> Self {
        let halves: [[u8; 32]; 2] = [rand::random(), rand::random()];
        self.with("auth_date", auth_date.to_string()).with("signature", URL_SAFE_NO_PAD.encode(halves.concat()))
    }

    /// Sets a field: replaces its value in place or appends it.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        match self.fields.iter_mut().find(|(name, _)| name == key) {
            Some(field) => field.1 = value.into(),
            None => self.fields.push((key.to_owned(), value.into())),
        }
        self
    }

    /// Appends a field even if there is one of this name.
    #[must_use]
    pub fn with_another(mut self, key: &str, value: impl Into<String>) -> Self {
        self.fields.push((key.to_owned(), value.into()));
        self
    }

    /// Takes a field away.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.fields.retain(|(name, _)| name != key);
        self
    }

    /// The hash over these fields for the bot with this token, lower-case hex.
    #[must_use]
    pub fn hash(&self, bot_token: &str) -> String {
        let mut lines: Vec<_> = self.fields.iter().filter(|(key, _)| key != "hash").collect();
        lines.sort();
        let lines: Vec<_> = lines.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        hex(&hmac_sha256(&hmac_sha256(b"WebAppData", bot_token.as_bytes()), lines.join("\n").as_bytes()))
    }

    /// The raw `initData` without a hash: the query string of the fields.
    #[must_use]
    pub fn unsigned(&self) -> String {
        let pairs: Vec<_> = self.fields.iter().map(|(key, value)| format!("{key}={}", component(value))).collect();
        pairs.join("&")
    }

    /// The raw `initData`, signed for the bot with this token.
    #[must_use]
    pub fn sign(&self, bot_token: &str) -> String {
        format!("{}&hash={}", self.unsigned(), self.hash(bot_token))
    }
}

/// Percent-encoding of `encodeURIComponent`.
#[must_use]
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("a key of any length fits"));
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Launch, Person};

    /// Issued by Telegram, published in the test suite of tma.js; the bot behind the token is long gone.
    const TOKEN: &str = "7342037359:AAFZehRPBRs8Seg40oDjTMIW8uTGPuW1zfQ";
    const USER: &str = r#"{"id":279058397,"first_name":"Vladislav + - ? \/","last_name":"Kibenko","username":"vdkfrost","language_code":"ru","is_premium":true,"allows_write_to_pm":true,"photo_url":"https:\/\/t.me\/i\/userpic\/320\/4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg"}"#;
    const SIGNED: &str = "user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6";

    #[test]
    fn the_published_launch_data_comes_out_byte_for_byte() {
        let launch = Launch::empty()
            .with("user", USER)
            .with("chat_instance", "8134722200314281151")
            .with("chat_type", "private")
            .with("auth_date", "1733584787")
            .with(
                "signature",
                "zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ",
            );
        assert_eq!(launch.sign(TOKEN), SIGNED);
    }

    #[test]
    fn a_user_is_written_as_telegram_writes_him() {
        let mut person = Person::new(42, "А/Б \"В\"");
        person.last_name = Some("Г".to_owned());
        assert_eq!(
            person.launch_json(),
            r#"{"id":42,"first_name":"А\/Б \"В\"","last_name":"Г","language_code":"ru","allows_write_to_pm":true,"photo_url":"https:\/\/t.me\/i\/userpic\/320\/AAAAAAAAACo.svg"}"#
        );
    }

    #[test]
    fn each_launch_differs_and_names_its_entrance() {
        let person = Person::new(7, "Ева");
        let (first, second) =
            (Launch::from_button(&person, 100).sign("1:a"), Launch::from_button(&person, 100).sign("1:a"));
        assert_ne!(first, second);
        assert!(first.starts_with("query_id=AAH"));
        let link = Launch::from_link(&person, 100, "supergroup", "-5", Some("employee-7")).sign("1:a");
        assert!(!link.contains("query_id") && link.contains("&start_param=employee-7&auth_date=100&signature="));
    }
}

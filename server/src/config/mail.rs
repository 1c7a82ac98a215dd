//! Our own way to mail, for replies where OTRS mails nothing itself.

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[Variable::secret("SMTP_URL"), Variable::secret("MAIL_FROM")];

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    None,
    /// By STARTTLS where the server offers it.
    Offered,
    /// By STARTTLS, or not at all.
    Required,
    /// From its beginning.
    Wrapped,
}

/// The mail server, and as whom we mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Login and password, where it wants them.
    pub login: Option<(String, SecretString)>,
    /// `MAIL_FROM`: an address, with or without a name.
    pub from: Mailbox,
}

impl Mail {
    pub(super) fn read(vars: &Vars) -> Result<Option<Self>, ConfigError> {
        let from = vars.secret("MAIL_FROM")?;
        let Some(url) = vars.secret("SMTP_URL")? else { return Ok(None) };
        let wrong = |problem: &str| ConfigError::new("SMTP_URL", problem);
        let url = Url::parse(url.expose_secret()).map_err(|_| wrong("must be smtp://… or smtps://…"))?;
        let from = from.ok_or_else(|| ConfigError::new("MAIL_FROM", "must be set together with SMTP_URL"))?;
        let from = from.expose_secret().parse().map_err(|_| {
            ConfigError::new("MAIL_FROM", "must be an address, such as `Support <support@example.com>`")
        })?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("must name a host"))?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let login = (!url.username().is_empty())
            .then(|| (decoded(url.username()), decoded(url.password().unwrap_or_default()).into()));
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => (Security::Wrapped, 465),
            // A password is not shown to whoever listens.
            ("smtp", None) if login.is_some() => (Security::Required, 587),
            ("smtp", None | Some("opportunistic")) => (Security::Offered, 587),
            ("smtp", Some("required")) => (Security::Required, 587),
            ("smtp", Some("none")) => (Security::None, 587),
            ("smtp", Some(_)) => return Err(wrong("has another `tls` than required, opportunistic or none")),
            _ => return Err(wrong("must be smtp://… or smtps://…")),
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        Ok(Some(Self { host, port: url.port().unwrap_or(port), security, login, from }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, from: &str) -> Result<Option<Mail>, ConfigError> {
        Mail::read(&[("SMTP_URL", url), ("MAIL_FROM", from)].into_iter().collect())
    }

    #[test]
    fn the_address_says_host_port_login_and_protection() {
        for (url, host, port, security) in [
            ("smtps://mail.example.com", "mail.example.com", 465, Security::Wrapped),
            ("smtp://mail.example.com", "mail.example.com", 587, Security::Offered),
            ("smtp://u:p@mail.example.com:25", "mail.example.com", 25, Security::Required),
            ("smtp://u:p@[::1]:25?tls=none", "::1", 25, Security::None),
            ("smtp://10.0.0.1?tls=required", "10.0.0.1", 587, Security::Required),
        ] {
            let mail = read(url, "Поддержка <help@example.com>").expect("legal").expect("there");
            assert_eq!((mail.host.as_str(), mail.port, mail.security), (host, port, security), "{url}");
        }
        let mail = read("smtps://an%40na:p%2Fw@h", "help@example.com").expect("legal").expect("there");
        let (login, password) = mail.login.clone().expect("a login");
        assert_eq!((login.as_str(), password.expose_secret()), ("an@na", "p/w"));
        assert!(!format!("{mail:?}").contains("p/w"));
    }

    #[test]
    fn what_cannot_be_used_names_its_variable() {
        assert!(read("", "help@example.com").expect("legal").is_none());
        for (url, from, variable) in [
            ("http://h", "a@example.com", "SMTP_URL"),
            ("mail.example.com:25", "a@example.com", "SMTP_URL"),
            ("smtp://h?tls=maybe", "a@example.com", "SMTP_URL"),
            ("smtp://h", "", "MAIL_FROM"),
            ("smtp://h", "a@example.com\r\nBcc: b@example.com", "MAIL_FROM"),
        ] {
            assert_eq!(read(url, from).expect_err(url).variable, variable, "{url} {from}");
        }
    }
}

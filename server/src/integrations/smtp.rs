//! The mail server, one mail at a time.
//!
//! Handing a mail over has two halves: until its text is sent nothing can have happened, afterwards only the server's answer
//! tells. The caller stands in between, so that he can write down where he is. Headers are lettre's own types: a line feed in a
//! name, a subject or an address begins no header.

use std::time::Duration;

use lettre::{
    Address, Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use secrecy::ExposeSecret;
use time::OffsetDateTime;
use tokio::time::timeout;

use crate::config::mail::{self, Security};

/// How long the first half may take.
const BEGIN: Duration = Duration::from_secs(30);
/// How long the server may think about a text; RFC 5321 asks for ten minutes, nobody here waits for so long.
const HAND_OVER: Duration = Duration::from_secs(120);
/// Characters of the server's words that are kept.
const SHOWN: usize = 200;

/// Why a mail was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server is away or wants it later: nothing was sent.
    #[error("the mail server is away: {0}")]
    Away(String),
    /// The same again helps nothing: nothing was sent.
    #[error("the mail server refuses: {0}")]
    Refused(String),
    /// The connection broke after the text: it may have been sent.
    #[error("it is not known whether the mail was sent: {0}")]
    Unclear(String),
}

/// A file of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A mail as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The only address.
    pub to: String,
    /// The name beside our address, where the configuration gives none.
    pub sender: String,
    /// In one line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// What it is called, without a host.
    pub id: String,
    /// The mail it answers.
    pub answers: Option<String>,
    /// Its files.
    pub files: Vec<File>,
    /// When.
    pub at: OffsetDateTime,
}

/// The mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    config: mail::Mail,
    hello: ClientId,
}

/// A mail whose text is the next to be sent.
pub struct Begun {
    connection: AsyncSmtpConnection,
    text: Vec<u8>,
}

impl Smtp {
    /// With this configuration; `host` is how we call ourselves.
    #[must_use]
    pub fn new(config: mail::Mail, host: Option<&str>) -> Self {
        let hello = host.map_or_else(ClientId::default, |host| match host.parse() {
            Ok(std::net::IpAddr::V4(ip)) => ClientId::Ipv4(ip),
            Ok(std::net::IpAddr::V6(ip)) => ClientId::Ipv6(ip),
            Err(_) => ClientId::Domain(host.to_owned()),
        });
        Self { config, hello }
    }

    /// As whom we mail.
    #[must_use]
    pub fn from(&self) -> String {
        self.config.from.to_string()
    }

    /// Says to the server from whom to whom, up to where the text follows.
    ///
    /// # Errors
    /// [`Failure::Away`] or [`Failure::Refused`]: nothing was sent.
    pub async fn begin(&self, letter: &Letter) -> Result<Begun, Failure> {
        let (to, message) = self.compose(letter).map_err(|error| Failure::Refused(shown(&*error)))?;
        match timeout(BEGIN, self.open(&to)).await {
            Ok(Ok(connection)) => Ok(Begun { connection, text: message.formatted() }),
            Ok(Err(error)) if error.is_permanent() || error.is_client() => Err(Failure::Refused(shown(&error))),
            Ok(Err(error)) => Err(Failure::Away(shown(&error))),
            Err(_) => Err(Failure::Away("no answer in time".to_owned())),
        }
    }

    fn compose(&self, letter: &Letter) -> Result<(Address, Message), Box<dyn std::error::Error + Send + Sync>> {
        let to: Address = letter.to.parse()?;
        let from = &self.config.from;
        let name = from.name.clone().or_else(|| Some(one_line(&letter.sender)).filter(|name| !name.is_empty()));
        let id = format!("<{}@{}>", letter.id, from.email.domain());
        let mut builder = Message::builder()
            .from(Mailbox::new(name, from.email.clone()))
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&letter.subject))
            .message_id(Some(id))
            .date(letter.at.into());
        if let Some(answers) = letter.answers.as_deref().filter(|id| is_message_id(id)) {
            builder = builder.in_reply_to(answers.to_owned()).references(answers.to_owned());
        }
        let text = SinglePart::plain(letter.body.clone());
        let message = if letter.files.is_empty() {
            builder.singlepart(text)?
        } else {
            let parts = letter.files.iter().fold(MultiPart::mixed().singlepart(text), |parts, file| {
                let kind = ContentType::parse(&file.kind).unwrap_or_else(|_| octets());
                parts.singlepart(Attachment::new(one_line(&file.name)).body(file.content.clone(), kind))
            });
            builder.multipart(parts)?
        };
        Ok((to, message))
    }

    async fn open(&self, to: &Address) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let mail::Mail { host, port, security, login, from } = &self.config;
        let tls = || TlsParameters::new_rustls(host.clone());
        let wrapped = if *security == Security::Wrapped { Some(tls()?) } else { None };
        let server = (host.as_str(), *port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(BEGIN), &self.hello, wrapped, None).await?;
        if *security == Security::Required || (*security == Security::Offered && connection.can_starttls()) {
            connection.starttls(tls()?, &self.hello).await?;
        }
        if let Some((login, password)) = login {
            let credentials = Credentials::new(login.clone(), password.expose_secret().to_owned());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
        }
        let unicode = (!AsRef::<str>::as_ref(to).is_ascii()
            && connection.server_info().supports_feature(Extension::SmtpUtfEight))
        .then_some(MailParameter::SmtpUtfEight);
        connection.command(Mail::new(Some(from.email.clone()), unicode.into_iter().collect())).await?;
        connection.command(Rcpt::new(to.clone(), Vec::new())).await?;
        connection.command(Data).await?;
        Ok(connection)
    }
}

impl Begun {
    /// Hands the text over.
    ///
    /// # Errors
    /// [`Failure::Unclear`] when no answer says what became of it.
    pub async fn hand_over(mut self) -> Result<(), Failure> {
        match timeout(HAND_OVER, self.connection.message(&self.text)).await {
            Ok(Ok(_)) => {
                // It is sent; what becomes of the good-bye does not matter.
                let _ = timeout(Duration::from_secs(1), self.connection.quit()).await;
                Ok(())
            }
            Ok(Err(error)) if error.is_permanent() => Err(Failure::Refused(shown(&error))),
            Ok(Err(error)) if error.is_transient() => Err(Failure::Away(shown(&error))),
            Ok(Err(error)) => Err(Failure::Unclear(shown(&error))),
            Err(_) => Err(Failure::Unclear("no answer in time".to_owned())),
        }
    }
}

fn octets() -> ContentType {
    ContentType::parse("application/octet-stream").unwrap_or(ContentType::TEXT_PLAIN)
}

/// What stands in a header as it came from somebody else's mail.
fn is_message_id(id: &str) -> bool {
    id.len() <= 250
        && id.starts_with('<')
        && id.ends_with('>')
        && id.contains('@')
        && id.bytes().all(|byte| byte.is_ascii_graphic())
}

fn shown(error: &dyn std::error::Error) -> String {
    let words = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect()
}

/// Without what would end a header, for not everything is encoded there.
fn one_line(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn smtp() -> Smtp {
        let vars =
            [("SMTP_URL", "smtp://127.0.0.1:9"), ("MAIL_FROM", "help@example.com"), ("LISTEN_ADDR", "127.0.0.1:0")];
        let config = crate::config::Config::read(&vars.into_iter().collect()).expect("legal");
        Smtp::new(config.mail.expect("there"), Some("vakhta.example.com"))
    }

    fn letter() -> Letter {
        Letter {
            to: "olga@example.com".into(),
            sender: "Поддержка".into(),
            subject: "[Ticket#42] Re: Принтер".into(),
            body: "Готово".into(),
            id: "vakhta.7".into(),
            answers: Some("<a@example.com>".into()),
            files: Vec::new(),
            at: datetime!(2026-11-20 9:00 UTC),
        }
    }

    #[test]
    fn nothing_begins_a_header_of_its_own() {
        let evil = "a\r\nBcc: evil@example.com\r\n\r\nbody";
        let wicked = Letter {
            sender: evil.into(),
            subject: evil.into(),
            answers: Some(format!("<x@y>{evil}")),
            files: vec![File { name: evil.into(), kind: evil.into(), content: b"x".to_vec() }],
            ..letter()
        };
        let (_, message) = smtp().compose(&wicked).expect("composed");
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        for line in text.lines() {
            assert!(!line.to_lowercase().starts_with("bcc:"), "{text}");
        }
        assert!(!text.contains("In-Reply-To"), "{text}");
        for to in [evil, "olga@example.com, evil@example.com", "<olga@example.com>", "olga", ""] {
            assert!(smtp().compose(&Letter { to: to.into(), ..letter() }).is_err(), "{to}");
        }
    }

    #[test]
    fn it_says_what_it_answers() {
        let (to, message) = smtp().compose(&letter()).expect("composed");
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        assert_eq!(to.to_string(), "olga@example.com");
        for line in
            ["Message-ID: <vakhta.7@example.com>", "In-Reply-To: <a@example.com>", "References: <a@example.com>"]
        {
            assert!(text.contains(line), "{text}");
        }
    }
}

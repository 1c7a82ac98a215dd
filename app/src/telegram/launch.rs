//! What Telegram hands over in the fragment of the address when it opens the app (pure).

use serde::{Deserialize, Serialize};

use super::{theme::ThemeParams, version::Version};
use crate::model::ids::{EmployeeId, IncidentId, ServerId, TicketId};

/// The launch parameters. `Debug` is left out on purpose: the launch data are a secret.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// `initData`, byte for byte as Telegram signed it; empty outside Telegram.
    pub init_data: String,
    /// `tgWebAppVersion`.
    pub version: String,
    /// `android`, `ios`, `tdesktop`, `weba` …
    pub platform: String,
    /// `tgWebAppThemeParams`, a JSON object.
    pub theme: String,
}

impl Launch {
    /// Reads the fragment, with or without its `#`. Nothing if it does not come from Telegram.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Self> {
        let mut launch = Self::default();
        let mut from_telegram = false;
        for (key, value) in pairs(fragment.strip_prefix('#').unwrap_or(fragment)) {
            let field = match key.as_str() {
                "tgWebAppData" => &mut launch.init_data,
                "tgWebAppVersion" => &mut launch.version,
                "tgWebAppPlatform" => &mut launch.platform,
                "tgWebAppThemeParams" => &mut launch.theme,
                _ => continue,
            };
            from_telegram = true;
            *field = value;
        }
        from_telegram.then_some(launch)
    }

    /// The version of the interface that the client speaks.
    #[must_use]
    pub fn version(&self) -> Version {
        Version::parse(&self.version)
    }

    /// The colours of the user's theme, as far as they can be read.
    #[must_use]
    pub fn theme(&self) -> ThemeParams {
        ThemeParams::parse(&self.theme)
    }

    /// Who Telegram says is looking. Not verified here: only good for noticing that it is somebody else
    /// than the session's user.
    #[must_use]
    pub fn user_id(&self) -> Option<i64> {
        #[derive(Deserialize)]
        struct WebAppUser {
            id: i64,
        }
        let user = self.field("user")?;
        serde_json::from_str::<WebAppUser>(&user).ok().map(|user| user.id)
    }

    /// What the link that opened the app asks for.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.field("start_param").filter(|param| !param.is_empty()).map(|param| Target::parse(&param))
    }

    fn field(&self, name: &str) -> Option<String> {
        pairs(&self.init_data).find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// Where a deep link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `employee-<id>`.
    Employee(EmployeeId),
    /// `server-<id>`.
    Server(ServerId),
    /// `incident-<id>`.
    Incident(IncidentId),
    /// `ticket-<id>`.
    Ticket(TicketId),
    /// `alerts`.
    Alerts,
    /// Nothing that is known here.
    Unknown,
}

impl Target {
    /// Reads the payload of a deep link.
    #[must_use]
    pub fn parse(payload: &str) -> Self {
        let (kind, id) = payload.split_once('-').unwrap_or((payload, ""));
        let id: Option<i64> =
            Some(id).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).and_then(|id| id.parse().ok());
        match (kind, id) {
            ("employee", Some(id)) => Self::Employee(id.into()),
            ("server", Some(id)) => Self::Server(id.into()),
            ("incident", Some(id)) => Self::Incident(id.into()),
            ("ticket", Some(id)) => Self::Ticket(id.into()),
            _ if payload == "alerts" => Self::Alerts,
            _ => Self::Unknown,
        }
    }
}

/// `key=value` pairs, decoded once.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        Some((decode(key), decode(value)))
    })
}

/// Form decoding: `+` is a space, `%XX` a byte. What is not UTF-8 becomes a replacement character.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        high * 16 + low
                    }
                    _ => b'%',
                }
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{Launch, Target};
    use crate::{model::ids::EmployeeId, telegram::version::Version};

    const FRAGMENT: &str = "#tgWebAppData=query_id%3DAA%26user%3D%257B%2522id%2522%253A700100%252C%2522first_name%2522%253A%2522%25D0%2590%2526%2522%257D%26start_param%3Demployee-42%26hash%3Dff&tgWebAppVersion=9.1&tgWebAppPlatform=ios&tgWebAppThemeParams=%7B%22bg_color%22%3A%22%23ffffff%22%7D";

    #[test]
    fn launch_data_are_decoded_exactly_once() {
        let launch = Launch::parse(FRAGMENT).expect("from Telegram");
        assert!(launch.init_data.starts_with("query_id=AA&user=%7B%22id%22%3A700100%2C"));
        assert_eq!(launch.platform, "ios");
        assert_eq!(launch.version(), Version::new(9, 1));
        assert_eq!(launch.user_id(), Some(700_100));
        assert_eq!(launch.theme, r##"{"bg_color":"#ffffff"}"##);
        assert_eq!(launch.target(), Some(Target::Employee(EmployeeId::from(42))));
    }

    #[test]
    fn other_fragments_are_none_of_telegrams() {
        assert!(Launch::parse("").is_none());
        assert!(Launch::parse("#section-2").is_none());
        assert!(Launch::parse("#a=b&c").is_none());
    }

    #[test]
    fn broken_escapes_stand_as_they_are() {
        let launch = Launch::parse("#tgWebAppPlatform=a%2&tgWebAppVersion=%zz").expect("from Telegram");
        assert_eq!((launch.platform.as_str(), launch.version.as_str()), ("a%2", "%zz"));
    }

    #[test]
    fn unknown_payloads_lead_nowhere() {
        for payload in [
            "employee-",
            "employee--7",
            "employee-7x",
            "ticket-x",
            "alerts-1",
            "server",
            "employee-99999999999999999999",
        ] {
            assert_eq!(Target::parse(payload), Target::Unknown, "{payload}");
        }
        assert_eq!(Target::parse("employee-7"), Target::Employee(EmployeeId::from(7)));
        assert_eq!(Target::parse("server-7"), Target::Server(7.into()));
        assert_eq!(Target::parse("incident-7"), Target::Incident(7.into()));
        assert_eq!(Target::parse("ticket-7"), Target::Ticket(7.into()));
        assert_eq!(Target::parse("alerts"), Target::Alerts);
    }
}

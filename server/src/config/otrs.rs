//! The ticket system: any of the OTRS family, reached by the REST web service of its `GenericInterface`.

use std::fmt;

use secrecy::SecretString;
use url::Url;

use super::{ConfigError, Variable, Vars, time_zone::TimeZone};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[
    Variable::plain("OTRS_URL"),
    Variable::plain("OTRS_USER"),
    Variable::secret("OTRS_PASSWORD"),
    Variable::plain("OTRS_TIME_ZONE"),
    Variable::plain("OTRS_WEB_URL"),
    Variable::plain("OTRS_ROUTES"),
];

/// How a ticket system is reached, and as whom.
#[derive(Clone, Debug)]
pub struct Otrs {
    /// `OTRS_URL`: the web service up to and including its name, without a slash at its end.
    pub url: Url,
    /// `OTRS_USER`: login of the service agent.
    pub user: String,
    /// `OTRS_PASSWORD`.
    pub password: SecretString,
    /// `OTRS_TIME_ZONE`: the zone of the OTRS host, which its times do not name; `UTC` unless given.
    pub time_zone: TimeZone,
    /// `OTRS_WEB_URL`: the agent's interface, for links that open a ticket there.
    pub web_url: Option<Url>,
    /// `OTRS_ROUTES`: where the operations are.
    pub routes: Routes,
}

impl Otrs {
    pub(super) fn read(vars: &Vars) -> Result<Option<Self>, ConfigError> {
        let Some(url) = vars.text("OTRS_URL") else { return Ok(None) };
        let needed = |name: &str| ConfigError::new(name, "is not set, and OTRS_URL is: tickets need a service agent");
        let time_zone = match vars.parse("OTRS_TIME_ZONE", "a zone such as Europe/Moscow")? {
            Some(zone) => zone,
            None => "UTC".parse().map_err(|_| ConfigError::new("OTRS_TIME_ZONE", "has no default here"))?,
        };
        Ok(Some(Self {
            url: address("OTRS_URL", url)?,
            user: vars.text("OTRS_USER").ok_or_else(|| needed("OTRS_USER"))?.to_owned(),
            password: vars.secret("OTRS_PASSWORD")?.ok_or_else(|| needed("OTRS_PASSWORD"))?,
            time_zone,
            web_url: vars.text("OTRS_WEB_URL").map(|text| address("OTRS_WEB_URL", text)).transpose()?,
            routes: Routes::default().with(vars.text("OTRS_ROUTES").unwrap_or_default())?,
        }))
    }
}

/// An `http` or `https` address that may have a path; a password in it would end in logs.
fn address(name: &str, text: &str) -> Result<Url, ConfigError> {
    let wrong = || {
        let example = "https://otrs.example.com/otrs/nph-genericinterface.pl/Webservice/Vakhta";
        ConfigError::new(name, format!("must be an address such as {example}, without query or password"))
    };
    let url = Url::parse(text.trim_end_matches('/')).map_err(|_| wrong())?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && is_plain
        && url.query().is_none()
        && url.fragment().is_none()
    {
        Ok(url)
    } else {
        Err(wrong())
    }
}

/// What a web service can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Sign an agent in.
    SessionCreate,
    /// Make a ticket.
    TicketCreate,
    /// Change a ticket.
    TicketUpdate,
    /// Read tickets.
    TicketGet,
    /// Find tickets.
    TicketSearch,
    /// What happened to tickets.
    TicketHistoryGet,
}

/// All of them, in their order, with method and path of the sample configuration that OTRS ships.
const USUAL: [(Operation, &str, &str); 6] = [
    (Operation::SessionCreate, "POST", "/Session"),
    (Operation::TicketCreate, "POST", "/Ticket"),
    (Operation::TicketUpdate, "PATCH", "/Ticket/:TicketID"),
    (Operation::TicketGet, "GET", "/Ticket/:TicketID"),
    (Operation::TicketSearch, "GET", "/Ticket"),
    (Operation::TicketHistoryGet, "GET", "/TicketHistory/:TicketID"),
];

impl Operation {
    /// Its name in OTRS, which begins its error codes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SessionCreate => "SessionCreate",
            Self::TicketCreate => "TicketCreate",
            Self::TicketUpdate => "TicketUpdate",
            Self::TicketGet => "TicketGet",
            Self::TicketSearch => "TicketSearch",
            Self::TicketHistoryGet => "TicketHistoryGet",
        }
    }

    /// Whether asking the same again could do something twice.
    #[must_use]
    pub const fn changes(self) -> bool {
        matches!(self, Self::TicketCreate | Self::TicketUpdate)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where an operation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, `PUT` or `PATCH`.
    pub method: &'static str,
    /// Below the address of the web service; `:TicketID` stands for the number.
    pub path: String,
}

/// Where each operation is, in the order of [`Operation`]. Routes are data of a web service, not of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes([Route; 6]);

impl Default for Routes {
    fn default() -> Self {
        Self(USUAL.map(|(_, method, path)| Route { method, path: path.to_owned() }))
    }
}

impl Routes {
    /// Where this operation is.
    #[must_use]
    pub const fn of(&self, operation: Operation) -> &Route {
        &self.0[operation as usize]
    }

    /// The same with some of them elsewhere, such as `TicketSearch=POST /TicketSearch`; several are
    /// separated by commas.
    ///
    /// # Errors
    /// When an item is not of this form.
    pub fn with(mut self, list: &str) -> Result<Self, ConfigError> {
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let wrong = || {
                let form = "<operation>=<GET|POST|PUT|PATCH> /<path>";
                let problem = format!("must be a comma list of {form}, but `{item}` is not one");
                ConfigError::new("OTRS_ROUTES", problem)
            };
            let (name, route) = item.split_once('=').ok_or_else(wrong)?;
            let (method, path) = route.trim().split_once(' ').ok_or_else(wrong)?;
            let method = ["GET", "POST", "PUT", "PATCH"].into_iter().find(|known| *known == method);
            let method = method.ok_or_else(wrong)?;
            let path = path.trim();
            if !path.starts_with('/') || path.contains(['?', '#', ' ']) {
                return Err(wrong());
            }
            let operation = USUAL.iter().map(|(operation, ..)| *operation).find(|known| known.name() == name.trim());
            let operation = operation.ok_or_else(wrong)?;
            // A GET has no body: passwords would stand in addresses, and changes have more than one can hold.
            let needs_body = operation.changes() || operation == Operation::SessionCreate;
            // The number of a ticket to change is taken from the path alone.
            let needs_place = operation == Operation::TicketUpdate && !path.contains(":TicketID");
            if needs_place || (needs_body && method == "GET") {
                return Err(wrong());
            }
            self.0[operation as usize] = Route { method, path: path.to_owned() };
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(extra: &[(&str, &str)]) -> Result<Option<Otrs>, ConfigError> {
        let usual = [
            ("OTRS_URL", "https://otrs.example.com/otrs/nph-genericinterface.pl/Webservice/Vakhta/"),
            ("OTRS_USER", "svc-api"),
            ("OTRS_PASSWORD", "secret"),
        ];
        Otrs::read(&usual.into_iter().chain(extra.iter().copied()).collect())
    }

    #[test]
    fn without_an_address_there_is_no_ticket_system() {
        assert!(Otrs::read(&Vars::default()).expect("it is legal").is_none());
        let vars: Vars = [("OTRS_URL", "http://127.0.0.1/x")].into_iter().collect();
        assert_eq!(Otrs::read(&vars).expect_err("nobody to act as").variable, "OTRS_USER");
    }

    #[test]
    fn an_address_has_no_slash_at_its_end_and_no_password() {
        let otrs = read(&[]).expect("legal").expect("there");
        assert_eq!(otrs.url.path(), "/otrs/nph-genericinterface.pl/Webservice/Vakhta");
        assert!(read(&[("OTRS_WEB_URL", "https://root:pass@otrs.example.com/")]).is_err());
        assert!(!format!("{otrs:?}").contains("secret"));
    }

    #[test]
    fn routes_are_those_of_the_sample_unless_named() {
        let otrs = read(&[("OTRS_ROUTES", "TicketSearch=POST /TicketSearch, TicketUpdate=PUT /Change/:TicketID")]);
        let routes = otrs.expect("legal").expect("there").routes;
        assert_eq!(routes.of(Operation::TicketSearch), &Route { method: "POST", path: "/TicketSearch".into() });
        assert_eq!(routes.of(Operation::TicketUpdate), &Route { method: "PUT", path: "/Change/:TicketID".into() });
        assert_eq!(routes.of(Operation::TicketGet), &Route { method: "GET", path: "/Ticket/:TicketID".into() });
        for wrong in [
            "TicketSearch",
            "TicketSearch=/x",
            "Banana=GET /x",
            "TicketGet=DELETE /x",
            "TicketUpdate=PATCH /Ticket",
            "TicketCreate=GET /Ticket",
            "SessionCreate=GET /Session",
            "TicketGet=GET x",
        ] {
            assert!(read(&[("OTRS_ROUTES", wrong)]).is_err(), "{wrong}");
        }
    }
}

//! Who asks: sessions, or login and password with each question.

use rand::{RngExt as _, distr::Alphanumeric};
use serde_json::{Value, json};

use super::{
    perl::{Params, given},
    reply::{Reply, error},
    world::{World, show},
};

/// Somebody who was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An agent, by number.
    Agent(i64),
    /// A customer user, by login.
    Customer(String),
}

impl Who {
    /// In whose name things are stored: customers have no number there.
    #[must_use]
    pub const fn stored_as(&self) -> i64 {
        match self {
            Self::Agent(id) => *id,
            Self::Customer(_) => 1,
        }
    }
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose.
    pub who: Who,
    /// When it began.
    pub started: i64,
    /// When it was last used.
    pub used: i64,
}

impl World {
    /// Opens a session without asking for a password.
    pub fn open_session(&mut self, who: Who) -> String {
        let text: String = rand::rng().sample_iter(Alphanumeric).take(32).map(char::from).collect();
        self.sessions.insert(text.clone(), Session { who, started: self.now, used: self.now });
        text
    }

    /// Who is meant. A session that is given decides alone (372, 373).
    pub(super) fn who(&mut self, params: &Params) -> Option<Who> {
        if let Some(text) = given(params, "SessionID") {
            let (now, settings) = (self.now, self.settings.clone());
            let session = self.sessions.get_mut(&text)?;
            if now - session.used > settings.session_idle || now - session.started > settings.session_max {
                self.sessions.remove(&text);
                return None;
            }
            session.used = now;
            return Some(session.who.clone());
        }
        let password = given(params, "Password")?;
        if let Some(login) = given(params, "UserLogin") {
            let agent = self.agents.iter().find(|agent| self.same(&agent.login, &login))?;
            return (agent.password.as_ref() == Some(&password)).then_some(Who::Agent(agent.id));
        }
        let customer = self.customer(&given(params, "CustomerUserLogin")?)?;
        (customer.password == password).then(|| Who::Customer(customer.login.clone()))
    }

    pub(super) fn session_create(&mut self, params: &Params) -> Result<Value, Reply> {
        let failed = |kind, message| Err(error("SessionCreate", kind, &format!("SessionCreate: {message}")));
        if given(params, "Password").is_none() {
            return failed("MissingParameter", "Password parameter is missing!");
        }
        let mut params = params.clone();
        params.remove("SessionID");
        match self.who(&params) {
            Some(who) => Ok(json!({"SessionID": self.open_session(who)})),
            None => failed("AuthFail", "Authorization failing!"),
        }
    }

    pub(super) fn session_get(&mut self, params: &Params) -> Result<Value, Reply> {
        let invalid = || error("SessionGet", "SessionInvalid", "SessionGet: SessionID is Invalid!");
        self.who(params).ok_or_else(invalid)?;
        let session = given(params, "SessionID").and_then(|text| self.sessions.get(&text)).ok_or_else(invalid)?;
        // What a customer's session holds is nothing to hand out.
        let Who::Agent(id) = session.who else { return Err(invalid()) };
        let agent = self.agent(id).ok_or_else(invalid)?;
        let started = show(self.local(session.started));
        let data = [
            ("AdminCommunicationLogPageShown", json!("25")),
            ("AdminDynamicFieldsOverviewPageShown", json!("250")),
            ("ChangeTime", json!("2026-11-20 02:26:46")),
            ("CreateTime", json!("2026-11-20 02:26:46")),
            ("SessionSource", json!("GenericInterface")),
            ("UserAuthBackend", json!("")),
            ("UserCreateNextMask", json!("")),
            ("UserEmail", json!(agent.email)),
            ("UserFirstname", json!(agent.name.0)),
            ("UserFullname", json!(agent.full_name())),
            ("UserID", json!(id.to_string())),
            ("UserLanguage", json!("en")),
            ("UserLastLogin", json!(session.started.to_string())),
            ("UserLastLoginTimestamp", json!(started)),
            ("UserLastRequest", json!(session.used.to_string())),
            ("UserLastname", json!(agent.name.1)),
            ("UserLogin", json!(agent.login)),
            ("UserLoginFailed", json!("0")),
            ("UserMarkTicketSeenRedirectURL", json!("")),
            ("UserMarkTicketUnseenRedirectURL", json!("")),
            ("UserRefreshTime", json!("0")),
            ("UserRemoteAddr", json!("127.0.0.1")),
            ("UserRemoteUserAgent", json!("none")),
            ("UserSessionStart", json!(session.started.to_string())),
            ("UserTicketOverviewMediumPageShown", json!("20")),
            ("UserTicketOverviewPreviewPageShown", json!("15")),
            ("UserTicketOverviewSmallPageShown", json!("25")),
            ("UserTitle", Value::Null),
            ("UserType", json!("User")),
            ("ValidID", json!("1")),
        ];
        Ok(json!({"SessionData": data.map(|(key, value)| json!({"Key": key, "Value": value}))}))
    }
}

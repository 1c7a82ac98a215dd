//! What is looked at before anything is changed. One wrong value refuses all.

use jiff::civil::DateTime;
use serde_json::Value;

use super::{
    catalog::{FieldKind, PRIORITIES, STATES, number_of},
    perl::{self, Params, filled, given},
    reply::{Changing, Reply},
    world::{Database, World, read, show},
};

/// Titles are cut here without a word (103).
const TITLE: usize = 191;

/// A ticket's values, found in the tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Checked {
    pub title: Option<String>,
    /// Company and login.
    pub customer: Option<(String, String)>,
    pub queue: Option<i64>,
    pub lock: Option<bool>,
    pub type_id: Option<i64>,
    pub service: Option<i64>,
    pub sla: Option<i64>,
    pub state: Option<i64>,
    pub priority: Option<i64>,
    pub owner: Option<i64>,
    pub responsible: Option<i64>,
    /// Absolute, and what the host's clock shows then.
    pub pending: Option<(i64, i64)>,
    /// Whether the ticket may be moved where it is wanted; looked at on the way only.
    pub may_move: bool,
}

/// A value by number or by name: nothing, or found, or wrong.
fn reference(
    params: &Params,
    name: &str,
    by_name: impl Fn(&str) -> Option<i64>,
    known: impl Fn(i64) -> bool,
) -> Option<Option<i64>> {
    if let Some(id) = given(params, &format!("{name}ID")) {
        return Some(id.parse().ok().filter(|id| known(*id)));
    }
    given(params, name).map(|name| by_name(&name))
}

impl World {
    pub(super) fn check_ticket(&self, params: &Params, what: Changing) -> Result<Checked, Reply> {
        let invalid = |name: &str| what.invalid(&format!("Ticket->{name} parameter is invalid!"));
        let either = |name: &str| invalid(&format!("{name}ID or Ticket->{name}"));
        let catalog = &self.catalog;
        let mut checked = Checked {
            title: filled(params, "Title").map(|title| self.stored(&title).chars().take(TITLE).collect()),
            ..Checked::default()
        };
        if what == Changing::Create {
            for name in ["Title", "CustomerUser"] {
                if filled(params, name).is_none() {
                    return Err(what.missing(&format!("Ticket->{name} parameter is missing!")));
                }
            }
        }
        if let Some(user) = given(params, "CustomerUser") {
            checked.customer = Some(self.customer_of(&user).ok_or_else(|| invalid("CustomerUser"))?);
        }
        let look = |name: &str, found: Option<Option<i64>>| -> Result<Option<i64>, Reply> {
            match found {
                Some(None) => Err(either(name)),
                Some(found) => Ok(found),
                None if what == Changing::Create && matches!(name, "Queue" | "State" | "Priority") => {
                    Err(what.missing(&format!("Ticket->{name}ID or Ticket->{name} parameter is required!")))
                }
                None if what == Changing::Create && name == "Type" && self.settings.types => {
                    Err(what.missing("Ticket->TypeID or Ticket->Type parameter is required by sysconfig option!"))
                }
                None => Ok(None),
            }
        };
        let queue = |name: &str| catalog.queues.iter().find(|queue| self.same(&queue.name, name)).map(|queue| queue.id);
        checked.queue = look("Queue", reference(params, "Queue", queue, |id| catalog.queue(id).is_some()))?;
        let lock = |name: &str| number_of(&["unlock", "lock"], |lock| *lock == name);
        checked.lock = look("Lock", reference(params, "Lock", lock, |id| matches!(id, 1 | 2)))?.map(|lock| lock == 2);
        // The first type is always there; the others belong to installations that use types.
        let types = if self.settings.types { &*catalog.types } else { &catalog.types[..1] };
        let type_id = |name: &str| number_of(types, |known| *known == name);
        checked.type_id =
            look("Type", reference(params, "Type", type_id, |id| (1..=types.len() as i64).contains(&id)))?;
        let service = |name: &str| number_of(&catalog.services, |known| *known == name);
        let services = catalog.services.len() as i64;
        checked.service = look("Service", reference(params, "Service", service, |id| (1..=services).contains(&id)))?;
        let sla = |name: &str| {
            let found = number_of(&catalog.slas, |(known, _)| *known == name);
            found.filter(|_| what == Changing::Update || checked.service.is_some())
        };
        checked.sla = look("SLA", reference(params, "SLA", sla, |id| (1..=catalog.slas.len() as i64).contains(&id)))?;
        let state = |name: &str| STATES.iter().find(|state| self.same(state.name, name)).map(|state| state.id);
        checked.state = look("State", reference(params, "State", state, |id| (1..=9).contains(&id)))?;
        let priority = |name: &str| number_of(&PRIORITIES, |known| *known == name);
        checked.priority = look("Priority", reference(params, "Priority", priority, |id| (1..=5).contains(&id)))?;
        let agent = |login: &str| self.agents.iter().find(|agent| self.same(&agent.login, login)).map(|agent| agent.id);
        let is_agent = |id| self.agent(id).is_some();
        checked.owner = look("Owner", reference(params, "Owner", agent, is_agent))?;
        checked.responsible = look("Responsible", reference(params, "Responsible", agent, is_agent))?;
        if let Some(time) = params.get("PendingTime").filter(|time| perl::is_true(time)) {
            checked.pending = Some(self.pending(time).ok_or_else(|| invalid("PendingTime"))?);
        }
        Ok(checked)
    }

    /// Company and login of a customer user; any text shaped like an address is one too (026, 027).
    fn customer_of(&self, user: &str) -> Option<(String, String)> {
        if let Some(customer) = self.customer(user) {
            return Some((customer.company.clone(), customer.login.clone()));
        }
        let (local, host) = user.split_once('@')?;
        let is_example = ["example.com", "example.org", "example.net"].contains(&host);
        let fits = !local.is_empty() && host.contains('.') && !user.contains(char::is_whitespace) && !is_example;
        fits.then(|| (String::new(), user.to_owned()))
    }

    fn pending(&self, time: &Value) -> Option<(i64, i64)> {
        let time = time.as_object()?;
        let part = |name: &str| perl::text(time.get(name)?).parse::<i16>().ok();
        if let Some(minutes) = given(time, "Diff") {
            let at = self.now + minutes.parse::<i64>().ok()? * 60;
            return Some((at, self.local(at)));
        }
        let (year, month, day) = (part("Year")?, part("Month")?, part("Day")?);
        let (hour, minute) = (part("Hour")?, part("Minute")?);
        let [month, day, hour, minute] = [month, day, hour, minute].map(|part| i8::try_from(part).unwrap_or(-1));
        let shown = DateTime::new(year, month, day, hour, minute, 0, 0).ok()?;
        let local = read(&shown.strftime("%Y-%m-%d %H:%M:%S").to_string())?;
        Some((self.absolute(local), local))
    }

    /// What the database makes of a text.
    pub(super) fn stored(&self, text: &str) -> String {
        match self.settings.database {
            Database::PostgreSql => text.split('\0').next().unwrap_or_default().to_owned(),
            Database::MariaDb => text.to_owned(),
        }
    }

    /// Dynamic fields with their values.
    pub(super) fn check_fields(&self, params: &Params, what: Changing) -> Result<Vec<(&'static str, Value)>, Reply> {
        let given = match params.get("DynamicField") {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(items)) => items.clone(),
            Some(one) => vec![one.clone()],
        };
        let check = |field: &Value| {
            let name = field["Name"].as_str().unwrap_or_default();
            if field["Value"].is_null() {
                return Err(what.missing("DynamicField->Value parameter is missing!"));
            }
            let known = self.catalog.fields.iter().find(|known| known.name == name);
            let known = known.ok_or_else(|| what.invalid("DynamicField->Name parameter is invalid!"))?;
            if takes(&known.kind, &field["Value"]) {
                Ok((known.name, field["Value"].clone()))
            } else {
                Err(what.invalid("DynamicField->Value parameter is invalid!"))
            }
        };
        given.iter().map(check).collect()
    }
}

fn takes(kind: &FieldKind, value: &Value) -> bool {
    let text = perl::text(value);
    if text.is_empty() || value.as_array().is_some_and(Vec::is_empty) {
        return true;
    }
    match kind {
        FieldKind::Text => !value.is_array(),
        FieldKind::Checkbox => matches!(&*text, "0" | "1"),
        FieldKind::DateTime => read(&text).map(show).as_deref() == Some(&*text),
        FieldKind::Choice(choices) => choices.contains(&&*text),
        FieldKind::Choices(choices) => match value {
            Value::Array(items) => items.iter().all(|item| choices.contains(&&*perl::text(item))),
            _ => choices.contains(&&*text),
        },
    }
}

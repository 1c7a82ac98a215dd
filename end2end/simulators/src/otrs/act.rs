//! Changes of a ticket, each with what it writes into the history and what it drags along.

use serde_json::Value;

use super::{
    catalog::{self, Catalog},
    people::Agent,
    perl,
    ticket::{Article, Entry, Ticket},
    world::{Settings, show},
};

/// Somebody at work on a ticket.
#[derive(Debug)]
pub struct Act<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) agents: &'a [Agent],
    pub(super) settings: &'a Settings,
    /// The ticket.
    pub ticket: &'a mut Ticket,
    pub(super) by: i64,
    pub(super) now: i64,
    pub(super) local: i64,
}

impl Act<'_> {
    /// Writes into the history.
    pub fn write(&mut self, kind: &'static str, name: impl Into<String>, article: i64) {
        self.ticket.history.push(Entry {
            at: self.local,
            by: self.by,
            kind,
            name: name.into(),
            article,
            queue: self.ticket.queue,
            state: self.ticket.state,
            owner: self.ticket.owner,
            priority: self.ticket.priority,
            type_id: self.ticket.type_id,
        });
        self.ticket.changed = self.local;
        self.ticket.changed_by = self.by;
    }

    fn login(&self, id: i64) -> &str {
        self.agents.iter().find(|agent| agent.id == id).map_or("", |agent| &agent.login)
    }

    fn tell(&mut self, whom: i64, what: &str) {
        if whom != self.by && whom != 1 {
            let name = format!("%%{what} notification%%{}%%Email", self.login(whom));
            self.write("SendAgentNotification", name, 0);
        }
    }

    /// Renames it.
    pub fn set_title(&mut self, title: &str) {
        if self.ticket.title != title {
            let old = std::mem::replace(&mut self.ticket.title, title.to_owned());
            self.write("TitleUpdate", format!("%%{old}%%{title}"), 0);
        }
    }

    /// Moves it; that takes a lock off (252).
    pub fn set_queue(&mut self, queue: i64) {
        let old = std::mem::replace(&mut self.ticket.queue, queue);
        if old != queue {
            let name = |id| self.catalog.queue(id).map_or("", |queue| &queue.name);
            let moved = format!("%%{}%%{queue}%%{}%%{old}", name(queue), name(old));
            self.write("Move", moved, 0);
            // An event of the product does it, not the agent.
            let by = std::mem::replace(&mut self.by, 1);
            self.set_lock(false);
            self.by = by;
        }
    }

    /// Takes it or lets it go; letting go takes the owner away (238).
    pub fn set_lock(&mut self, lock: bool) {
        if self.ticket.locked == lock {
            return;
        }
        if !lock && self.settings.owner_reset && self.ticket.owner != 1 {
            self.write("OwnerUpdate", "Reset owner to root@localhost.", 0);
            self.ticket.owner = 1;
        }
        self.ticket.locked = lock;
        if lock {
            self.write("Lock", "%%lock", 0);
            self.reset_unlock_time();
        } else {
            self.write("Unlock", "%%unlock", 0);
        }
    }

    fn reset_unlock_time(&mut self) {
        if self.ticket.unlock_timeout != self.now {
            self.ticket.unlock_timeout = self.now;
            self.write("Misc", "Reset of unlock time.", 0);
        }
    }

    /// Sets when waiting ends.
    pub fn set_pending(&mut self, until: i64, shown: i64) {
        self.ticket.pending = until;
        let shown = if until == 0 { "00-00-00 00:00".to_owned() } else { show(shown)[..16].to_owned() };
        self.write("SetPendingTime", format!("%%{shown}"), 0);
    }

    /// Sets how far it is; what is not pending waits for nothing.
    pub fn set_state(&mut self, state: i64) {
        let old = std::mem::replace(&mut self.ticket.state, state);
        if old != state {
            let (old, new) = (catalog::state(old), catalog::state(state));
            self.write("StateUpdate", format!("%%{}%%{}%%", old.name, new.name), 0);
            if !new.is_pending() && self.ticket.pending != 0 {
                self.set_pending(0, 0);
            }
        }
    }

    /// Sets how urgent it is.
    pub fn set_priority(&mut self, priority: i64) {
        let old = std::mem::replace(&mut self.ticket.priority, priority);
        if old != priority {
            let name = catalog::priority;
            self.write("PriorityUpdate", format!("%%{}%%{old}%%{}%%{priority}", name(old), name(priority)), 0);
        }
    }

    /// Sets what sort of request it is.
    pub fn set_type(&mut self, type_id: i64) {
        let old = std::mem::replace(&mut self.ticket.type_id, type_id);
        if old != type_id {
            let name = |id| self.catalog.type_name(id);
            self.write("TypeUpdate", format!("%%{}%%{type_id}%%{}%%{old}", name(type_id), name(old)), 0);
        }
    }

    /// Sets the service.
    pub fn set_service(&mut self, service: i64) {
        if self.ticket.service.replace(service) != Some(service) {
            let name = catalog::nth(&self.catalog.services, service).copied().unwrap_or_default();
            self.write("ServiceUpdate", format!("%%{name}%%{service}%%NULL%%"), 0);
        }
    }

    /// Sets the service level agreement.
    pub fn set_sla(&mut self, sla: i64) {
        if self.ticket.sla.replace(sla) != Some(sla) {
            let name = catalog::nth(&self.catalog.slas, sla).map_or("", |(name, _)| name);
            self.write("SLAUpdate", format!("%%{name}%%{sla}%%NULL%%"), 0);
        }
    }

    /// Sets who asked.
    pub fn set_customer(&mut self, company: &str, user: &str) {
        let (company, user) = (company.to_owned(), user.to_owned());
        if self.ticket.customer.as_ref() != Some(&company) || self.ticket.customer_user.as_ref() != Some(&user) {
            let name = format!("%%CustomerID={company};CustomerUser={user};");
            (self.ticket.customer, self.ticket.customer_user) = (Some(company), Some(user));
            self.write("CustomerUpdate", name, 0);
        }
    }

    /// Sets who works on it; the lock stays as it is.
    pub fn set_owner(&mut self, owner: i64) {
        if std::mem::replace(&mut self.ticket.owner, owner) != owner {
            self.write("OwnerUpdate", format!("%%{}%%{owner}", self.login(owner)), 0);
            self.tell(owner, "Ticket owner update");
        }
    }

    /// Sets who answers for it.
    pub fn set_responsible(&mut self, responsible: i64) {
        if std::mem::replace(&mut self.ticket.responsible, responsible) != responsible {
            self.write("ResponsibleUpdate", format!("%%{}%%{responsible}", self.login(responsible)), 0);
            self.tell(responsible, "Ticket responsible update");
        }
    }

    /// Adds an article.
    pub fn add_article(&mut self, article: Article, history: (&'static str, &str)) {
        let (id, unit, is_agents) = (article.id, article.time_unit, article.sender == "agent");
        let is_first = self.ticket.articles.is_empty();
        self.ticket.articles.push(article);
        self.write(history.0, format!("%%{}", history.1), id);
        if is_agents {
            self.reset_unlock_time();
        }
        if unit != 0 {
            let total: i64 = self.ticket.articles.iter().map(|article| article.time_unit).sum();
            self.write("TimeAccounting", format!("%%{unit}%%{total}"), id);
        }
        if !is_first && history.0 == "AddNote" {
            for whom in [self.ticket.owner, self.ticket.responsible] {
                self.tell(whom, "Ticket new note");
            }
        }
    }

    /// Sets a dynamic field; what is empty clears it.
    pub fn set_field(&mut self, name: &str, value: &Value) {
        let shown = |value: Option<&Value>| match value {
            Some(Value::Array(items)) => items.iter().map(perl::text).collect::<Vec<_>>().join(", "),
            Some(one) => perl::text(one),
            None => String::new(),
        };
        let is_empty = value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("");
        let (old, new) = (shown(self.ticket.fields.get(name)), shown(Some(value)));
        if old != new {
            if is_empty {
                self.ticket.fields.remove(name);
            } else {
                self.ticket.fields.insert(name.to_owned(), value.clone());
            }
            let name = format!("%%FieldName%%{name}%%Value%%{new}%%OldValue%%{old}");
            self.write("TicketDynamicFieldUpdate", name, 0);
        }
    }
}

//! `TicketCreate`.

use serde_json::{Value, json};

use super::{
    act::Act,
    article::{Wanted, add_files, attachments},
    check::Checked,
    escalation,
    perl::{Params, given},
    reply::{Changing, Reply},
    session::Who,
    ticket::{Attachment, Ticket},
    world::World,
};

const WHAT: Changing = Changing::Create;

impl World {
    /// Who asks, with the errors of the operations that change something.
    pub(super) fn who_changes(&mut self, params: &Params, what: Changing) -> Result<Who, Reply> {
        let has = |name| given(params, name).is_some();
        if !["UserLogin", "CustomerUserLogin", "SessionID"].into_iter().any(has) {
            return Err(what.missing("UserLogin, CustomerUserLogin or SessionID is required!"));
        }
        if !has("SessionID") && !has("Password") {
            return Err(what.missing("Password or SessionID is required!"));
        }
        self.who(params).ok_or_else(|| what.unauthorised())
    }

    pub(super) fn ticket_create(&mut self, params: &Params) -> Result<Value, Reply> {
        let who = self.who_changes(params, WHAT)?;
        let object = |name: &str| {
            let missing = || WHAT.missing(&format!("{name} parameter is missing or not valid!"));
            params.get(name).and_then(Value::as_object).filter(|object| !object.is_empty()).ok_or_else(missing)
        };
        let (ticket, article) = (object("Ticket")?, object("Article")?);
        let checked = self.check_ticket(ticket, WHAT)?;
        if let (Who::Agent(agent), Some(queue)) = (&who, checked.queue)
            && !self.allows_in(*agent, queue, "create")
        {
            return Err(WHAT.denied("Can not create tickets in given Queue or QueueID!"));
        }
        let wanted = self.check_article(article, &who, WHAT)?;
        let fields = self.check_fields(params, WHAT)?;
        let files = attachments(params, WHAT)?;
        Ok(self.make(&who, &checked, wanted, &fields, files))
    }

    fn make(
        &mut self,
        who: &Who,
        checked: &Checked,
        wanted: Wanted,
        fields: &[(&'static str, Value)],
        files: Vec<Attachment>,
    ) -> Value {
        let by = who.stored_as();
        let (id, number) = self.next_ticket();
        let mut ticket = Ticket {
            id,
            number: number.clone(),
            title: checked.title.clone().unwrap_or_default(),
            queue: checked.queue.unwrap_or(2),
            state: checked.state.unwrap_or(1),
            priority: checked.priority.unwrap_or(3),
            type_id: checked.type_id.unwrap_or(1),
            service: checked.service,
            sla: checked.sla,
            owner: 1,
            responsible: 1,
            created: self.local_now(),
            created_by: by,
            ..Ticket::default()
        };
        ticket.due = escalation::due(self, &ticket);
        let mut article = self.first_article(&ticket, checked, &wanted);
        add_files(&mut article, files);
        let (article_id, sender) = (article.id, article.sender);
        self.tickets.insert(id, ticket);
        self.changes += 1;
        if let Some(mut act) = self.act(id, by) {
            act.begin(checked);
            let (kind, comment) = &wanted.history;
            act.add_article(
                article,
                (kind.unwrap_or("NewTicket"), comment.as_deref().unwrap_or("GenericInterface Create")),
            );
            act.set_owner(checked.owner.unwrap_or(by));
            act.set_responsible(checked.responsible.unwrap_or(by));
            if let Some(lock) = checked.lock {
                act.set_lock(lock);
            }
            for (name, value) in fields {
                act.set_field(name, value);
            }
        }
        json!({"TicketID": id.to_string(), "TicketNumber": number, "ArticleID": article_number(article_id, sender)})
    }

    /// From is the customer whoever writes, To the queue; other headers are ignored (086).
    fn first_article(&mut self, ticket: &Ticket, checked: &Checked, wanted: &Wanted) -> super::ticket::Article {
        let mut article = wanted.article.clone();
        article.id = self.next_article();
        let user = checked.customer.as_ref().map_or("", |(_, user)| user);
        if article.from.is_empty() {
            article.from = self.mail_string(user);
        }
        article.to = self.catalog.queue(ticket.queue).map_or(String::new(), |queue| queue.name.clone());
        article.cc.clear();
        article
    }

    /// How a customer user stands in a header.
    pub(super) fn mail_string(&self, user: &str) -> String {
        let known = self.customer(user);
        known.map_or(user.to_owned(), |customer| format!("\"{}\" <{}>", customer.name, customer.email))
    }
}

impl Act<'_> {
    fn begin(&mut self, checked: &Checked) {
        let ticket = &self.ticket;
        let queue = self.catalog.queue(ticket.queue).map_or("", |queue| &queue.name);
        let (priority, state) = (super::catalog::priority(ticket.priority), super::catalog::state(ticket.state).name);
        let first = format!("%%{}%%{queue}%%{priority}%%{state}%%{}", ticket.number, ticket.id);
        self.write("NewTicket", first, 0);
        if let Some((company, user)) = &checked.customer {
            self.set_customer(company, user);
        }
        if let Some((until, shown)) = checked.pending {
            self.set_pending(until, shown);
        }
    }
}

/// A number if an agent wrote it, a text if a customer did (015, 025, 222).
pub(super) fn article_number(id: i64, sender: &str) -> Value {
    if sender == "customer" { json!(id.to_string()) } else { json!(id) }
}

//! `TicketUpdate`: checked as a whole, carried out step by step. What is done stays done when a later step fails.

use serde_json::{Value, json};

use super::{
    act::Act,
    article::{Wanted, add_files, attachments},
    catalog,
    check::Checked,
    create::article_number,
    perl::{Params, given},
    reply::{Changing, Reply, error},
    session::Who,
    world::World,
};

const WHAT: Changing = Changing::Update;
const FAILED: &str = "Ticket queue could not be updated, please contact system administrator!";
const STOPPED: &str = "Ticket state could not be updated, please contact system administrator!";

/// A step; says whether there was anything to do.
type Step = fn(&mut Act<'_>, &Checked) -> Result<bool, Reply>;

/// In the order in which the product works them off.
const STEPS: [Step; 10] = [title, queue, lock, type_id, state, service, customer, priority, owner, responsible];

impl World {
    pub(super) fn ticket_update(&mut self, params: &Params) -> Result<Value, Reply> {
        let who = self.who_changes(params, WHAT)?;
        let (id, shown_id) = self.meant(params);
        let hidden = || WHAT.denied("User does not have access to the ticket!");
        let id = id.filter(|id| self.may_see(&who, *id)).ok_or_else(hidden)?;
        let object = |name: &str| match params.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(object)) if !object.is_empty() => Ok(Some(object)),
            Some(_) => Err(WHAT.invalid(&format!("{name} parameter is not valid!"))),
        };
        let mut checked = object("Ticket")?.map_or(Ok(Checked::default()), |ticket| self.check_ticket(ticket, WHAT))?;
        let wanted = object("Article")?.map(|article| self.check_article(article, &who, WHAT)).transpose()?;
        let fields = self.check_fields(params, WHAT)?;
        let files = attachments(params, WHAT)?;
        if !files.is_empty() && wanted.is_none() {
            return Err(WHAT.missing("To create an attachment an article is needed!"));
        }
        self.check_rights(&who, id, &checked, wanted.is_some(), !fields.is_empty())?;
        checked.may_move = match &who {
            Who::Agent(agent) => checked.queue.is_none_or(|queue| self.allows_in(*agent, queue, "move_into")),
            Who::Customer(_) => true,
        };
        let halved = self.faults.take_half();
        self.changes += 1;
        let mut article = wanted.map(|wanted| self.next_of(&who, wanted));
        // Files are written last: what stops after its article has none.
        if let Some((article, ..)) = &mut article
            && !halved
        {
            add_files(article, files);
        }
        let Some(mut act) = self.act(id, who.stored_as()) else { return Err(hidden()) };
        let number = act.ticket.number.clone();
        let mut answer = json!({"TicketID": shown_id, "TicketNumber": number});
        for step in STEPS {
            if step(&mut act, &checked)? && halved {
                return Err(Reply::Fault(STOPPED));
            }
        }
        if let Some((article, kind, comment)) = article {
            answer["ArticleID"] = article_number(article.id, article.sender);
            act.add_article(article, (kind, &comment));
            if halved {
                return Err(Reply::Fault(STOPPED));
            }
        }
        for (name, value) in &fields {
            act.set_field(name, value);
        }
        Ok(answer)
    }

    /// The ticket, and how its number is written in the answer: as in the route, but a number where the ticket was
    /// named by the number for people (282).
    fn meant(&self, params: &Params) -> (Option<i64>, Value) {
        if let Some(number) = given(params, "TicketNumber") {
            let found = self.tickets.values().find(|ticket| ticket.number == number).map(|ticket| ticket.id);
            return (found, json!(found));
        }
        let id = given(params, "TicketID").unwrap_or_default();
        (id.parse().ok(), json!(id))
    }

    /// Whether somebody may read a ticket.
    pub(super) fn may_see(&self, who: &Who, id: i64) -> bool {
        self.tickets.get(&id).is_some_and(|ticket| match who {
            Who::Agent(agent) => self.allows(*agent, ticket, "ro"),
            Who::Customer(login) => {
                let company = self.customer(login).map(|customer| customer.company.clone());
                ticket.customer_user.as_ref() == Some(login) || (company.is_some() && ticket.customer == company)
            }
        })
    }

    fn check_rights(&self, who: &Who, id: i64, checked: &Checked, writes: bool, sets: bool) -> Result<(), Reply> {
        let (Who::Agent(agent), Some(ticket)) = (who, self.tickets.get(&id)) else { return Ok(()) };
        let state = checked.state.map(|state| catalog::state(state).kind);
        // Title, lock and the states new and open ask for nothing more than reading (295-298).
        for (is_wanted, right, words) in [
            (writes, "note", "create new articles"),
            (sets, "rw", "update dynamic fields"),
            (checked.queue.is_some(), "move_into", "update queue"),
            (checked.owner.is_some(), "owner", "update owner"),
            (checked.responsible.is_some(), "responsible", "update responsibe"),
            (checked.priority.is_some(), "priority", "update priority"),
            (state == Some("closed"), "close", "update state"),
            (state.is_some_and(|kind| kind.starts_with("pending")), "pending", "update state"),
        ] {
            if is_wanted && !self.allows(*agent, ticket, right) {
                return Err(WHAT.denied(&format!("Does not have permissions to {words}!")));
            }
        }
        Ok(())
    }

    fn next_of(&mut self, who: &Who, wanted: Wanted) -> (super::ticket::Article, &'static str, String) {
        let Wanted { mut article, history: (kind, comment) } = wanted;
        article.id = self.next_article();
        if article.from.is_empty() {
            article.from = match who {
                Who::Agent(id) => self.agent(*id).map_or(String::new(), super::people::Agent::full_name),
                Who::Customer(login) => self.mail_string(login),
            };
        }
        (article, kind.unwrap_or("AddNote"), comment.unwrap_or_else(|| "GenericInterface Note".to_owned()))
    }
}

fn title(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.title.as_ref().map(|title| act.set_title(title)).is_some())
}

fn queue(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    if !checked.may_move {
        return Err(Reply::Fault(FAILED));
    }
    Ok(checked.queue.map(|queue| act.set_queue(queue)).is_some())
}

fn lock(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.lock.map(|lock| act.set_lock(lock)).is_some())
}

fn type_id(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.type_id.map(|id| act.set_type(id)).is_some())
}

/// Closing takes the lock off first; a pending state needs its time, which is noticed here and not before (262).
fn state(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    let Some(id) = checked.state else { return Ok(false) };
    let state = catalog::state(id);
    if state.kind == "closed" {
        act.set_lock(false);
    }
    if state.is_pending() {
        let message = "Can't set a ticket on a pending state without pendig time!";
        let (until, shown) = checked.pending.ok_or_else(|| error(WHAT.name(), "MissingParameter", message))?;
        act.set_pending(until, shown);
    }
    act.set_state(id);
    Ok(true)
}

fn service(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    if let Some(sla) = checked.sla {
        act.set_sla(sla);
    }
    Ok(checked.service.map(|service| act.set_service(service)).is_some())
}

fn customer(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.customer.as_ref().map(|(company, user)| act.set_customer(company, user)).is_some())
}

fn priority(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.priority.map(|priority| act.set_priority(priority)).is_some())
}

fn owner(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.owner.map(|owner| act.set_owner(owner)).is_some())
}

fn responsible(act: &mut Act<'_>, checked: &Checked) -> Result<bool, Reply> {
    Ok(checked.responsible.map(|responsible| act.set_responsible(responsible)).is_some())
}

//! Tickets and articles as JSON, each field with the type it was recorded with.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use super::{
    catalog::{self, FieldKind, nth, number_of},
    escalation,
    perl::Params,
    ticket::{Article, Attachment, Entry, SENDERS, Ticket},
    world::{World, show},
};

/// How much of a ticket is wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub articles: bool,
    pub limit: Option<usize>,
    pub newest_first: bool,
    pub senders: Vec<String>,
    pub attachments: bool,
    pub contents: bool,
    pub html: bool,
    pub fields: bool,
    pub extended: bool,
    /// What a customer may not see is left out.
    pub for_customer: bool,
}

fn object(fields: Value) -> Map<String, Value> {
    if let Value::Object(fields) = fields { fields } else { Map::new() }
}

impl World {
    pub(super) fn render(&self, ticket: &Ticket, wanted: &Wanted) -> Map<String, Value> {
        let mut out = self.render_fields(ticket);
        let units: i64 = ticket.articles.iter().map(|article| article.time_unit).sum();
        out.insert("TimeUnit".to_owned(), json!(units));
        if wanted.extended {
            self.extend(ticket, &mut out);
        }
        if wanted.fields {
            out.insert("DynamicField".to_owned(), self.render_dynamic(ticket));
        }
        if wanted.articles {
            let articles = self.render_articles(ticket, wanted);
            if !articles.is_empty() {
                out.insert("Article".to_owned(), json!(articles));
            }
        }
        out
    }

    /// What every ticket has, but for the time spent.
    pub(super) fn render_fields(&self, ticket: &Ticket) -> Map<String, Value> {
        let queue = self.catalog.queue(ticket.queue);
        let state = catalog::state(ticket.state);
        let login = |id| self.agent(id).map(|agent| &agent.login);
        let or_empty = |id: Option<i64>| id.map_or(json!(""), |id| json!(id));
        let mut out = object(json!({
            "Age": self.now - self.absolute(ticket.created),
            "ArchiveFlag": "n",
            "ChangeBy": ticket.changed_by,
            "Changed": show(ticket.changed),
            "CreateBy": ticket.created_by,
            "Created": show(ticket.created),
            "CustomerID": ticket.customer,
            "CustomerUserID": ticket.customer_user,
            "GroupID": queue.map(|queue| queue.group),
            "Lock": if ticket.locked { "lock" } else { "unlock" },
            "LockID": if ticket.locked { 2 } else { 1 },
            "Owner": login(ticket.owner),
            "OwnerID": ticket.owner,
            "Priority": catalog::priority(ticket.priority),
            "PriorityID": ticket.priority,
            "Queue": queue.map(|queue| &queue.name),
            "QueueID": ticket.queue,
            "RealTillTimeNotUsed": ticket.pending,
            "Responsible": login(ticket.responsible),
            "ResponsibleID": ticket.responsible,
            "SLAID": or_empty(ticket.sla),
            "ServiceID": or_empty(ticket.service),
            "State": state.name,
            "StateID": state.id,
            "StateType": state.kind,
            "TicketID": ticket.id,
            "TicketNumber": ticket.number,
            "Title": ticket.title,
            "Type": self.catalog.type_name(ticket.type_id),
            "TypeID": ticket.type_id,
            "UnlockTimeout": ticket.unlock_timeout,
            "UntilTime": if ticket.pending == 0 { 0 } else { ticket.pending - self.now },
        }));
        if let Some(service) = ticket.service.and_then(|id| nth(&self.catalog.services, id)) {
            out.insert("Service".to_owned(), json!(service));
        }
        if let Some((sla, _)) = ticket.sla.and_then(|id| nth(&self.catalog.slas, id)) {
            out.insert("SLA".to_owned(), json!(sla));
        }
        escalation::render(self, ticket, &mut out);
        out
    }

    fn extend(&self, ticket: &Ticket, out: &mut Params) {
        let mut answered = ticket.articles.iter().filter(|article| article.sender == "agent" && article.visible);
        if let Some(first) = answered.next() {
            out.insert("FirstResponse".to_owned(), json!(show(first.created)));
            if ticket.due[0] != 0 {
                let took = escalation::working(ticket.created, first.created) / 60;
                let limit = escalation::working(ticket.created, self.local(ticket.due[0])) / 60;
                out.insert("FirstResponseInMin".to_owned(), json!(took));
                out.insert("FirstResponseDiffInMin".to_owned(), json!(limit - took));
            }
        }
        if let Some(lock) = ticket.history.iter().find(|entry| entry.kind == "Lock") {
            out.insert("FirstLock".to_owned(), json!(show(lock.at)));
        }
        if let Some(closed) = closings(ticket).last() {
            out.insert("Closed".to_owned(), json!(show(closed)));
            let took = escalation::working(ticket.created, closed) / 60;
            out.insert("SolutionInMin".to_owned(), json!(took));
        }
    }

    /// All fields of the system, those without a value too.
    pub(super) fn render_dynamic(&self, ticket: &Ticket) -> Value {
        let render = |field: &catalog::FieldDefinition| {
            let value = match (ticket.fields.get(field.name), &field.kind) {
                (None, _) => Value::Null,
                (Some(value), FieldKind::Choices(_)) if !value.is_array() => json!([value]),
                (Some(value), _) => value.clone(),
            };
            json!({"Name": field.name, "Value": value})
        };
        self.catalog.fields.iter().map(render).collect()
    }

    fn render_articles(&self, ticket: &Ticket, wanted: &Wanted) -> Vec<Value> {
        let mut articles: Vec<_> = ticket.articles.iter().zip(1..).collect();
        articles.retain(|(article, _)| {
            (article.visible || !wanted.for_customer)
                && (wanted.senders.is_empty() || wanted.senders.iter().any(|sender| sender == article.sender))
        });
        if let Some(limit) = wanted.limit {
            if wanted.newest_first {
                articles.reverse();
            }
            articles.truncate(limit);
        }
        let render = |(article, number): (&Article, i64)| {
            let mut out = render_article(article, number, ticket.id);
            out.insert("TimeUnit".to_owned(), json!(article.time_unit));
            if wanted.attachments {
                let files = article.attachments.iter().filter(|file| wanted.html || !file.is_html_body);
                let files: Vec<_> =
                    files.zip(1..).map(|(file, n)| attachment(file, Some(n), wanted.contents)).collect();
                if !files.is_empty() {
                    out.insert("Attachment".to_owned(), json!(files));
                }
            }
            Value::Object(out)
        };
        articles.into_iter().map(render).collect()
    }
}

/// When a ticket was closed.
pub(super) fn closings(ticket: &Ticket) -> impl Iterator<Item = i64> {
    let closing = |entry: &&Entry| {
        matches!(entry.kind, "StateUpdate" | "NewTicket") && catalog::state(entry.state).kind == "closed"
    };
    ticket.history.iter().filter(closing).map(|entry| entry.at)
}

/// An article, but for the time spent and the files.
pub(super) fn render_article(article: &Article, number: i64, ticket: i64) -> Map<String, Value> {
    let mut out = stub(article, number, ticket);
    let more = object(json!({
        "Bcc": "",
        "Body": article.body,
        "Cc": article.cc,
        "Charset": article.charset,
        "ContentCharset": article.charset,
        "ContentType": content_type(article),
        "From": article.from,
        "InReplyTo": "",
        "IncomingTime": article.incoming,
        "IsDeleted": 0,
        "IsEdited": 0,
        "MessageID": "",
        "MimeType": article.mime_type,
        "References": "",
        "ReplyTo": "",
        "Subject": article.subject,
        "To": article.to,
    }));
    out.extend(more);
    out
}

fn content_type(article: &Article) -> String {
    match &*article.charset {
        "" => article.mime_type.clone(),
        charset => format!("{}; charset={charset}", article.mime_type),
    }
}

/// What is left of an article in the answer to an update that wrote none (425).
pub(super) fn stub(article: &Article, number: i64, ticket: i64) -> Map<String, Value> {
    let sender = number_of(&SENDERS, |sender| *sender == article.sender).unwrap_or(1);
    object(json!({
        "ArticleID": article.id,
        "ArticleNumber": number,
        "ChangeBy": article.created_by,
        "ChangeTime": show(article.created),
        "CommunicationChannelID": article.channel,
        "CreateBy": article.created_by,
        "CreateTime": show(article.created),
        "IsVisibleForCustomer": u8::from(article.visible),
        "SenderType": article.sender,
        "SenderTypeID": sender.to_string(),
        "TicketID": ticket,
    }))
}

/// A file; its size is a text, but the number 0 if it is empty (441).
pub(super) fn attachment(file: &Attachment, n: Option<i64>, contents: bool) -> Value {
    let size = file.content.len();
    let mut out = json!({
        "Content": if contents { BASE64_STANDARD.encode(&file.content) } else { String::new() },
        "ContentAlternative": "",
        "ContentID": "",
        "ContentType": file.content_type,
        "Disposition": if file.is_html_body { "inline" } else { "attachment" },
        "Filename": file.name,
        "FilesizeRaw": if size == 0 { json!(0) } else { json!(size.to_string()) },
    });
    if let Some(n) = n {
        out["FileID"] = json!(n.to_string());
    }
    out
}

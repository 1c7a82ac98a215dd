//! `TicketGet` and `TicketHistoryGet`.

use serde_json::{Map, Value, json};

use super::{
    catalog::history_type,
    perl::{self, Params, given, list},
    render::{self, Wanted},
    reply::{Reply, error},
    session::Who,
    ticket::Entry,
    world::{World, show},
};

/// The tickets that are asked for, as they are written: repeated, or with commas.
fn asked(params: &Params) -> Vec<String> {
    let all = list(params, "TicketID");
    let split = all.iter().flat_map(|item| item.split(',')).map(|item| item.trim().to_owned());
    split.filter(|item| !item.is_empty() && item != "0").collect()
}

impl World {
    /// Who asks, with the error of the operations that only read.
    pub(super) fn who_reads(&mut self, params: &Params, operation: &str) -> Result<Who, Reply> {
        let failed = || error(operation, "AuthFail", &format!("{operation}: Authorization failing!"));
        self.who(params).ok_or_else(failed)
    }

    pub(super) fn ticket_get(&mut self, params: &Params) -> Result<Value, Reply> {
        let who = self.who_reads(params, "TicketGet")?;
        let ids = asked(params);
        if ids.is_empty() {
            return Err(error("TicketGet", "MissingParameter", "TicketGet: TicketID parameter is missing!"));
        }
        let wanted = wanted(params, &who);
        let get = |id: &String| {
            let id = id.parse().ok().filter(|id| self.may_see(&who, *id));
            let message = "TicketGet: User does not have access to the ticket!";
            let ticket = id.and_then(|id| self.tickets.get(&id));
            ticket.map(|ticket| self.render(ticket, &wanted)).ok_or_else(|| error("TicketGet", "AccessDenied", message))
        };
        let tickets = ids.iter().map(get).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"Ticket": tickets}))
    }

    pub(super) fn ticket_history_get(&mut self, params: &Params) -> Result<Value, Reply> {
        let operation = "TicketHistoryGet";
        let who = self.who_reads(params, operation)?;
        if matches!(who, Who::Customer(_)) {
            return Err(error(operation, "AuthFail", "TicketHistoryGet: User needs to an Agent!"));
        }
        let get = |id: &String| {
            let seen = id.parse().ok().filter(|id| self.may_see(&who, *id));
            let message = || format!("{operation}: User does not have access to the ticket {id}!");
            let ticket = seen.and_then(|id| self.tickets.get(&id));
            let ticket = ticket.ok_or_else(|| error(operation, "AccessDenied", &message()))?;
            let history: Vec<_> = ticket.history.iter().map(|happened| entry(happened, ticket.id)).collect();
            Ok(json!({"TicketID": id, "History": history}))
        };
        let tickets = asked(params).iter().map(get).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"TicketHistory": tickets}))
    }

    /// What a web service with `IncludeTicketData` adds to the answer of a change (423-425).
    pub(super) fn include_data(&self, answer: &mut Value) {
        let id = perl::text(&answer["TicketID"]).parse::<i64>().ok();
        let Some(ticket) = id.and_then(|id| self.tickets.get(&id)) else { return };
        let mut out = self.render_fields(ticket);
        out.insert("DynamicField".to_owned(), self.render_dynamic(ticket));
        if let (Some(article), number) = (ticket.articles.last(), ticket.articles.len()) {
            let number = i64::try_from(number).unwrap_or_default();
            let is_new = !answer["ArticleID"].is_null();
            let mut rendered = if is_new {
                render::render_article(article, number, ticket.id)
            } else {
                answer["ArticleID"] = json!(article.id);
                render::stub(article, number, ticket.id)
            };
            let files: Vec<_> = article.attachments.iter().map(|file| render::attachment(file, None, true)).collect();
            if is_new && !files.is_empty() {
                rendered.insert("Attachment".to_owned(), json!(files));
            }
            out.insert("Article".to_owned(), Value::Object(rendered));
        }
        answer["Ticket"] = Value::Object(out);
    }
}

fn wanted(params: &Params, who: &Who) -> Wanted {
    let is = |name: &str| params.get(name).is_some_and(perl::is_true);
    Wanted {
        articles: is("AllArticles"),
        limit: given(params, "ArticleLimit").and_then(|limit| limit.parse().ok()),
        newest_first: given(params, "ArticleOrder").as_deref() == Some("DESC"),
        senders: list(params, "ArticleSenderType"),
        attachments: is("Attachments"),
        contents: params.get("GetAttachmentContents").is_none_or(perl::is_true),
        html: is("HTMLBodyAsAttachment"),
        fields: is("DynamicFields"),
        extended: is("Extended"),
        for_customer: matches!(who, Who::Customer(_)),
    }
}

fn entry(entry: &Entry, ticket: i64) -> Value {
    let fields: Map<String, Value> = [
        ("ArticleID", json!(entry.article)),
        ("CreateBy", json!(entry.by)),
        ("CreateTime", json!(show(entry.at))),
        ("HistoryType", json!(entry.kind)),
        ("HistoryTypeID", json!(history_type(entry.kind))),
        ("Name", json!(entry.name)),
        ("OwnerID", json!(entry.owner)),
        ("PriorityID", json!(entry.priority)),
        ("QueueID", json!(entry.queue)),
        ("StateID", json!(entry.state)),
        ("TicketID", json!(ticket.to_string())),
        ("TypeID", json!(entry.type_id)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    Value::Object(fields)
}

//! From rows of the copy to what crosses the wire. Pure.

use app::model::{
    action::{Action, ActionKind, ActionState},
    ids::{EmployeeId, TicketId},
    mailing::{ActionMail, MailState},
    otrs_link::{CopyState, TicketCopy, TicketSettings},
    ticket::{
        Article, Attachment, Channel, Customer, HistoryEntry, Lock, Sender, StateType, Ticket, TicketDetail,
        TicketField,
        asked::{AskedField, DYNAMIC},
    },
};
use time::OffsetDateTime;
use url::Url;

use super::clean;
use crate::integrations::pdf::Renderer;
use crate::store::{
    actions,
    tickets::{
        list::Row,
        one::{ArticleRow, AttachmentRow, DetailRow, EntryRow},
        sync::Sync,
    },
};

/// How current the copy is.
pub fn copy(sync: &Sync) -> TicketCopy {
    let state = match (sync.away_since, sync.span) {
        (Some(_), _) => CopyState::Away,
        (None, 2..) => CopyState::Current,
        (None, _) => CopyState::Filling,
    };
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    TicketCopy { state, as_of: sync.as_of, done: count(sync.done), of: sync.about.map(count).filter(|_| sync.span < 2) }
}

/// A ticket of a list.
pub fn listed(row: Row, as_of: OffsetDateTime) -> Ticket {
    let name = row.employee_name.filter(|name| !name.is_empty() && row.employee_id.is_some());
    let customer = row.customer_login.map(|login| Customer {
        login,
        name: name.or(row.customer_name),
        email: row.customer_email,
        employee_id: row.employee_id.map(EmployeeId::from),
    });
    Ticket {
        id: TicketId::from(row.id),
        number: row.number,
        title: row.title,
        queue: row.queue,
        state: row.state,
        state_type: StateType::from_name(&row.state_type),
        priority: row.priority,
        lock: if row.locked { Lock::Lock } else { Lock::Unlock },
        owner: Some(row.owner).filter(|_| row.owner_id != 1),
        responsible: Some(row.responsible).filter(|_| row.responsible_id != 1),
        customer,
        created_at: row.created_at,
        changed_at: row.changed_at,
        escalates_at: row.escalates_at,
        pending_until: row.pending_until,
        unread: row.unread,
        watched: row.watched,
        version: row.version,
        as_of,
        articles: Vec::new(),
        history: Vec::new(),
        detail: None,
    }
}

/// Articles with their files.
pub fn articles(rows: Vec<ArticleRow>, files: &[AttachmentRow], renderer: &Renderer) -> Vec<Article> {
    let of = |article: i64| {
        let files = files.iter().filter(move |file| file.article_id == article);
        files.map(|file| attachment(file, renderer)).collect()
    };
    let article = |row: ArticleRow| Article {
        id: row.id.into(),
        at: row.at,
        from: row.sent_from,
        to: row.sent_to,
        cc: row.cc,
        subject: row.subject,
        body: row.body,
        channel: match row.channel {
            1 => Channel::Email,
            2 => Channel::Phone,
            3 => Channel::Internal,
            _ => Channel::Other,
        },
        sender: Sender::from_name(&row.sender),
        visible_for_customer: row.visible,
        unread: row.unread,
        cut: row.body_cut,
        attachments: of(row.id),
    };
    rows.into_iter().map(article).collect()
}

fn attachment(row: &AttachmentRow, renderer: &Renderer) -> Attachment {
    let kind = clean::file_type(&row.kind);
    Attachment {
        n: row.n.unsigned_abs(),
        name: clean::file_name(&row.name),
        kind: kind.to_owned(),
        size: row.size.unsigned_abs(),
        inline: row.inline,
        preview: renderer.reads(kind, row.size.unsigned_abs()),
    }
}

/// What happened.
pub fn history(rows: Vec<EntryRow>) -> Vec<HistoryEntry> {
    let entry = |row: EntryRow| HistoryEntry {
        at: row.at,
        by: row.by,
        kind: row.kind,
        values: match row.name.strip_prefix("%%") {
            Some(values) => values.split("%%").map(str::to_owned).collect(),
            None if row.name.is_empty() => Vec::new(),
            None => vec![row.name],
        },
        article: row.article_id.map(Into::into),
    };
    rows.into_iter().map(entry).collect()
}

/// What only the page of a ticket shows.
pub fn detail(
    row: DetailRow,
    id: i64,
    web_url: Option<&Url>,
    actions: Vec<Action>,
    settings: &TicketSettings,
) -> TicketDetail {
    let web_url = web_url.map(|url| {
        let mut url = url.clone();
        url.query_pairs_mut().append_pair("Action", "AgentTicketZoom").append_pair("TicketID", &id.to_string());
        url.into()
    });
    let fields: Vec<TicketField> = serde_json::from_value(row.fields).unwrap_or_default();
    // Our own key is nothing to people.
    let fields = fields.into_iter().filter(|field| field.name != settings.key_field).map(|field| {
        let asked = settings.fields.iter().find(|asked| asked.name.strip_prefix(DYNAMIC) == Some(&*field.name));
        let label = asked.map_or(&*field.name, AskedField::shown).to_owned();
        TicketField { label, kind: asked.map(|asked| asked.kind).unwrap_or_default(), ..field }
    });
    let fields = fields.collect();
    TicketDetail {
        kind: row.kind,
        service: row.service,
        sla: row.sla,
        company: row.customer_company,
        fields,
        first_response_due: row.first_response_due,
        update_due: row.update_due,
        solution_due: row.solution_due,
        closed_at: row.closed_at,
        merged_into: row.merged_into.map(Into::into),
        web_url,
        actions,
        ..TicketDetail::default()
    }
}

/// An action, on this ticket as far as it is known, with what happened since its author looked.
pub fn action(
    row: actions::Row,
    mail: Option<actions::mail::Row>,
    ticket: Option<(String, String)>,
    changes: Vec<HistoryEntry>,
) -> Action {
    let written = |field: &str| row.request.get(field).and_then(|text| text.as_str()).map(str::to_owned);
    let (number, title) = ticket.unzip();
    Action {
        id: row.id,
        state: ActionState::from_name(&row.state).unwrap_or(ActionState::Failed),
        not_before: row.not_before,
        action: ActionKind::from_name(&row.kind).unwrap_or(ActionKind::Comment),
        ticket_id: row.ticket_id.map(Into::into),
        ticket_number: number,
        ticket_title: title.or_else(|| written("title")),
        comment: written("comment").or_else(|| written("body")),
        created_at: row.created_at,
        updated_at: row.updated_at,
        reason: row.reason,
        detail: row.detail,
        mail: mail.map(|mail| ActionMail {
            state: MailState::from_name(&mail.state),
            to: mail.recipient,
            reason: mail.reason,
            detail: mail.detail,
        }),
        changes,
    }
}

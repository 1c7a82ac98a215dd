//! From what came over the wire to what the program knows.

use time::OffsetDateTime;

use super::{
    super::{
        HostClock, HostTime,
        wire::{
            self,
            liberal::{Number, Text},
        },
    },
    Agent, Article, ArticleId, Attachment, Deadlines, Detail, Done, Field, History, HistoryEntry, Named, StateKind,
    Ticket, TicketId,
};

/// Something that every ticket has is not there or cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is missing or unreadable")]
pub struct Incomplete(&'static str);

/// Reads what came at a certain time.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub clock: &'a HostClock,
    /// When the answer was given.
    pub now: OffsetDateTime,
}

impl Reader<'_> {
    pub fn ticket(self, from: wire::Ticket, detail: Detail) -> Result<Ticket, Incomplete> {
        let id = from.id.0.ok_or(Incomplete("TicketID"))?;
        let changed = from.changed.0.as_deref().and_then(HostTime::read).ok_or(Incomplete("Changed"))?;
        let created = from.created.0.as_deref().and_then(HostTime::read).ok_or(Incomplete("Created"))?;
        // Of an hour that comes twice: when its first article came is absolute, its age is what OTRS makes of it.
        let first =
            from.article.0.as_ref().and_then(|articles| articles.iter().filter_map(|it| it.incoming_time.0).min());
        let age = from.age.0.map(|age| self.now - time::Duration::seconds(age));
        let created_near = absolute(Number(first)).or(age);
        let articles = from.article.all().into_iter().map(|article| self.article(article, detail));
        Ok(Ticket {
            id: TicketId::new(id),
            number: from.ticket_number.filled().ok_or(Incomplete("TicketNumber"))?,
            title: from.title.or_empty(),
            queue: named(from.queue_id, from.queue).ok_or(Incomplete("Queue"))?,
            state: named(from.state_id, from.state).ok_or(Incomplete("State"))?,
            state_kind: StateKind::of(from.state_type.or_empty()),
            priority: named(from.priority_id, from.priority).ok_or(Incomplete("Priority"))?,
            // There is also `tmp_lock`.
            locked: from.lock.0.as_deref() != Some("unlock"),
            owner: agent(from.owner_id, from.owner),
            responsible: agent(from.responsible_id, from.responsible),
            customer_user: from.customer_user_id.filled(),
            customer_company: from.customer_id.filled(),
            kind: named(from.type_id, from.type_name),
            service: named(from.service_id, from.service),
            sla: named(from.sla_id, from.sla),
            created_at: self.clock.at(created, created_near).ok_or(Incomplete("Created"))?,
            created_by: from.create_by.or_zero(),
            // Of an hour that comes twice, the nearer one: what is read is mostly fresh.
            changed_at: self.clock.at(changed, Some(self.now)).ok_or(Incomplete("Changed"))?,
            changed,
            changed_by: from.change_by.or_zero(),
            pending_until: absolute(from.real_till_time_not_used),
            deadlines: Deadlines {
                next: absolute(from.escalation_destination_time),
                first_response: absolute(from.first_response_time_destination_time),
                update: absolute(from.update_time_destination_time),
                solution: absolute(from.solution_time_destination_time),
            },
            first_response_at: self.moment(from.first_response),
            first_lock_at: self.moment(from.first_lock),
            closed_at: self.moment(from.closed),
            fields: from.dynamic_field.all().into_iter().filter_map(field).collect(),
            articles: articles.collect::<Result<_, _>>()?,
        })
    }

    fn article(self, from: wire::Article, detail: Detail) -> Result<Article, Incomplete> {
        let id = from.id.0.ok_or(Incomplete("ArticleID"))?;
        let shown = from.create_time.0.as_deref().and_then(HostTime::read);
        let incoming = absolute(from.incoming_time);
        let at = shown.and_then(|shown| self.clock.at(shown, incoming)).or(incoming);
        let attachments = from.attachment.all().into_iter().zip(1..);
        Ok(Article {
            id: ArticleId::new(id),
            number: from.article_number.or_zero(),
            at: at.ok_or(Incomplete("CreateTime"))?,
            created_by: from.create_by.or_zero(),
            channel: from.channel_id.or_zero(),
            sender: from.sender_type.or_empty(),
            // Not said is not visible: better hidden than shown to the wrong eyes.
            visible_for_customer: from.is_visible_for_customer.0.unwrap_or(false),
            deleted: from.is_deleted.0.unwrap_or(false),
            edited: from.is_edited.0.unwrap_or(false),
            from: from.from.or_empty(),
            to: from.to.or_empty(),
            cc: from.cc.or_empty(),
            reply_to: from.reply_to.or_empty(),
            message_id: from.message_id.or_empty(),
            subject: from.subject.or_empty(),
            body: from.body.or_empty(),
            content_type: from.content_type.or_empty(),
            attachments: attachments.map(|(file, n)| attachment(file, n, detail)).collect(),
        })
    }

    pub fn history(self, from: wire::History) -> Result<History, Incomplete> {
        let ticket = TicketId::new(from.ticket.0.ok_or(Incomplete("TicketID"))?);
        let entries = from.history.all().into_iter().map(|entry| {
            Ok(HistoryEntry {
                at: self.moment(entry.create_time).ok_or(Incomplete("CreateTime"))?,
                by: entry.create_by.or_zero(),
                kind: entry.history_type.or_empty(),
                name: entry.name.or_empty(),
                article: entry.article.filled().map(ArticleId::new),
                queue: entry.queue_id.or_zero(),
                state: entry.state_id.or_zero(),
                owner: entry.owner_id.or_zero(),
                priority: entry.priority_id.or_zero(),
            })
        });
        Ok(History { ticket, entries: entries.collect::<Result<_, _>>()? })
    }

    fn moment(self, text: Text) -> Option<OffsetDateTime> {
        self.clock.at(HostTime::read(&text.0?)?, Some(self.now))
    }
}

pub fn done(from: wire::Done) -> Result<Done, Incomplete> {
    Ok(Done {
        ticket: TicketId::new(from.ticket.0.ok_or(Incomplete("TicketID"))?),
        number: from.number.or_empty(),
        article: from.article.filled().map(ArticleId::new),
    })
}

pub fn found(from: wire::Found) -> Result<Vec<TicketId>, Incomplete> {
    let ids = from.tickets.all().into_iter();
    ids.map(|id| id.0.map(TicketId::new).ok_or(Incomplete("TicketID"))).collect()
}

fn named(id: Number, name: Text) -> Option<Named> {
    Some(Named { id: id.filled()?, name: name.filled()? })
}

fn agent(id: Number, login: Text) -> Agent {
    Agent { id: id.or_zero(), login: login.or_empty() }
}

fn absolute(seconds: Number) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds.filled()?).ok()
}

fn field(from: wire::DynamicField) -> Option<Field> {
    Some(Field { name: from.name.filled()?, values: from.value.0.unwrap_or_default() })
}

fn attachment(from: wire::Attachment, n: i64, detail: Detail) -> Attachment {
    Attachment {
        n,
        name: from.filename.or_empty(),
        content_type: from.content_type.or_empty(),
        content_id: from.content_id.or_empty(),
        inline: from.disposition.0.as_deref() == Some("inline"),
        size: from.filesize_raw.or_zero().try_into().unwrap_or_default(),
        content: from.content.0.filter(|_| detail == Detail::Files),
    }
}

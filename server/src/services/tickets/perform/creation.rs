//! Making a ticket once: OTRS makes a second one for the same question (409), so after an answer that was lost the mark is
//! looked for in the histories of what was made meanwhile.

use app::model::action::NewTicket;
use time::Duration;

use super::{Attempt, End, Goal, Sent, Trouble};
use crate::{
    integrations::otrs::{
        self, Actor, Change, Condition, Failure, Field, File, NewTicket as Creation, Order, Reference, Search, SortBy,
        TicketId, TimeField,
    },
    services::tickets::plan::{self, Extra, Text},
    store,
};

/// How far clocks and answers may be apart.
const AROUND: Duration = Duration::minutes(2);
/// Most tickets made in that time.
const MOST: usize = 2_000;

impl Attempt<'_> {
    pub(super) async fn create(&self) -> Result<End, Trouble> {
        if self.row.sent_at.is_some()
            && let Some(made) = self.made().await?
        {
            return self.made_is_done(made).await;
        }
        if self.is_signed_out() {
            return Ok(End::NeedsSignIn);
        }
        let creation = self.creation().await?;
        if !self.begin(&Sent { goal: Goal::default(), base: String::new(), tries: 0 }).await? {
            return Ok(End::TakenBack);
        }
        match self.line.client.create(self.actor(), &creation).await {
            Ok(done) => self.made_is_done(done.ticket).await,
            Err(Failure::Unclear(_)) => Ok(End::Unclear),
            // A creation is refused before anything is made.
            Err(Failure::AccessDenied(why)) => Ok(End::Refused(why)),
            Err(failure) => self.end_of(&failure).await.map_err(Into::into),
        }
    }

    async fn made_is_done(&self, id: TicketId) -> Result<End, Trouble> {
        // The copy learns of it now or with the next look; the ticket is there either way.
        Ok(match self.read(id).await {
            Ok(Some((ticket, history))) => self.done(&ticket, &history, &Goal::default(), "").await?,
            Ok(None) | Err(Trouble::Otrs(_)) => End::Done { ticket: id.get(), article: None, mail: None, alone: false },
            Err(error) => return Err(error),
        })
    }

    /// The ticket that an earlier attempt made, if it did.
    async fn made(&self) -> Result<Option<TicketId>, Trouble> {
        let sent_at = self.line.theirs(self.row.sent_at.unwrap_or(self.now));
        let clock = self.line.client.clock();
        let from = clock.first_shown_from(sent_at - AROUND);
        let to = clock.last_shown_until(self.line.theirs(self.now) + AROUND);
        let search = Search {
            conditions: vec![Condition::Between(TimeField::Created, from, to)],
            limit: MOST,
            sort: (SortBy::Created, Order::Down),
        };
        let found = self.line.client.search(Actor::Service, &search).await?;
        let histories = self.line.client.histories(Actor::Service, &found).await?;
        Ok(histories
            .seen
            .iter()
            .find(|history| plan::written(history, &self.row.marker).is_some())
            .map(|history| history.ticket))
    }

    async fn creation(&self) -> Result<Creation, Trouble> {
        let new: NewTicket = serde_json::from_value(self.row.request.clone())
            .map_err(|error| Trouble::Database(sqlx::Error::Decode(error.into())))?;
        let files = store::actions::files(&mut *self.deps.db.acquire().await?, self.row.id).await?;
        let file =
            |file: store::actions::File| File { name: file.name, content_type: file.kind, content: file.content };
        let named = |name: String| Some(Reference::Name(name));
        let body = match &self.row.login {
            Some(_) => new.body,
            None => format!("{}:\n\n{}", self.name, new.body),
        };
        let text = Text {
            subject: new.title.clone(),
            body,
            visible: !new.internal.unwrap_or(false),
            mail_to: None,
            from: None,
            by_us: false,
        };
        let key = Some(&self.settings.key_field).filter(|field| !field.is_empty());
        let field = |name: &String| Field { name: name.clone(), values: vec![self.row.marker.clone()] };
        Ok(Creation {
            ticket: Extra::of(&new.fields).put(Change {
                title: Some(new.title),
                queue: named(new.queue),
                state: named(self.settings.new_state.clone()),
                priority: named(new.priority.unwrap_or_else(|| self.settings.priority.clone())),
                kind: new.kind.map(Reference::Name),
                customer_user: new.customer,
                fields: key.map(field).into_iter().collect(),
                files: files.into_iter().map(file).collect(),
                ..Change::default()
            }),
            article: otrs::NewArticle { ..plan::article(&text, &self.row.marker) },
        })
    }
}

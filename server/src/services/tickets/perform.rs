//! Doing in OTRS what was asked for, once.
//!
//! An attempt reads the ticket, sends what is missing of the goal, and reads again: what stands there decides, not the answer.
//! Before anything is sent that is written down with the goal and the version of the ticket, so that whoever takes an action
//! over after a crash or a lost answer looks first what became of it. No transaction is open while OTRS is asked. The mail of a
//! reply, where it is we who send it, is a step of its own that follows: see [`super::mail`].

mod creation;
mod refusal;
mod settle;
mod wanted;

use std::time::Instant;

use app::model::{action::ActionKind, otrs_link::TicketSettings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::{
    Line, Telling,
    apply::{self, Trouble},
    convert, links,
    mail::{self, Draft},
    plan::{self, Goal},
    settings, sight,
};
use crate::{
    auth::{
        AuthUser,
        policy::{Action as Right, allowed},
    },
    integrations::otrs::{self, Actor, Failure, History, SessionId, Ticket, TicketId},
    services::{Deps, sessions::role_of},
    store::{self, actions::Row},
};

/// How long an attempt may take before somebody else looks what became of it: longer than its questions together.
const LEASE: Duration = Duration::minutes(6);
/// A change that was sent so often and is still not whole is reported as half done.
const PERSISTENCE: u32 = 4;

/// Kinds of history entries for what customers write.
const BY_CUSTOMERS: [&str; 4] = ["FollowUp", "EmailCustomer", "WebRequestCustomer", "PhoneCallCustomer"];

/// What was to be reached when it was first sent, and how the ticket was then.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Sent {
    goal: Goal,
    base: String,
    /// How often.
    #[serde(default)]
    tries: u32,
}

/// How an attempt ended.
#[derive(Debug)]
enum End {
    Done {
        ticket: i64,
        article: Option<i64>,
        /// What is mailed to the customer now.
        mail: Option<Draft>,
        /// Nobody else did anything to it since its author saw it.
        alone: bool,
    },
    Conflict,
    NeedsSignIn,
    /// Refused, and nothing of it happened.
    Refused(String),
    /// As above, because of a field that forms ask for; with the reason for its author.
    Field(&'static str, String),
    /// Refused, and some of it happened.
    HalfDone(String),
    Gone,
    /// OTRS is away and nothing was sent in this attempt.
    Away,
    /// It is not known yet whether it happened; look again later.
    Unclear,
    /// Some of it happened; the rest is asked for at once.
    Again,
    /// Its author took it back meanwhile.
    TakenBack,
}

/// Carries out the next action that is due. Whether there was one.
///
/// # Errors
/// Those of the database; the action is looked at again when its lease is over.
pub async fn perform_due(deps: &Deps, line: &Line, now: OffsetDateTime) -> sqlx::Result<bool> {
    let row = store::actions::work::take_due(&mut *deps.db.acquire().await?, now, now + LEASE).await?;
    let Some(row) = row else { return Ok(false) };
    let attempt = Attempt::prepare(deps, line, row, now).await?;
    let end = match attempt.end().await {
        Ok(end) => end,
        Err(Trouble::Database(error)) => return Err(error),
        Err(Trouble::Otrs(failure)) => attempt.end_of(&failure).await?,
    };
    attempt.settle(end).await?;
    Ok(true)
}

/// One attempt at one action.
struct Attempt<'a> {
    deps: &'a Deps,
    line: &'a Line,
    row: Row,
    now: OffsetDateTime,
    began: Instant,
    settings: TicketSettings,
    /// Whose it is, by name.
    name: String,
    user: AuthUser,
    /// His session, where it is he who acts.
    session: Option<SessionId>,
    link: Option<store::otrs_links::Link>,
}

impl<'a> Attempt<'a> {
    async fn prepare(deps: &'a Deps, line: &'a Line, row: Row, now: OffsetDateTime) -> sqlx::Result<Self> {
        let began = Instant::now();
        let mut db = deps.db.acquire().await?;
        let settings = settings::get(&mut db).await?;
        let account = store::accounts::by_id(&mut db, row.account_id).await?.ok_or(sqlx::Error::RowNotFound)?;
        let link = store::otrs_links::get(&mut db, row.account_id).await?;
        let same = |link: &store::otrs_links::Link| {
            row.login.as_ref().is_some_and(|login| login.to_lowercase() == link.login.to_lowercase())
        };
        let link = link.filter(same);
        let session = link.as_ref().and_then(|link| links::session(line, link));
        let user = author(deps, &account);
        Ok(Self { deps, line, row, now, began, settings, name: account.name, user, session, link })
    }

    fn actor(&self) -> Actor<'_> {
        self.session.as_ref().map_or(Actor::Service, Actor::Agent)
    }

    /// Whoever acted with a login of his own is never replaced by the service agent.
    fn is_signed_out(&self) -> bool {
        self.row.login.is_some() && self.session.is_none()
    }

    async fn end(&self) -> Result<End, Trouble> {
        if !allowed(self.user.role, Right::WorkTickets) {
            return Ok(End::Refused("the role of the author has changed".to_owned()));
        }
        if self.row.kind == ActionKind::Create.as_str() {
            return self.create().await;
        }
        let id = TicketId::new(self.row.ticket_id.unwrap_or_default());
        let Some((ticket, history)) = self.read(id).await? else { return Ok(End::Gone) };
        let version = convert::version(&ticket, history.entries.len());
        let sent: Option<Sent> = self.row.sent.clone().and_then(|sent| serde_json::from_value(sent).ok());
        let goal = match &sent {
            Some(sent) => sent.goal.clone(),
            None if self.moved_on(&version) => return Ok(End::Conflict),
            None => self.goal(&ticket).await?,
        };
        let missing = plan::missing(&goal, &ticket, &history, &self.row.marker);
        if missing.is_reached() {
            let base = sent.as_ref().map_or(&version, |sent| &sent.base);
            return Ok(self.done(&ticket, &history, &goal, base).await?);
        }
        if sent.is_none() && !self.sees(id).await? {
            return Ok(End::Gone);
        }
        let is_second = missing.is_files_alone();
        if is_second && plan::written(&history, &plan::mark_of_files(&self.row.marker)).is_some() {
            // A third article would bring them no better.
            return Ok(End::HalfDone(listed(&missing)));
        }
        if let Some(sent) = &sent
            && !convert::is_same(&sent.base, &version)
            && self.somebody_else(&history, &sent.base).await?
        {
            let nothing =
                missing == plan::missing(&goal, &ticket, &History { entries: Vec::new(), ..history.clone() }, "");
            return Ok(if nothing { End::Conflict } else { End::HalfDone(listed(&missing)) });
        }
        if self.is_signed_out() {
            return Ok(End::NeedsSignIn);
        }
        // What is sent again after others changed nothing begins where the first one did.
        let (base, tries) = sent.map_or((version, 0), |sent| (sent.base, sent.tries));
        let sent = Sent { goal, base, tries: tries + 1 };
        if !self.begin(&sent).await? {
            return Ok(End::TakenBack);
        }
        let change = self.change(&missing, &sent.goal).await?;
        let answer = self.line.client.update(self.actor(), id, &change).await;
        if let Err(failure) = &answer
            && !failure.may_have_changed()
        {
            return self.end_of(failure).await.map_err(Into::into);
        }
        self.look_back(id, &sent, &missing, answer.err()).await
    }

    /// What stands there after something was sent.
    async fn look_back(
        &self,
        id: TicketId,
        sent: &Sent,
        wanted: &Goal,
        failure: Option<Failure>,
    ) -> Result<End, Trouble> {
        let Ok(Some((ticket, history))) = self.read(id).await else { return Ok(End::Unclear) };
        let left = plan::missing(&sent.goal, &ticket, &history, &self.row.marker);
        if left.is_reached() {
            return Ok(self.done(&ticket, &history, &sent.goal, &sent.base).await?);
        }
        Ok(match failure {
            Some(Failure::Unclear(_)) => End::Unclear,
            // The text stands there: that is not nothing.
            Some(failure) if left == *wanted && !left.is_files_alone() => refusal::refused(&failure),
            _ if left.is_files_alone() && *wanted == left => End::HalfDone(listed(&left)),
            Some(failure) if sent.tries >= PERSISTENCE => End::HalfDone(format!("{failure}; {}", listed(&left))),
            None if sent.tries >= PERSISTENCE => End::HalfDone(listed(&left)),
            _ => End::Again,
        })
    }

    /// The ticket and its history as the service agent sees them, which renews the copy as well.
    async fn read(&self, id: TicketId) -> Result<Option<(Ticket, History)>, Trouble> {
        Ok(apply::refresh(self.deps, self.line, &[id], Telling::Aloud, self.now).await?.pop())
    }

    fn moved_on(&self, version: &str) -> bool {
        self.row.seen_version.as_ref().is_some_and(|seen| !convert::is_same(seen, version))
    }

    /// Whether anybody but the author changed the ticket since.
    async fn somebody_else(&self, history: &History, base: &str) -> sqlx::Result<bool> {
        let mut db = self.deps.db.acquire().await?;
        let login = self.row.login.as_deref().unwrap_or(self.line.client.user());
        let mut ours = store::tickets::names::agent_ids(&mut db, login).await?;
        ours.extend(plan::written(history, &self.row.marker).map(|(_, by)| by));
        let since = usize::try_from(convert::entries_of(base)).unwrap_or_default();
        // 1 is OTRS itself: resets and notices that follow from a change.
        Ok(!ours.is_empty()
            && history.entries.iter().skip(since).any(|entry| entry.by != 1 && !ours.contains(&entry.by)))
    }

    /// Whether the customer wrote since, which is the work of OTRS itself.
    fn has_customer(history: &History, base: &str) -> bool {
        let since = usize::try_from(convert::entries_of(base)).unwrap_or_default();
        history.entries.iter().skip(since).any(|entry| BY_CUSTOMERS.contains(&entry.kind.as_str()))
    }

    /// Writes down that it is sent now, unless its author took it back.
    async fn begin(&self, sent: &Sent) -> sqlx::Result<bool> {
        let mut db = self.deps.db.acquire().await?;
        store::actions::work::sending(&mut db, self.row.id, &json!(sent), self.now).await
    }

    /// Whether the author, for whom the service agent acts, may still see it; a login of his own OTRS itself asks for.
    async fn sees(&self, ticket: TicketId) -> sqlx::Result<bool> {
        let mut db = self.deps.db.acquire().await?;
        Ok(self.row.login.is_some() || sight::sees(&mut db, &self.user, ticket.get().into(), self.now).await?)
    }

    async fn done(&self, ticket: &Ticket, history: &History, goal: &Goal, base: &str) -> sqlx::Result<End> {
        let article = plan::written(history, &self.row.marker).and_then(|(article, _)| article);
        let mail = goal
            .article
            .as_ref()
            .filter(|text| text.by_us)
            .map(|text| mail::draft(ticket, text, &self.row, &self.settings));
        let alone = !Self::has_customer(history, base) && !self.somebody_else(history, base).await?;
        Ok(End::Done { ticket: ticket.id.get(), article: article.map(otrs::ArticleId::get), mail, alone })
    }

    /// How an attempt ends at which OTRS said this and surely did nothing.
    async fn end_of(&self, failure: &Failure) -> sqlx::Result<End> {
        Ok(match failure {
            Failure::AuthFail => match &self.link {
                Some(link) => {
                    links::ended(self.deps, link, self.now).await?;
                    End::NeedsSignIn
                }
                None => End::Away,
            },
            Failure::AccessDenied(_) => End::Gone,
            Failure::Unclear(_) => End::Unclear,
            Failure::Unavailable(_) | Failure::Busy { .. } => End::Away,
            Failure::InvalidParameter(_)
            | Failure::MissingParameter(_)
            | Failure::Partial(_)
            | Failure::TooLarge(_)
            | Failure::Misconfigured(_) => refusal::refused(failure),
        })
    }
}

/// Whose action it is, for the rights table.
pub(super) fn author(deps: &Deps, account: &store::accounts::Record) -> AuthUser {
    AuthUser {
        account: account.id,
        telegram_id: account.telegram_id,
        role: role_of(&deps.config, account.telegram_id, account.role),
        employee: None,
        session: 0.into(),
        language: account.language.unwrap_or_default(),
    }
}

/// What is left, for people who have to finish it by hand.
fn listed(left: &Goal) -> String {
    let said = |what: &str, value: &Option<String>| value.as_ref().map(|value| format!("{what}: {value}"));
    let parts = [
        said("Queue", &left.queue),
        said("State", &left.state),
        said("Priority", &left.priority),
        said("Owner", &left.owner),
        left.locked.map(|locked| format!("Lock: {}", if locked { "lock" } else { "unlock" })),
        left.article.as_ref().map(|_| "Article".to_owned()),
        (!left.files.is_empty())
            .then(|| format!("Files: {}", left.files.iter().map(|paper| &*paper.name).collect::<Vec<_>>().join(", "))),
    ];
    parts.into_iter().flatten().chain(left.extra.listed()).collect::<Vec<_>>().join(", ")
}

//! As whom people act in OTRS: signing in there once, learning which queues that lets them see, and noticing when it does no
//! longer.

use app::model::{
    Error, Result,
    ids::AccountId,
    live::Topic,
    otrs_link::{LinkState, OtrsLink, OtrsSignIn},
};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use tokio::time::timeout;

use super::{Line, Tickets, settings, sight, unavailable};
use crate::{
    auth::policy::Action,
    cache::Limit,
    error::violated,
    integrations::otrs::{Actor, Condition, Detail, Failure, Order, Search, SessionId, SortBy, TicketId},
    services::{Deps, servers::json as raw},
    store::{
        self,
        live_log::{Audience, News},
        otrs_links::Link,
    },
};

/// How often rights are learnt again; questions keep the session alive, too.
const AGAIN: Duration = Duration::minutes(3);
/// How long whoever learns them has for it.
const LEARNING: Duration = Duration::minutes(2);
/// How long somebody waits for it himself.
const AT_ONCE: std::time::Duration = std::time::Duration::from_secs(10);
/// Refused tickets that are asked for again each time.
const REFUSED: i64 = 40;

impl Tickets {
    pub(super) async fn my_link(&self) -> Result<OtrsLink> {
        let user = self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let read = async {
            let mut db = self.deps.db.acquire().await?;
            let (sight, link) = sight::of(&mut db, user, self.caller.now).await?;
            let settings = settings::get(&mut db).await?;
            let queues = store::tickets::names::queues(&mut db, &sight).await?;
            Ok((link, settings, queues))
        };
        let (link, settings, queues) = read.await.map_err(|error| self.failed(error))?;
        let state = link.as_ref().map_or(LinkState::None, |link| match link.session {
            Some(_) => LinkState::Linked,
            None => LinkState::Ended,
        });
        Ok(OtrsLink {
            state,
            linked_at: link.as_ref().map(|link| link.linked_at),
            login: link.map(|link| link.login),
            queues: queues.into_iter().map(|queue| queue.name).collect(),
            undo_delay_s: settings.undo_delay_s,
            mailing: settings.mailing,
        })
    }

    pub(super) async fn link_login(&self, sign_in: OtrsSignIn) -> Result<OtrsLink> {
        let account = self.caller.may(Action::WorkTickets)?.account;
        let line = self.line()?;
        let login = sign_in.login.trim();
        if login.is_empty() || login.len() > 200 || login.chars().any(char::is_control) {
            return Err(Error::invalid("login", "required"));
        }
        if sign_in.password.is_empty() || sign_in.password.len() > 1_000 {
            return Err(Error::invalid("password", "required"));
        }
        // OTRS shuts agents out who fail too often, and this must be no place to guess passwords.
        let tries = format!("otrs-link:{account}");
        self.deps.cache.admit(Limit::SignIns, &tries).await?;
        let session = match line.client.sign_in(login, &SecretString::from(sign_in.password)).await {
            Ok(session) => session,
            Err(Failure::AuthFail) => return Err(Error::invalid("password", "otrs_refused")),
            Err(failure) => return Err(unavailable(&self.caller.reference, failure)),
        };
        let sealed = line.sealer.seal(&owner(account), session.expose());
        let sealed = sealed.ok_or_else(|| Error::invalid("password", "otrs_refused"))?;
        let stored = async {
            let mut tx = self.deps.db.begin().await?;
            store::otrs_links::set(&mut tx, account, login, &sealed, self.caller.now).await?;
            store::actions::signed_in(&mut tx, account, login, self.caller.now).await?;
            let entry = store::audit::Entry {
                at: self.caller.now,
                by: Some(account),
                action: "otrs.linked",
                object: format!("account:{account}"),
                detail: json!({ "login": login }),
            };
            store::audit::insert(&mut tx, &entry).await?;
            store::live_log::append(&mut tx, &[changed(account)], self.caller.now).await?;
            tx.commit().await
        };
        stored.await.map_err(|error| match violated(&error) {
            Some("link_login_key") => Error::conflict("otrs_login_taken"),
            _ => self.failed(error),
        })?;
        line.new_actions.notify_one();
        self.learn_now(&line, account).await?;
        self.my_link().await
    }

    pub(super) async fn unlink(&self) -> Result<OtrsLink> {
        let account = self.caller.may(Action::WorkTickets)?.account;
        self.line()?;
        let gone = async {
            let mut tx = self.deps.db.begin().await?;
            if store::otrs_links::delete(&mut tx, account).await? {
                store::live_log::append(&mut tx, &[changed(account)], self.caller.now).await?;
            }
            tx.commit().await
        };
        gone.await.map_err(|error| self.failed(error))?;
        self.my_link().await
    }

    /// Learns at once what the caller may see.
    pub(super) async fn learn_now(&self, line: &Line, account: AccountId) -> Result<()> {
        let link = async { store::otrs_links::get(&mut *self.deps.db.acquire().await?, account).await };
        let Some(link) = link.await.map_err(|error: sqlx::Error| self.failed(error))? else { return Ok(()) };
        // OTRS may be slow or away: the worker goes on with it.
        match timeout(AT_ONCE, learn(&self.deps, line, &link, self.caller.now)).await {
            Ok(Err(Trouble::Database(error))) => Err(self.failed(error)),
            _ => Ok(()),
        }
    }
}

pub(super) use super::apply::Trouble;

/// Learns the rights of somebody for whom that is due. Whether there was anybody.
///
/// # Errors
/// Those of OTRS and of the database.
pub async fn learn_due(deps: &Deps, line: &Line, now: OffsetDateTime) -> std::result::Result<bool, Trouble> {
    let link = store::otrs_links::take_due(&mut *deps.db.acquire().await?, now, now + LEARNING).await?;
    let Some(link) = link else { return Ok(false) };
    learn(deps, line, &link, now).await?;
    Ok(true)
}

/// Asks with somebody's own session for one ticket of each queue: OTRS leaves out what he may not read.
async fn learn(deps: &Deps, line: &Line, link: &Link, now: OffsetDateTime) -> std::result::Result<(), Trouble> {
    let Some(session) = session(line, link) else {
        ended(deps, link, now).await?;
        return Ok(());
    };
    let (queues, refused) = {
        let mut db = deps.db.acquire().await?;
        let queues = store::tickets::names::all_queues(&mut db).await?;
        (queues, store::otrs_links::refusals(&mut db, link.account_id, REFUSED).await?)
    };
    let mut seen = Vec::new();
    for queue in queues {
        let one =
            Search { conditions: vec![Condition::Queues(vec![queue])], limit: 1, sort: (SortBy::Created, Order::Down) };
        match line.client.search(Actor::Agent(&session), &one).await {
            Ok(found) if found.is_empty() => {}
            Ok(_) => seen.push(queue),
            Err(Failure::AuthFail) => {
                ended(deps, link, now).await?;
                return Ok(());
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    let refused: Vec<TicketId> = refused.into_iter().map(TicketId::new).collect();
    let given = match line.client.tickets(Actor::Agent(&session), &refused, Detail::Fields).await {
        Ok(given) => given.seen.into_iter().map(|ticket| ticket.id.get()).collect(),
        Err(Failure::AuthFail) => Vec::new(),
        Err(failure) => return Err(failure.into()),
    };
    let mut tx = deps.db.begin().await?;
    let differs = store::otrs_links::prove(&mut tx, link.account_id, &seen, now, now + AGAIN).await?;
    store::otrs_links::allow(&mut tx, link.account_id, &given).await?;
    if differs || !given.is_empty() {
        store::live_log::append(&mut tx, &[changed(link.account_id)], now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// OTRS does not know the session of this link any more: its owner is told.
pub(super) async fn ended(deps: &Deps, link: &Link, now: OffsetDateTime) -> sqlx::Result<()> {
    let Some(session) = &link.session else { return Ok(()) };
    let mut tx = deps.db.begin().await?;
    if store::otrs_links::end(&mut tx, link.account_id, session, now).await? {
        store::live_log::append(&mut tx, &[changed(link.account_id)], now).await?;
    }
    tx.commit().await
}

/// OTRS refuses this ticket to the owner of this link: it is hidden from him at once, and what else he may see is learnt again.
pub(super) async fn refused(deps: &Deps, link: &Link, ticket: i64, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx: sqlx::Transaction<'_, sqlx::Postgres> = deps.db.begin().await?;
    if store::otrs_links::refuse(&mut tx, link.account_id, ticket, now).await? {
        store::otrs_links::doubt(&mut tx, link.account_id, now).await?;
        let data = raw(&json!({ "id": app::model::ids::TicketId::from(ticket) }));
        let audience = Some(Audience::Account { account: link.account_id.get() });
        let news = News { topic: Topic::Tickets, event: "ticket.vanished", data, audience };
        store::live_log::append(&mut tx, &[news], now).await?;
    }
    tx.commit().await
}

/// The session of a link, if it has one that opens with our key.
pub(super) fn session(line: &Line, link: &Link) -> Option<SessionId> {
    let sealed = link.session.as_ref()?;
    line.sealer.open(&owner(link.account_id), sealed).map(SessionId::new)
}

/// The link of an account.
pub(super) async fn of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Link>> {
    store::otrs_links::get(db, account).await
}

fn owner(account: AccountId) -> String {
    format!("otrs.link:{account}")
}

/// What somebody may see or as whom he acts has changed: his screens ask anew.
fn changed(account: AccountId) -> News {
    let audience = Some(Audience::Account { account: account.get() });
    News { topic: Topic::Tickets, event: "otrs_link.changed", data: raw(&json!({})), audience }
}

//! What somebody may see: what OTRS lets his own session find, or what his role sees when he has none there.

use app::model::{
    ids::{AccountId, TicketId},
    otrs_link::TicketSettings,
    user::Role,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::settings;
use crate::{
    auth::{
        AuthUser,
        policy::{Action, allowed},
    },
    services::Deps,
    store::{self, live_log::Audience, otrs_links::Link, tickets::list::Sight},
};

/// Rights that were not proven for this long count no more: whoever was shut out of OTRS does not read on here. A session there
/// lasts sixteen hours at most, so this is the morning after at the latest.
const PROVEN: Duration = Duration::hours(12);

/// What this user may see, and his link if he has one.
///
/// # Errors
/// Those of the database.
pub async fn of(db: &mut PgConnection, user: &AuthUser, now: OffsetDateTime) -> sqlx::Result<(Sight, Option<Link>)> {
    let nothing = Sight { account: user.account.get(), ..Sight::default() };
    if !allowed(user.role, Action::WorkTickets) {
        return Ok((nothing, None));
    }
    let link = store::otrs_links::get(db, user.account).await?;
    let sight = match &link {
        Some(link) => {
            let is_proven = link.proven_at.is_some_and(|at| at > now - PROVEN);
            Sight {
                queues: store::otrs_links::queues(db, user.account, now - PROVEN).await?,
                login: Some(link.login.to_lowercase()).filter(|_| is_proven),
                ..nothing
            }
        }
        None => {
            let settings = settings::get(db).await?;
            Sight { queues: of_role(db, user.role, &settings).await?, ..nothing }
        }
    };
    Ok((sight, link))
}

/// Whether this user may see this ticket.
///
/// # Errors
/// Those of the database.
pub async fn sees(db: &mut PgConnection, user: &AuthUser, ticket: TicketId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let (sight, _) = of(db, user, now).await?;
    Ok(!store::tickets::list::rows(db, &sight, &[ticket.get()]).await?.is_empty())
}

async fn of_role(db: &mut PgConnection, role: Role, settings: &TicketSettings) -> sqlx::Result<Vec<i64>> {
    let names = settings.role_queues.iter().filter(|given| given.role <= role).map(|given| given.queue.clone());
    let names: Vec<String> = names.collect();
    if names.is_empty() { Ok(Vec::new()) } else { store::tickets::names::queue_ids(db, &names).await }
}

/// What an open screen may hear; looked at anew every few seconds.
#[derive(Clone, Debug, Default)]
pub struct Ears {
    sight: Sight,
    refused: Vec<i64>,
}

impl Ears {
    /// Of this user.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(deps: &Deps, user: &AuthUser, now: OffsetDateTime) -> sqlx::Result<Self> {
        let mut db = deps.db.acquire().await?;
        let (sight, _) = of(&mut db, user, now).await?;
        let refused = store::otrs_links::refusals(&mut db, AccountId::from(sight.account), i64::MAX).await?;
        Ok(Self { sight, refused })
    }

    /// Whether he may hear this.
    #[must_use]
    pub fn hear(&self, audience: &Audience) -> bool {
        match audience {
            Audience::Account { account } => *account == self.sight.account,
            Audience::Ticket { ticket, queue, unless_queue, agents } => {
                let sees = |queue: &i64| self.sight.queues.contains(queue);
                let by_queue = sees(queue) && !unless_queue.as_ref().is_some_and(sees);
                let is_his = self.sight.login.as_ref().is_some_and(|login| agents.contains(login));
                (by_queue || is_his) && !self.refused.contains(ticket)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hears_of_ones_queues_and_of_what_is_ones_own() {
        let sight = Sight { account: 7, queues: vec![5], login: Some("anna".into()) };
        let ears = Ears { sight, refused: vec![99] };
        let ticket = |ticket, queue, unless_queue, agents: &[&str]| Audience::Ticket {
            ticket,
            queue,
            unless_queue,
            agents: agents.iter().map(|&agent| agent.to_owned()).collect(),
        };
        let table = [
            (ticket(1, 5, None, &[]), true),
            (ticket(1, 6, None, &[]), false),
            (ticket(1, 6, None, &["anna"]), true),
            (ticket(1, 6, None, &["bob"]), false),
            (ticket(1, 5, Some(6), &[]), true),
            (ticket(1, 5, Some(5), &[]), false),
            (ticket(99, 5, None, &["anna"]), false),
            (Audience::Account { account: 7 }, true),
            (Audience::Account { account: 8 }, false),
        ];
        for (audience, expected) in table {
            assert_eq!(ears.hear(&audience), expected, "{audience:?}");
        }
    }
}

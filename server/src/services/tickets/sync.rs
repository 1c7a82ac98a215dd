//! Keeping the copy abreast of OTRS: its first filling, what changes, what disappears. One node does it at a time.

use app::model::live::Topic;
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use super::{
    Line, Telling,
    apply::{self, Trouble},
    events, settings, shown,
};
use crate::{
    integrations::otrs::{Actor, Condition, HostTime, Order, Search, SortBy, TicketId, Walk},
    services::{Deps, servers::json as raw},
    store::{
        self,
        live_log::{Audience, News},
        tickets::sync::Sync,
    },
};

/// Bounds are to the second and clocks run apart: each look begins so much before the end of the last one.
const OVERLAP: Duration = Duration::seconds(10);
/// What changed in this time is copied first.
const RECENT: Duration = Duration::days(30);
/// Tickets that are read and written at once.
const BATCH: usize = 40;
/// Tickets of which is asked at once whether they are still there: an address stays short of what proxies take.
const SWEPT: i64 = 250;

/// What there is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Go on at once.
    More,
    /// Nothing for now.
    Nothing,
}

/// Copies tickets. What it remembers is only for speed: another node goes on where this one wrote that it was.
#[derive(Debug, Default)]
pub struct Copier {
    filling: Mutex<Option<Filling>>,
}

/// A stretch of the past that is being copied.
#[derive(Debug)]
struct Filling {
    span: i16,
    walk: Walk,
    /// Found and not written yet.
    found: Vec<TicketId>,
}

impl Copier {
    /// Does the next piece: of the first filling, or one look at what changed.
    ///
    /// # Errors
    /// Those of OTRS and of the database.
    pub async fn run_once(&self, deps: &Deps, line: &Line, now: OffsetDateTime) -> Result<Left, Trouble> {
        match self.go_on(deps, line, now).await {
            Ok(left) => Ok(left),
            Err(Trouble::Otrs(failure)) => {
                away(deps, &failure.to_string(), now).await?;
                Err(Trouble::Otrs(failure))
            }
            Err(error) => Err(error),
        }
    }

    async fn go_on(&self, deps: &Deps, line: &Line, now: OffsetDateTime) -> Result<Left, Trouble> {
        let mut sync = read(&deps.db).await?;
        if sync.source != line.source {
            let mut tx = deps.db.begin().await?;
            store::tickets::sync::begin_anew(&mut tx, &line.source).await?;
            tx.commit().await?;
            *self.filling.lock().await = None;
            sync = read(&deps.db).await?;
        }
        let theirs = line.client.host_now(Actor::Service).await?;
        line.set_clocks(theirs, now);
        if sync.span < 2 {
            self.fill(deps, line, sync, theirs, now).await
        } else {
            // Before anything else is asked: figures of an older rule are wrong now.
            if events::renew(deps).await? {
                return Ok(Left::More);
            }
            follow(deps, line, sync, theirs, now).await
        }
    }

    /// The first filling: what changed lately, then the rest.
    async fn fill(
        &self,
        deps: &Deps,
        line: &Line,
        sync: Sync,
        theirs: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<Left, Trouble> {
        let clock = line.client.clock();
        let sync = if sync.first_until.is_some() { sync } else { begin(deps, line, theirs).await? };
        let until =
            sync.first_until.as_deref().and_then(HostTime::read).unwrap_or_else(|| clock.last_shown_until(theirs));
        let recent = clock.first_shown_from(sync.through.unwrap_or(theirs) - RECENT);
        let mut filling = self.filling.lock().await;
        let span = sync.span;
        if filling.as_ref().is_none_or(|filling| filling.span != span) {
            let (from, to) = if span == 0 { (recent, until) } else { (HostTime::EARLIEST, recent) };
            let from = sync.position.as_deref().and_then(HostTime::read).unwrap_or(from);
            *filling = Some(Filling { span, walk: Walk::new(clock, from, to), found: Vec::new() });
        }
        let Some(Filling { walk, found, .. }) = filling.as_mut() else { return Ok(Left::More) };
        if found.is_empty() {
            match line.client.step(Actor::Service, walk, &[]).await? {
                Some(new) => *found = new,
                None => {
                    *filling = None;
                    end_span(deps, span, sync.through.unwrap_or(theirs), theirs - now).await?;
                    return Ok(Left::More);
                }
            }
        }
        let batch: Vec<TicketId> = found.iter().copied().take(BATCH).collect();
        apply::refresh(deps, line, &batch, Telling::Quiet, now).await?;
        found.drain(..batch.len());
        let mut db = deps.db.acquire().await?;
        store::tickets::sync::is_back(&mut db).await?;
        if found.is_empty()
            && let Some(position) = walk.done_before()
        {
            store::tickets::sync::progress(&mut db, span, Some(&position.to_string())).await?;
        }
        Ok(Left::More)
    }
}

/// A stretch of the past is copied. After the last one the copy is right as of the beginning of the filling; what changed meanwhile
/// is found by the next look.
async fn end_span(deps: &Deps, span: i16, begun: OffsetDateTime, ahead: Duration) -> sqlx::Result<()> {
    let mut tx = deps.db.begin().await?;
    store::tickets::sync::progress(&mut tx, span + 1, None).await?;
    if span == 1 {
        store::tickets::sync::caught_up(&mut tx, begun, begun - ahead).await?;
    }
    store::tickets::sync::take_stock(&mut tx).await?;
    tx.commit().await
}

async fn begin(deps: &Deps, line: &Line, theirs: OffsetDateTime) -> Result<Sync, Trouble> {
    let newest = Search { conditions: Vec::new(), limit: 1, sort: (SortBy::Created, Order::Down) };
    let about = line.client.search(Actor::Service, &newest).await?.first().map(|id| id.get());
    let until = line.client.clock().last_shown_until(theirs).to_string();
    store::tickets::sync::begin(&mut *deps.db.acquire().await?, &until, theirs - OVERLAP, about).await?;
    Ok(read(&deps.db).await?)
}

/// What changed since the last look.
async fn follow(
    deps: &Deps,
    line: &Line,
    sync: Sync,
    theirs: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Left, Trouble> {
    let clock = line.client.clock();
    let from = clock.first_shown_from(sync.through.unwrap_or(theirs) - OVERLAP);
    let mut walk = Walk::new(clock, from, clock.last_shown_until(theirs));
    while let Some(found) = line.client.step(Actor::Service, &mut walk, &[]).await? {
        for ids in found.chunks(BATCH) {
            apply::refresh(deps, line, ids, Telling::Aloud, now).await?;
        }
    }
    let mut tx = deps.db.begin().await?;
    let was_away = store::tickets::sync::is_back(&mut tx).await?;
    store::tickets::sync::caught_up(&mut tx, theirs, now).await?;
    let near = Duration::minutes(i64::from(settings::get(&mut tx).await?.escalation_minutes));
    if was_away {
        tell_copy(&mut tx, now).await?;
    }
    tx.commit().await?;
    apply::tell_escalations(deps, now + near, now).await?;
    sweep(deps, line, sync.swept, now).await?;
    Ok(Left::Nothing)
}

/// Looks whether some of the tickets are still there: what is deleted, or moved out of sight, changes nothing that a search would
/// find.
async fn sweep(deps: &Deps, line: &Line, after: i64, now: OffsetDateTime) -> Result<(), Trouble> {
    let ids = store::tickets::sync::to_sweep(&mut *deps.db.acquire().await?, after, SWEPT).await?;
    let asked: Vec<TicketId> = ids.iter().copied().map(TicketId::new).collect();
    let all = Search {
        conditions: vec![Condition::Tickets(asked.clone())],
        limit: asked.len() + 1,
        sort: (SortBy::Created, Order::Down),
    };
    let found = line.client.search(Actor::Service, &all).await?;
    let lost: Vec<TicketId> = asked.into_iter().filter(|id| !found.contains(id)).collect();
    for ids in lost.chunks(BATCH) {
        apply::refresh(deps, line, ids, Telling::Aloud, now).await?;
    }
    let last = if ids.len() < usize::try_from(SWEPT).unwrap_or_default() {
        0
    } else {
        ids.last().copied().unwrap_or_default()
    };
    store::tickets::sync::swept(&mut *deps.db.acquire().await?, last).await?;
    Ok(())
}

async fn read(db: &PgPool) -> sqlx::Result<Sync> {
    store::tickets::sync::get(&mut *db.acquire().await?).await
}

/// OTRS does not answer: the screens say as of when they speak.
async fn away(deps: &Deps, failure: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = deps.db.begin().await?;
    if store::tickets::sync::is_away(&mut tx, failure, now).await? {
        tell_copy(&mut tx, now).await?;
    }
    tx.commit().await
}

async fn tell_copy(tx: &mut sqlx::PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    let copy = shown::copy(&store::tickets::sync::get(tx).await?);
    let none: Option<Audience> = None;
    let news = News { topic: Topic::Tickets, event: "tickets.copy", data: raw(&copy), audience: none };
    store::live_log::append(tx, &[news], now).await
}

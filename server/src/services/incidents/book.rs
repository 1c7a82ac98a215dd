//! What becomes of incidents when monitors go down and come back, within the transaction that writes it.
//!
//! A server that is reached through another one waits for it: its incident is *pending* while the parent is looked
//! at, and then joins the parent's or begins on its own. One hop counts: the parent of the parent is the
//! parent's affair.

use std::collections::{BTreeMap, BTreeSet};

use app::model::{
    ids::{IncidentId, MonitorId, ServerId},
    incident::IncidentEventKind,
    live::Topic,
    monitor::Reason,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::shown;
use crate::{
    services::{
        Deps,
        servers::{json, windows::OpenWindows},
    },
    store::{
        self,
        checks::StateRow,
        incidents::{Down, NewEvent, Pending},
        live_log::News,
        notify::Event,
    },
};

/// How long a pending incident waits at most for a parent that is in doubt.
const LONGEST_WAIT: Duration = Duration::minutes(5);

/// The incidents of one transaction.
pub(in crate::services) struct Book<'a> {
    deps: &'a Deps,
    db: &'a mut PgConnection,
    now: OffsetDateTime,
    windows: Option<OpenWindows>,
    happened: BTreeMap<IncidentId, &'static str>,
    look_at: BTreeSet<ServerId>,
}

impl<'a> Book<'a> {
    /// Begins to write.
    pub(in crate::services) fn open(deps: &'a Deps, db: &'a mut PgConnection, now: OffsetDateTime) -> Self {
        Self { deps, db, now, windows: None, happened: BTreeMap::new(), look_at: BTreeSet::new() }
    }

    /// The transaction.
    pub(in crate::services) fn connection(&mut self) -> &mut PgConnection {
        self.db
    }

    /// A monitor was judged down.
    pub(in crate::services) async fn went_down(
        &mut self,
        row: &StateRow,
        reason: &Reason,
        at: OffsetDateTime,
    ) -> sqlx::Result<()> {
        let server = ServerId::from(row.server_id);
        // What was seen says more than that it was seen three times.
        let reason = row.reason.as_ref().map_or(reason, |seen| &seen.0).clone();
        if let Some(own) = store::incidents::current_of(self.db, server).await? {
            return self.join(own.id, !own.pending, row.monitor_id, None, &reason, at).await;
        }
        let parent = row.parent_id.map(ServerId::from);
        if let Some(parent) = parent {
            if let Some(theirs) = store::incidents::current_of(self.db, parent).await? {
                return self.join(theirs.id, !theirs.pending, row.monitor_id, Some(server), &reason, at).await;
            }
            if let Some(wait) = self.one_retry(parent).await? {
                let quiet = self.is_quiet(server).await?;
                let until = Some(self.now + wait);
                let id = store::incidents::insert(self.db, server, at, until, &reason, quiet).await?;
                store::incidents::add_member(self.db, id, row.monitor_id, at, &reason).await?;
                self.look_at.insert(parent);
                return Ok(());
            }
        }
        let quiet = self.is_quiet(server).await?;
        let id = store::incidents::insert(self.db, server, at, None, &reason, quiet).await?;
        store::incidents::add_member(self.db, id, row.monitor_id, at, &reason).await?;
        self.opened(id, server, &reason, at).await
    }

    /// Monitors came back, or nobody looks at them any more.
    pub(in crate::services) async fn came_back(&mut self, monitors: &[i64], at: OffsetDateTime) -> sqlx::Result<()> {
        let before = store::incidents::members_down(self.db, monitors).await?;
        for id in store::incidents::recover_members(self.db, monitors, at).await? {
            let servers: BTreeSet<ServerId> =
                before.iter().filter(|(incident, _)| *incident == id).map(|(_, server)| *server).collect();
            self.settle(id, &servers, at).await?;
        }
        Ok(())
    }

    /// A pending incident has waited: its parent explains it, is still in doubt, or has nothing to do with it.
    pub(super) async fn decide(&mut self, pending: &Pending) -> sqlx::Result<()> {
        let down = store::incidents::still_down(self.db, pending.id).await?;
        let Some(first) = down.first() else {
            return store::incidents::drop_pending(self.db, pending.id).await;
        };
        if let Some(parent) = pending.parent_id.map(ServerId::from) {
            if let Some(theirs) = store::incidents::current_of(self.db, parent).await? {
                return self.absorb(pending, theirs.id, !theirs.pending).await;
            }
            let waited = self.now - pending.opened_at;
            if waited < LONGEST_WAIT && store::incidents::is_in_doubt(self.db, parent).await? {
                let wait = self.one_retry(parent).await?.unwrap_or(Duration::SECOND);
                self.look_at.insert(parent);
                return store::incidents::postpone(self.db, pending.id, self.now + wait).await;
            }
        }
        let reason = first.reason.0.clone();
        store::incidents::open(self.db, pending.id).await?;
        self.opened(pending.id, pending.server_id, &reason, self.now).await
    }

    /// Planned windows ended: incidents that began in them are quiet no longer.
    pub(super) async fn windows_ended(&mut self, in_window: &[i64]) -> sqlx::Result<()> {
        for id in store::incidents::no_longer_quiet(self.db, in_window).await? {
            let event = NewEvent::new(id, IncidentEventKind::MaintenanceEnded, self.now);
            store::incidents::note(self.db, &event).await?;
            self.changed(id);
        }
        Ok(())
    }

    /// Says what happened to an incident, unless something greater did.
    pub(super) fn changed(&mut self, id: IncidentId) {
        self.happened.entry(id).or_insert("incident.changed");
    }

    /// What open screens are told; asks for the looks that are wanted. The last thing to be written but the log.
    pub(in crate::services) async fn news(self) -> sqlx::Result<Vec<News>> {
        for id in self.look_at {
            store::notify::announce(self.db, &Event::CheckNow { id }).await?;
        }
        let ids: Vec<i64> = self.happened.keys().map(|id| id.get()).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = store::incidents::list::by_ids(self.db, &ids).await?;
        let news = rows.into_iter().map(|row| News {
            topic: Topic::Alerts,
            event: self.happened.get(&row.id).copied().unwrap_or("incident.changed"),
            data: json(&shown::listed(row, self.now)),
            audience: None,
        });
        Ok(news.collect())
    }

    /// Tells what happened, when there is nothing else to tell.
    pub(in crate::services) async fn close(self) -> sqlx::Result<()> {
        let now = self.now;
        // The connection is taken back for the log once the book is closed.
        let Self { deps, db, windows, happened, look_at, .. } = self;
        let book = Book { deps, db: &mut *db, now, windows, happened, look_at };
        let news = book.news().await?;
        store::live_log::append(db, &news, now).await
    }

    async fn join(
        &mut self,
        id: IncidentId,
        visible: bool,
        monitor: MonitorId,
        server: Option<ServerId>,
        reason: &Reason,
        at: OffsetDateTime,
    ) -> sqlx::Result<()> {
        let is_new = store::incidents::add_member(self.db, id, monitor, at, reason).await?;
        if is_new && visible {
            let event = NewEvent { server, reason: Some(reason), ..NewEvent::new(id, IncidentEventKind::Joined, at) };
            store::incidents::note(self.db, &event).await?;
            self.changed(id);
        }
        Ok(())
    }

    /// An incident is there for everybody now; what waited for its server belongs to it.
    async fn opened(
        &mut self,
        id: IncidentId,
        server: ServerId,
        reason: &Reason,
        at: OffsetDateTime,
    ) -> sqlx::Result<()> {
        let event = NewEvent { reason: Some(reason), ..NewEvent::new(id, IncidentEventKind::Opened, at) };
        store::incidents::note(self.db, &event).await?;
        self.happened.insert(id, "incident.opened");
        for pending in store::incidents::pending_behind(self.db, server).await? {
            self.absorb(&pending, id, true).await?;
        }
        Ok(())
    }

    /// A pending incident belongs to another one.
    async fn absorb(&mut self, pending: &Pending, into: IncidentId, visible: bool) -> sqlx::Result<()> {
        let down = store::incidents::still_down(self.db, pending.id).await?;
        store::incidents::move_members(self.db, pending.id, into, None).await?;
        store::incidents::drop_pending(self.db, pending.id).await?;
        if visible {
            let servers: BTreeSet<ServerId> = down.iter().map(|down| down.server_id).collect();
            for server in servers {
                let event =
                    NewEvent { server: Some(server), ..NewEvent::new(into, IncidentEventKind::Joined, self.now) };
                store::incidents::note(self.db, &event).await?;
            }
            self.changed(into);
        }
        Ok(())
    }

    /// Members recovered: the incident may be over, and then those that are still down begin their own.
    async fn settle(&mut self, id: IncidentId, back: &BTreeSet<ServerId>, at: OffsetDateTime) -> sqlx::Result<()> {
        let Some((cause, state)) = store::incidents::lock(self.db, id).await? else { return Ok(()) };
        let down = store::incidents::still_down(self.db, id).await?;
        if state == "pending" && down.is_empty() {
            return store::incidents::drop_pending(self.db, id).await;
        }
        if state != "open" {
            return Ok(());
        }
        let is_down = |server: ServerId| down.iter().any(|member| member.server_id == server);
        for server in back.iter().copied().filter(|server| !is_down(*server) && *server != cause) {
            let event = NewEvent { server: Some(server), ..NewEvent::new(id, IncidentEventKind::MemberRecovered, at) };
            store::incidents::note(self.db, &event).await?;
        }
        self.changed(id);
        if is_down(cause) {
            return Ok(());
        }
        store::incidents::note(self.db, &NewEvent::new(id, IncidentEventKind::Recovered, at)).await?;
        store::incidents::close(self.db, id, at).await?;
        self.happened.insert(id, "incident.closed");
        self.orphans(id, cause, &down, at).await
    }

    /// Servers that are still down after their parent is back.
    async fn orphans(
        &mut self,
        from: IncidentId,
        parent: ServerId,
        down: &[Down],
        at: OffsetDateTime,
    ) -> sqlx::Result<()> {
        let name = store::servers::by_id(self.db, parent).await?.map(|row| row.name).unwrap_or_default();
        let reason = Reason::new("still_down_after_parent").got(name);
        let servers: BTreeSet<ServerId> = down.iter().map(|member| member.server_id).collect();
        for server in servers {
            let own = match store::incidents::current_of(self.db, server).await? {
                Some(own) => own.id,
                None => {
                    // It gets the time to come back that it needs.
                    let wait = self.one_retry(server).await?.unwrap_or(Duration::SECOND) * 2;
                    let quiet = self.is_quiet(server).await?;
                    store::incidents::insert(self.db, server, at, Some(self.now + wait), &reason, quiet).await?
                }
            };
            store::incidents::move_members(self.db, from, own, Some(server)).await?;
            self.look_at.insert(server);
        }
        Ok(())
    }

    /// How long one more look at a server takes at most; nothing when it is not looked at.
    async fn one_retry(&mut self, server: ServerId) -> sqlx::Result<Option<Duration>> {
        let seconds = store::incidents::seconds_to_retry(self.db, server).await?;
        Ok(seconds.map(|seconds| Duration::seconds(seconds.clamp(1, 120))))
    }

    async fn is_quiet(&mut self, server: ServerId) -> sqlx::Result<bool> {
        let windows = match self.windows.take() {
            Some(windows) => windows,
            None => OpenWindows::load(self.deps, self.db, self.now).await?,
        };
        let quiet = !windows.is_empty() && {
            let row = store::servers::by_id(self.db, server).await?;
            row.is_some_and(|row| windows.over(server.get(), row.group_id).is_some())
        };
        self.windows = Some(windows);
        Ok(quiet)
    }
}

//! Reading: the list, how many in each state, one server; and looking at it now.

use app::model::{
    Error, Result,
    ids::{EmployeeId, ServerId},
    monitor::{Check, CheckNow, Kind, MonitorTest},
    server::{Server, ServerList, ServerQuery, ServerRow, ServerSummary, State},
};

use super::{MOST, Servers, draft, shown, state, windows::OpenWindows};
use crate::{
    auth::policy::Action,
    monitor::state::Outcome,
    services::settings,
    store::{self, notify::Event},
};

impl Servers {
    pub(super) async fn all(&self, query: &ServerQuery) -> Result<ServerList> {
        self.caller.may(Action::ReadServers)?;
        let read = async {
            let mut db = self.deps.db.acquire().await?;
            // First, so that what happens meanwhile is told once more and not lost.
            let (seq, _) = store::live_log::range(&mut db).await?;
            let watch = shown::watch(store::checks::watch(&mut db).await?);
            let windows = OpenWindows::load(&self.deps, &mut db, self.caller.now).await?;
            let rows = store::servers::list::rows(&mut db, None, MOST).await?;
            Ok((seq, watch, windows, rows))
        };
        let (seq, watch, windows, rows) = read.await.map_err(|error| self.failed(error))?;
        let text = query.text.trim().to_lowercase();
        let mut items: Vec<ServerRow> = rows
            .into_iter()
            .map(|row| shown::row(row, &windows))
            .filter(|row| query.group.is_none() || row.group == query.group)
            .filter(|row| query.state.is_none_or(|state| row.state == state))
            .filter(|row| text.is_empty() || mentions(row, &text))
            .collect();
        // Stable: within a state they stay in the order of groups and names.
        items.sort_by_key(|row| row.state.urgency());
        Ok(ServerList { items, next: None, as_of: self.caller.now, seq, watch })
    }

    pub(super) async fn counts(&self) -> Result<ServerSummary> {
        let list = self.all(&ServerQuery::default()).await?;
        let mut summary = ServerSummary { as_of: Some(list.as_of), ..ServerSummary::default() };
        for row in list.items {
            *match row.state {
                State::Up => &mut summary.up,
                State::Degraded => &mut summary.degraded,
                State::Down => &mut summary.down,
                State::Unknown => &mut summary.unknown,
                State::Maintenance => &mut summary.maintenance,
                State::Paused => &mut summary.paused,
            } += 1;
        }
        let mut db = self.connection().await?;
        let unacknowledged =
            store::incidents::list::unacknowledged(&mut db).await.map_err(|error| self.failed(error))?;
        summary.unacknowledged = u32::try_from(unacknowledged).unwrap_or(u32::MAX);
        Ok(summary)
    }

    pub(super) async fn one(&self, id: ServerId) -> Result<Server> {
        self.caller.may(Action::ReadServers)?;
        self.card(id).await
    }

    /// One server with everything that is watched on it.
    pub(super) async fn card(&self, id: ServerId) -> Result<Server> {
        let read = async {
            let mut db = self.deps.db.acquire().await?;
            let Some(row) = store::servers::by_id(&mut db, id).await?.filter(|row| row.deleted_at.is_none()) else {
                return Ok(None);
            };
            let children = store::servers::children(&mut db, id).await?;
            let monitors = store::monitors::of_server(&mut db, id).await?;
            let windows = OpenWindows::load(&self.deps, &mut db, self.caller.now).await?;
            let listed = store::servers::list::rows(&mut db, Some(&[id.get()]), 1).await?;
            Ok(Some((
                row,
                children,
                monitors,
                windows,
                listed.first().and_then(store::servers::list::ListRow::incident),
            )))
        };
        let read = read.await.map_err(|error| self.failed(error))?;
        let (row, children, monitors, windows, incident) = read.ok_or(Error::NotFound)?;
        let judged = state(&row.state);
        let (state, since) = match windows.over(id.get(), row.group_id) {
            Some(window) if judged != State::Paused => (State::Maintenance, window.from),
            _ => (judged, row.since),
        };
        let warnings = draft::warnings(&row.address);
        Ok(Server {
            id,
            name: row.name,
            address: row.address,
            group: row.group_name,
            state,
            since,
            responsible_id: row.responsible_id.map(EmployeeId::from),
            parent_id: row.parent_id.filter(|_| row.parent_name.is_some()).map(ServerId::from),
            parent_name: row.parent_name,
            children: u32::try_from(children).unwrap_or(u32::MAX),
            tags: row.tags,
            notes: row.notes,
            runbook_url: row.runbook_url,
            paused: row.paused,
            warnings,
            incident,
            version: row.version,
            monitors: monitors.into_iter().map(shown::monitor).collect(),
        })
    }

    /// Asks whoever checks to look at a server now.
    pub(super) async fn look_now(&self, id: ServerId) -> Result<CheckNow> {
        self.caller.may(Action::OperateServers)?;
        let server = self.card(id).await?;
        let told =
            async { store::notify::announce(&mut *self.deps.db.acquire().await?, &Event::CheckNow { id }).await };
        told.await.map_err(|error: sqlx::Error| self.failed(error))?;
        let looked_at = |monitor: &&app::model::monitor::Monitor| !monitor.paused && monitor.kind != Kind::Push;
        let monitors = if server.paused { 0 } else { server.monitors.iter().filter(looked_at).count() };
        Ok(CheckNow { server: id, monitors: u32::try_from(monitors).unwrap_or(u32::MAX) })
    }

    /// Looks once, as the runner would, and stores nothing.
    pub(super) async fn look_once(&self, test: MonitorTest) -> Result<Check> {
        self.caller.may(Action::ConfigureServers)?;
        if test.monitor.kind == Kind::Push {
            return Err(Error::invalid("monitor.kind", "push_waits"));
        }
        let address = draft::address(&test.address)?;
        let look = draft::look(&test.monitor, &address, "monitor.")?;
        let settings = async { settings::monitoring(&mut *self.deps.db.acquire().await?).await };
        let settings = settings.await.map_err(|error: sqlx::Error| self.failed(error))?;
        let looked = self.deps.probes.look(&look, &settings::allowed(&settings)).await;
        let slow = test.monitor.settings.slow_ms;
        let (state, latency_ms, reason) = match looked.outcome {
            Outcome::Good { latency } => {
                let ms = u32::try_from(latency.as_millis()).unwrap_or(u32::MAX);
                let is_slow = slow.is_some_and(|limit| ms > limit);
                (if is_slow { State::Degraded } else { State::Up }, Some(ms), None)
            }
            Outcome::Bad(reason) => (State::Down, None, Some(reason)),
            Outcome::Unjudged(reason) => (State::Unknown, None, Some(reason)),
        };
        Ok(Check { state, latency_ms, reason, note: looked.note })
    }
}

fn mentions(row: &ServerRow, text: &str) -> bool {
    row.name.to_lowercase().contains(text)
        || row.address.to_lowercase().contains(text)
        || row.tags.iter().any(|tag| tag.to_lowercase().contains(text))
}

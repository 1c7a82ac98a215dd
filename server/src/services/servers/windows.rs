//! Planned windows: which servers they cover now, and planning them.

use app::model::{
    Error, Result,
    ids::{MaintenanceId, ServerId},
    maintenance::{Maintenance, MaintenanceDraft, MaintenancePreview, Window},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{MOST, Servers, shown::numbers};
use crate::{
    auth::policy::Action,
    monitor::maintenance as rules,
    services::Deps,
    store::{self, notify::Event, windows::Row},
};

/// How many coming windows a preview shows.
const COMING: usize = 3;
/// How many names it shows.
const NAMES: usize = 20;

/// The windows that are open at one moment.
pub(in crate::services) struct OpenWindows(Vec<(Row, Window)>);

impl OpenWindows {
    /// Those that are open now.
    pub(in crate::services) async fn load(
        deps: &Deps,
        db: &mut PgConnection,
        now: OffsetDateTime,
    ) -> sqlx::Result<Self> {
        let zone = deps.config.web.time_zone.rules();
        let rows = store::windows::all(db).await?;
        let open = rows.into_iter().filter_map(|row| {
            let window = rules::window_at(&row.schedule.0, now, zone)?;
            Some((row, window))
        });
        Ok(Self(open.collect()))
    }

    /// The window that covers this server; of several the one that ends last.
    pub(in crate::services) fn over(&self, server: i64, group: Option<i64>) -> Option<Window> {
        let covering = self.0.iter().filter(|(row, _)| covers(row, server, group)).map(|(_, window)| *window);
        covering.max_by_key(|window| window.to)
    }

    /// Whether none is open.
    pub(in crate::services) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn covers(row: &Row, server: i64, group: Option<i64>) -> bool {
    row.everything || row.servers.contains(&server) || group.is_some_and(|group| row.groups.contains(&group))
}

impl Servers {
    pub(super) async fn planned(&self) -> Result<Vec<Maintenance>> {
        self.caller.may(Action::ReadServers)?;
        let rows = async { store::windows::all(&mut *self.deps.db.acquire().await?).await };
        let rows = rows.await.map_err(|error: sqlx::Error| self.failed(error))?;
        let mut planned: Vec<Maintenance> =
            rows.into_iter().map(|row| self.shown(row)).filter(|planned| planned.window.is_some()).collect();
        planned.sort_by_key(|planned| planned.window.map(|window| window.from));
        Ok(planned)
    }

    fn shown(&self, row: Row) -> Maintenance {
        let (now, zone) = (self.caller.now, self.deps.config.web.time_zone.rules());
        let open = rules::window_at(&row.schedule.0, now, zone);
        Maintenance {
            id: row.id,
            title: row.title,
            servers: row.servers.into_iter().map(ServerId::from).collect(),
            groups: row.group_names,
            everything: row.everything,
            window: open.or_else(|| rules::next_window(&row.schedule.0, now, zone)),
            open: open.is_some(),
            schedule: row.schedule.0,
            by: row.by,
        }
    }

    pub(super) async fn plan_one(&self, draft: MaintenanceDraft) -> Result<Maintenance> {
        let by = self.caller.may(Action::OperateServers)?.account;
        let title = draft.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return Err(Error::invalid("title", "required"));
        }
        if title.chars().count() > 200 || title.contains(char::is_control) {
            return Err(Error::invalid("title", "name_too_long"));
        }
        let mut tx = self.begin().await?;
        let scope = self.scope(&mut tx, &draft).await?;
        let stored = async {
            let (servers, groups) = (&scope.servers, &scope.groups);
            let id = store::windows::insert(
                &mut tx,
                &title,
                (servers, groups, draft.everything),
                &draft.schedule,
                by,
                self.caller.now,
            )
            .await?;
            store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
            let rows = store::windows::all(&mut tx).await?;
            tx.commit().await?;
            Ok(rows.into_iter().find(|row| row.id == id))
        };
        let row = stored.await.map_err(|error| self.failed(error))?;
        row.map(|row| self.shown(row)).ok_or(Error::NotFound)
    }

    pub(super) async fn would_mute(&self, draft: MaintenanceDraft) -> Result<MaintenancePreview> {
        self.caller.may(Action::OperateServers)?;
        let mut db = self.connection().await?;
        let scope = self.scope(&mut db, &draft).await?;
        let rows = store::servers::list::rows(&mut db, None, MOST).await.map_err(|error| self.failed(error))?;
        let muted: Vec<_> = rows
            .into_iter()
            .filter(|row| {
                draft.everything
                    || scope.servers.contains(&row.id.get())
                    || row.group_id.is_some_and(|group| scope.groups.contains(&group))
            })
            .collect();
        let ids: Vec<i64> = muted.iter().map(|row| row.id.get()).collect();
        let counted = async {
            let monitors = store::monitors::count_of(&mut db, &ids).await?;
            let incidents = store::incidents::list::open_of(&mut db, &ids).await?;
            Ok((monitors, incidents))
        };
        let (monitors, incidents) = counted.await.map_err(|error: sqlx::Error| self.failed(error))?;
        let zone = self.deps.config.web.time_zone.rules();
        let mut windows: Vec<Window> = rules::window_at(&draft.schedule, self.caller.now, zone).into_iter().collect();
        let mut from = self.caller.now;
        while windows.len() < COMING
            && let Some(window) = rules::next_window(&draft.schedule, from, zone)
        {
            from = window.from;
            windows.push(window);
        }
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(MaintenancePreview {
            servers: u32::try_from(muted.len()).unwrap_or(u32::MAX),
            names: muted.into_iter().take(NAMES).map(|row| row.name).collect(),
            monitors: count(monitors),
            open_incidents: count(incidents),
            windows,
        })
    }

    pub(super) async fn cancel(&self, id: MaintenanceId) -> Result<()> {
        self.caller.may(Action::OperateServers)?;
        let mut tx = self.begin().await?;
        let ended = async {
            let ended = store::windows::end(&mut tx, id, self.caller.now).await?;
            store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
            tx.commit().await?;
            Ok(ended)
        };
        let ended = ended.await.map_err(|error: sqlx::Error| self.failed(error))?;
        if ended { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Whom a draft covers, if it is one that may be stored.
    async fn scope(&self, db: &mut PgConnection, draft: &MaintenanceDraft) -> Result<Scope> {
        rules::check(&draft.schedule).map_err(|(field, code)| Error::invalid(field, code))?;
        if !draft.everything && draft.servers.is_empty() && draft.groups.is_empty() {
            return Err(Error::invalid("servers", "required"));
        }
        let servers = numbers(&draft.servers);
        let found = async {
            let known = store::servers::list::rows(db, Some(&servers), MOST).await?.len();
            let groups = store::windows::groups_named(db, &draft.groups).await?;
            Ok((known, groups))
        };
        let (known, groups) = found.await.map_err(|error: sqlx::Error| self.failed(error))?;
        if known < servers.len() {
            return Err(Error::invalid("servers", "server_unknown"));
        }
        if groups.len() < draft.groups.len() {
            return Err(Error::invalid("groups", "group_unknown"));
        }
        Ok(Scope { servers, groups })
    }
}

struct Scope {
    servers: Vec<i64>,
    groups: Vec<i64>,
}

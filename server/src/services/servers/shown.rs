//! Rows of the store as the screens see them: with planned windows laid over.

use app::model::{
    ids::ServerId,
    live::Topic,
    monitor::{Kind, Monitor},
    server::{Line, ServerRow, State, Watch},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{json, state, windows::OpenWindows};
use crate::{
    services::Deps,
    store::{self, checks::WatchRow, live_log::News, servers::list::ListRow},
};

/// A server in the list.
pub(in crate::services) fn row(row: ListRow, windows: &OpenWindows) -> ServerRow {
    let incident = row.incident();
    let judged = state(&row.state);
    let (state, since) = match windows.over(row.id.get(), row.group_id) {
        Some(window) if judged != State::Paused => (State::Maintenance, window.from),
        _ => (judged, row.since),
    };
    ServerRow {
        id: row.id,
        name: row.name,
        address: row.address,
        group: row.group_name,
        state,
        since,
        latency_ms: row.latency_ms.and_then(|ms| u32::try_from(ms).ok()),
        spark: BASE64_STANDARD.encode(row.spark.unwrap_or_default()),
        down: row.down.unwrap_or_default().iter().filter_map(|kind| Kind::from_name(kind)).collect(),
        reason: row.reason.map(|reason| reason.0),
        tags: row.tags,
        incident,
    }
}

/// A monitor with what was seen last.
pub(in crate::services) fn monitor(row: store::monitors::Row) -> Monitor {
    Monitor {
        id: row.id,
        kind: Kind::from_name(&row.kind).unwrap_or_default(),
        target: row.target,
        interval_s: row.interval_s.unsigned_abs(),
        settings: row.settings.0,
        paused: row.paused,
        state: if row.paused { State::Paused } else { state(&row.state) },
        since: Some(row.since),
        flapping: row.flapping,
        reason: row.reason.map(|reason| reason.0),
        latency_ms: row.latency_ms.and_then(|ms| u32::try_from(ms).ok()),
        last_check_at: row.last_check_at,
        spark: BASE64_STANDARD.encode(row.spark),
        figures: row.figures.map(|figures| figures.0),
        version: row.version,
    }
}

/// How well we look ourselves.
pub(in crate::services) fn watch(row: WatchRow) -> Watch {
    let line = match row.line.as_str() {
        "up" => Line::Up,
        "down" => Line::Down,
        _ => Line::NotAsked,
    };
    Watch { checked_at: row.checked_at, line, ping_not_permitted: row.ping_not_permitted }
}

/// These servers as the list shows them.
pub(in crate::services) async fn rows_of(
    deps: &Deps,
    db: &mut PgConnection,
    ids: &[i64],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ServerRow>> {
    let windows = OpenWindows::load(deps, db, now).await?;
    let rows = store::servers::list::rows(db, Some(ids), super::MOST).await?;
    Ok(rows.into_iter().map(|listed| row(listed, &windows)).collect())
}

/// What open screens are told of these servers.
pub(in crate::services) async fn news_of(
    deps: &Deps,
    db: &mut PgConnection,
    ids: &[i64],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<News>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = rows_of(deps, db, ids, now).await?;
    let news =
        rows.iter().map(|row| News { topic: Topic::Servers, event: "server.state", data: json(row), audience: None });
    Ok(news.collect())
}

/// Ids as numbers, for `any($1)`.
pub(in crate::services) fn numbers(ids: &[ServerId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

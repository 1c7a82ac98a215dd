//! The past of a monitor: latency in steps, and how much of the observed time it was up.

use app::model::{
    Error, Result,
    history::{History, HistoryQuery, Point, Uptime},
    ids::ServerId,
};
use time::{Duration, OffsetDateTime};

use super::Servers;
use crate::{
    auth::policy::Action,
    services::history::{KEPT_CHECKS, KEPT_MINUTES},
    store::{
        self,
        history::{PointRow, Table},
    },
};

/// The longest stretch that is asked for.
const LONGEST: Duration = Duration::days(731);
/// Days for which the uptime is said.
const UPTIMES: [u16; 4] = [1, 7, 30, 90];
/// Steps that people can read off a scale, in seconds.
const STEPS: [u32; 16] =
    [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];

impl Servers {
    pub(super) async fn past(&self, id: ServerId, query: HistoryQuery) -> Result<History> {
        self.caller.may(Action::ReadServers)?;
        if query.from >= query.to || query.to - query.from > LONGEST {
            return Err(Error::invalid("from", "stretch_invalid"));
        }
        if !(10..=500).contains(&query.points) {
            return Err(Error::invalid("points", "points"));
        }
        let step_s = step(query.to - query.from, query.points);
        let read = async {
            let mut db = self.deps.db.acquire().await?;
            let server = store::servers::by_id(&mut db, id).await?;
            if server.is_none_or(|row| row.deleted_at.is_some()) {
                return Ok(None);
            }
            let monitor = match query.monitor {
                Some(monitor) => {
                    store::monitors::by_id(&mut db, monitor).await?.filter(|row| row.server_id == id).map(|row| row.id)
                }
                None => store::history::telling_monitor(&mut db, id).await?,
            };
            let Some(monitor) = monitor else {
                return Ok(query.monitor.is_none().then(|| (None, Vec::new(), Vec::new())));
            };
            let (stretch, step) = ((query.from, query.to), f64::from(step_s));
            let points = match table(query.from, step_s, self.caller.now) {
                Table::Check => store::history::points_of_checks(&mut db, monitor, stretch, step).await?,
                table => store::history::points_of(&mut db, table, monitor, stretch, step).await?,
            };
            let mut uptime = Vec::new();
            for days in UPTIMES {
                let since = self.caller.now - Duration::days(days.into());
                let (observed, up) = store::history::observed_since(&mut db, monitor, since).await?;
                uptime.push(Uptime { days, observed_s: observed.unsigned_abs(), up_s: up.unsigned_abs() });
            }
            Ok(Some((Some(monitor), points, uptime)))
        };
        let read = read.await.map_err(|error: sqlx::Error| self.failed(error))?;
        let (monitor, points, uptime) = read.ok_or(Error::NotFound)?;
        Ok(History { monitor, step_s, points: points.into_iter().map(point).collect(), uptime })
    }
}

/// The smallest readable step that gives no more points than wanted.
fn step(stretch: Duration, points: u32) -> u32 {
    let least = stretch.whole_seconds().unsigned_abs().div_ceil(points.into());
    STEPS.into_iter().find(|step| u64::from(*step) >= least).unwrap_or(604_800)
}

/// The finest table that still has the beginning; as coarse as the step allows.
fn table(from: OffsetDateTime, step_s: u32, now: OffsetDateTime) -> Table {
    let age = now - from;
    if age < KEPT_CHECKS - Duration::DAY {
        Table::Check
    } else if step_s < 3_600 && age < KEPT_MINUTES - Duration::DAY {
        Table::Minute
    } else if step_s < 86_400 {
        Table::Hour
    } else {
        Table::Day
    }
}

fn point(row: PointRow) -> Point {
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let ms = |ms: Option<i32>| ms.and_then(|ms| u32::try_from(ms).ok());
    Point {
        at: row.at,
        good: count(row.good),
        bad: count(row.bad),
        p50_ms: ms(row.p50_ms),
        p95_ms: ms(row.p95_ms),
        max_ms: ms(row.max_ms),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn steps_are_readable_and_no_finer_than_asked() {
        for (hours, points, expected) in [(1, 120, 30), (24, 288, 300), (24 * 7, 168, 3_600), (24 * 90, 90, 86_400)] {
            assert_eq!(step(Duration::hours(hours), points), expected, "{hours} h in {points}");
        }
    }

    #[test]
    fn the_finest_table_that_reaches_back_is_read() {
        let now = datetime!(2026-11-20 12:00 UTC);
        for (days, step_s, expected) in [
            (1, 300, Table::Check),
            (7, 1_800, Table::Minute),
            (7, 3_600, Table::Hour),
            (90, 86_400, Table::Day),
            (60, 7_200, Table::Hour),
        ] {
            assert_eq!(table(now - Duration::days(days), step_s, now), expected, "{days} days by {step_s} s");
        }
    }
}

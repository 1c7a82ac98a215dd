//! The past of monitors: partitions, roll-ups, and reading them.

use app::model::ids::{MonitorId, ServerId};
use sqlx::{AssertSqlSafe, PgConnection};
use time::{Date, Duration, Month, OffsetDateTime, UtcOffset};

/// A table of the past and what one of its partitions holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Raw checks, by the day.
    Check,
    /// By the minute, a partition a day.
    Minute,
    /// By the hour, a partition a month.
    Hour,
    /// By the day, a partition a year.
    Day,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Check, Self::Minute, Self::Hour, Self::Day];

    const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    /// The days `[from, to)` of the partition that holds this day.
    fn span(self, day: Date) -> (Date, Date) {
        let next_month = |first: Date| (first + Duration::days(32)).replace_day(1).unwrap_or(first);
        match self {
            Self::Check | Self::Minute => (day, day.next_day().unwrap_or(day)),
            Self::Hour => {
                let first = day.replace_day(1).unwrap_or(day);
                (first, next_month(first))
            }
            Self::Day => {
                let first = Date::from_ordinal_date(day.year(), 1).unwrap_or(day);
                (first, Date::from_ordinal_date(day.year() + 1, 1).unwrap_or(day))
            }
        }
    }
}

/// Makes the partition that holds this day, unless it is there.
///
/// # Errors
/// Those of the database.
pub async fn ensure(db: &mut PgConnection, table: Table, day: Date) -> sqlx::Result<()> {
    let (from, to) = table.span(day);
    let name = partition(table, from);
    // Names are made here of numbers; a statement like this takes no parameters.
    let sql = format!(
        "create table if not exists monitoring.{name} partition of monitoring.\"{}\" for values from ('{}') to ('{}')",
        table.name(),
        day_text(from),
        day_text(to)
    );
    sqlx::query(AssertSqlSafe(sql)).execute(db).await?;
    Ok(())
}

/// Drops the partitions that hold nothing since this day. How many went.
///
/// # Errors
/// Those of the database.
pub async fn drop_before(db: &mut PgConnection, table: Table, day: Date) -> sqlx::Result<usize> {
    let prefix = format!("{}_", table.name());
    let names = sqlx::query_scalar!(
        r#"select c.relname::text as "name!" from pg_inherits i
           join pg_class c on c.oid = i.inhrelid
           join pg_class p on p.oid = i.inhparent
           join pg_namespace n on n.oid = p.relnamespace
           where n.nspname = 'monitoring' and p.relname = $1"#,
        table.name()
    )
    .fetch_all(&mut *db)
    .await?;
    let mut dropped = 0;
    for name in names {
        let Some(from) = name.strip_prefix(&prefix).and_then(first_day) else { continue };
        if table.span(from).1 <= day {
            let sql = format!("drop table monitoring.{}", partition(table, from));
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *db).await?;
            dropped += 1;
        }
    }
    Ok(dropped)
}

fn partition(table: Table, from: Date) -> String {
    format!("{}_{:04}{:02}{:02}", table.name(), from.year(), u8::from(from.month()), from.day())
}

fn first_day(text: &str) -> Option<Date> {
    let year: u16 = text.get(0..4)?.parse().ok()?;
    let month: u8 = text.get(4..6)?.parse().ok()?;
    let day: u8 = text.get(6..8)?.parse().ok()?;
    Date::from_calendar_date(year.into(), Month::try_from(month).ok()?, day).ok()
}

/// The beginning of a day in UTC, whatever the zone of the connection.
fn day_text(day: Date) -> String {
    format!("{:04}-{:02}-{:02} 00:00:00+00", day.year(), u8::from(day.month()), day.day())
}

/// Up to when this table is rolled up; from the first check on, before the first time.
///
/// # Errors
/// Those of the database.
pub async fn rolled_up_until(db: &mut PgConnection, table: Table) -> sqlx::Result<Option<OffsetDateTime>> {
    let until = sqlx::query_scalar!(
        r#"select coalesce((select until from monitoring.rolled_up where step = $1 for update),
                           (select date_trunc('day', min(at), 'UTC') from monitoring."check"))"#,
        table.name()
    )
    .fetch_one(db)
    .await?;
    Ok(until.map(|until| until.to_offset(UtcOffset::UTC)))
}

/// Rolls up the checks of `[from, to)` and notes that it is done.
///
/// # Errors
/// Those of the database.
pub async fn roll_up(
    db: &mut PgConnection,
    table: Table,
    from: OffsetDateTime,
    to: OffsetDateTime,
) -> sqlx::Result<u64> {
    let step = table.name();
    let sql = format!(
        "insert into monitoring.{step} (monitor_id, at, good, bad, observed_s, up_s, p50_ms, p95_ms, max_ms)
         select monitor_id, date_trunc('{step}', at, 'UTC'), count(*) filter (where state < 2),
                count(*) filter (where state = 2), coalesce(sum(covers_s) filter (where state < 3), 0),
                coalesce(sum(covers_s) filter (where state < 2), 0),
                percentile_disc(0.5) within group (order by latency_us) / 1000,
                percentile_disc(0.95) within group (order by latency_us) / 1000, max(latency_us) / 1000
         from monitoring.\"check\" where at >= $1 and at < $2
         group by 1, 2 on conflict do nothing"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(from).bind(to).execute(&mut *db).await?.rows_affected();
    sqlx::query!(
        "insert into monitoring.rolled_up (step, until) values ($1, $2) on conflict (step) do update set until = excluded.until",
        step,
        to
    )
    .execute(db)
    .await?;
    Ok(rows)
}

/// The monitor of a server that tells most, the one its row in the list shows.
///
/// # Errors
/// Those of the database.
pub async fn telling_monitor(db: &mut PgConnection, server: ServerId) -> sqlx::Result<Option<MonitorId>> {
    let id = sqlx::query_scalar!(
        "select id from monitoring.monitor where server_id = $1
         order by paused, array_position(array['ping', 'http', 'tcp', 'dns', 'tls', 'push'], kind), id limit 1",
        server.get()
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// What was seen in one step.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct PointRow {
    pub at: OffsetDateTime,
    pub good: i64,
    pub bad: i64,
    pub p50_ms: Option<i32>,
    pub p95_ms: Option<i32>,
    pub max_ms: Option<i32>,
}

/// Raw checks of `[from, to)` in steps: exact.
///
/// # Errors
/// Those of the database.
pub async fn points_of_checks(
    db: &mut PgConnection,
    monitor: MonitorId,
    (from, to): (OffsetDateTime, OffsetDateTime),
    step_s: f64,
) -> sqlx::Result<Vec<PointRow>> {
    sqlx::query_as!(
        PointRow,
        r#"select date_bin(make_interval(secs => $4), at, $2) as "at!", count(*) filter (where state < 2) as "good!",
                  count(*) filter (where state = 2) as "bad!",
                  percentile_disc(0.5) within group (order by latency_us) / 1000 as p50_ms,
                  percentile_disc(0.95) within group (order by latency_us) / 1000 as p95_ms, max(latency_us) / 1000 as max_ms
           from monitoring."check" where monitor_id = $1 and at >= $2 and at < $3 and state < 3
           group by 1 order by 1"#,
        monitor.get(),
        from,
        to,
        step_s
    )
    .fetch_all(db)
    .await
}

/// Rolled-up checks of `[from, to)` in steps, and the checks that are not rolled up yet: of several parts the median of the
/// medians and the like.
///
/// # Errors
/// Those of the database.
pub async fn points_of(
    db: &mut PgConnection,
    table: Table,
    monitor: MonitorId,
    (from, to): (OffsetDateTime, OffsetDateTime),
    step_s: f64,
) -> sqlx::Result<Vec<PointRow>> {
    let name = table.name();
    let sql = format!(
        "with rolled as (select coalesce((select until from monitoring.rolled_up where step = '{name}'), 'epoch') as until),
         part as (
             select at, good::bigint, bad::bigint, p50_ms, p95_ms, max_ms from monitoring.{name}, rolled
             where monitor_id = $1 and at >= $2 and at < least($3, until)
             union all
             select date_trunc('{name}', at, 'UTC'), count(*) filter (where state < 2), count(*) filter (where state = 2),
                    percentile_disc(0.5) within group (order by latency_us) / 1000,
                    percentile_disc(0.95) within group (order by latency_us) / 1000, max(latency_us) / 1000
             from monitoring.\"check\", rolled
             where monitor_id = $1 and at >= greatest($2, until) and at < $3 and state < 3 group by 1
         )
         select date_bin(make_interval(secs => $4), greatest(at, $2), $2) as at, sum(good)::bigint as good, sum(bad)::bigint as bad,
                percentile_disc(0.5) within group (order by p50_ms) as p50_ms,
                percentile_disc(0.95) within group (order by p95_ms) as p95_ms, max(max_ms) as max_ms
         from part where good + bad > 0 group by 1 order by 1"
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(monitor.get()).bind(from).bind(to).bind(step_s).fetch_all(db).await
}

/// How many seconds since then were observed, and in how many of these it was up.
///
/// # Errors
/// Those of the database.
pub async fn observed_since(
    db: &mut PgConnection,
    monitor: MonitorId,
    from: OffsetDateTime,
) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"with hours as (select coalesce((select until from monitoring.rolled_up where step = 'hour'), 'epoch') as until),
           parts as (
               select observed_s::bigint as observed_s, up_s::bigint as up_s from monitoring.hour, hours
               where monitor_id = $1 and at >= $2 and at < hours.until
               union all
               select covers_s, case when state < 2 then covers_s else 0 end from monitoring."check", hours
               where monitor_id = $1 and at >= greatest($2, hours.until) and state < 3
           )
           select coalesce(sum(observed_s), 0)::bigint as "observed!", coalesce(sum(up_s), 0)::bigint as "up!" from parts"#,
        monitor.get(),
        from
    )
    .fetch_one(db)
    .await?;
    Ok((row.observed, row.up))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn partitions_hold_days_months_and_years() {
        for (table, day, name, to) in [
            (Table::Check, date!(2026 - 12 - 31), "check_20261231", date!(2027 - 01 - 01)),
            (Table::Minute, date!(2028 - 02 - 28), "minute_20280228", date!(2028 - 02 - 29)),
            (Table::Hour, date!(2026 - 12 - 31), "hour_20261201", date!(2027 - 01 - 01)),
            (Table::Day, date!(2026 - 12 - 31), "day_20260101", date!(2027 - 01 - 01)),
        ] {
            let (from, end) = table.span(day);
            assert_eq!((partition(table, from).as_str(), end), (name, to));
            assert_eq!(name.rsplit('_').next().and_then(first_day), Some(from));
        }
    }
}

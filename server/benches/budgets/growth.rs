//! How the database grows: what a row of each tier takes with its index, times what a thousand monitors write in a day.

use sqlx::PgConnection;
use time::Duration;
use vakhta::{
    clock,
    services::history::{KEPT_CHECKS, KEPT_DAYS, KEPT_HOURS, KEPT_MINUTES},
    store::history::{self, Table},
};

use crate::report::{Budget, Report, Row};

/// Monitors, and how often they look unless somebody says otherwise.
const MONITORS: f64 = 1_000.0;
const INTERVAL_S: f64 = 30.0;
const DAY_S: f64 = 86_400.0;

/// Adds a row for each tier, measured on the checks that are there.
pub async fn rows(report: &mut Report, db: &mut PgConnection) -> anyhow::Result<()> {
    let now = clock::now();
    for table in [Table::Minute, Table::Hour, Table::Day] {
        history::roll_up(db, table, now - Duration::DAY, now + Duration::MINUTE).await?;
    }
    let mut at_last = 0.0;
    for (table, name, a_day, kept) in [
        (Table::Check, "check", DAY_S / INTERVAL_S, KEPT_CHECKS),
        (Table::Minute, "minute", DAY_S / 60.0, KEPT_MINUTES),
        (Table::Hour, "hour", 24.0, KEPT_HOURS),
        (Table::Day, "day", 1.0, KEPT_DAYS),
    ] {
        let bytes = bytes_of_a_row(db, name).await?;
        let mb = bytes * a_day * MONITORS / 1e6;
        at_last += mb * kept.as_seconds_f64() / DAY_S;
        let what = match table {
            Table::Check => format!("growth a day, 1 000 monitors each {INTERVAL_S} s, raw checks"),
            _ => format!("growth a day, 1 000 monitors, by the {name}"),
        };
        let note = format!("{bytes:.0} bytes a row with its index; kept {} days", kept.whole_days());
        report.add(Row::new(what, mb, "MB", Budget::Shown).note(note));
    }
    let what = "1 000 monitors once everything is kept as long as it may";
    report.add(Row::new(what, at_last / 1e3, "GB", Budget::Shown));
    Ok(())
}

async fn bytes_of_a_row(db: &mut PgConnection, table: &str) -> anyhow::Result<f64> {
    let sql = format!(
        "select (select sum(pg_total_relation_size(relid)) from pg_partition_tree('monitoring.\"{table}\"'))::float8
                / (select count(*) from monitoring.\"{table}\")"
    );
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(db).await?)
}

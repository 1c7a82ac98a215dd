//! The live log: what open screens are told, numbered in the order of the commits.

use app::model::live::Topic;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::notify::{self, Event};

/// Something to be told.
#[derive(Clone, Debug)]
pub struct News {
    /// What it is about.
    pub topic: Topic,
    /// What happened.
    pub event: &'static str,
    /// More about it.
    pub data: Box<RawValue>,
    /// Who may hear it; everybody who may hear of the topic when absent.
    pub audience: Option<Audience>,
}

/// Who may hear something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One account.
    Account {
        /// Its number.
        account: i64,
    },
    /// Whoever may see this ticket.
    Ticket {
        /// Its number.
        ticket: i64,
        /// Where it is, or was.
        queue: i64,
        /// Who sees this queue has no need to hear it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless_queue: Option<i64>,
        /// The logins of its owner and of who answers for it, in small letters.
        #[serde(default)]
        agents: Vec<String>,
    },
}

/// Writes news and announces them at commit. Call it last: the numbers are locked until then.
///
/// # Errors
/// Those of the database.
pub async fn append(db: &mut PgConnection, news: &[News], now: OffsetDateTime) -> sqlx::Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
    let last =
        sqlx::query_scalar!("update core.live_seq set seq = seq + $1 returning seq", count).fetch_one(&mut *db).await?;
    let topics: Vec<String> = news.iter().map(|news| news.topic.as_str().to_owned()).collect();
    let events: Vec<String> = news.iter().map(|news| news.event.to_owned()).collect();
    let data: Vec<Json<&RawValue>> = news.iter().map(|news| Json(&*news.data)).collect();
    let audiences: Vec<Option<Json<&Audience>>> = news.iter().map(|news| news.audience.as_ref().map(Json)).collect();
    sqlx::query!(
        "insert into core.live_event (seq, at, topic, event, data, audience)
         select $1 + n.ordinality, $2, n.topic, n.event, n.data, n.audience
         from unnest($3::text[], $4::text[], $5::jsonb[], $6::jsonb[])
              with ordinality as n (topic, event, data, audience)",
        last - count,
        now,
        &topics,
        &events,
        data.as_slice() as _,
        audiences.as_slice() as _
    )
    .execute(&mut *db)
    .await?;
    notify::announce(db, &Event::Live { seq: last }).await
}

/// A line of the log.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Line {
    pub seq: i64,
    pub topic: String,
    pub event: String,
    pub data: Json<Box<RawValue>>,
    pub audience: Option<Json<Audience>>,
}

/// What follows `after`, at most `limit` lines.
///
/// # Errors
/// Those of the database.
pub async fn after(db: &mut PgConnection, after: i64, limit: i64) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select seq, topic, event, data as "data: Json<Box<RawValue>>", audience as "audience: Json<Audience>"
           from core.live_event where seq > $1 order by seq limit $2"#,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// The last number given, and the first one that is still known (one more than the last when none is).
///
/// # Errors
/// Those of the database.
pub async fn range(db: &mut PgConnection) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select s.seq, coalesce((select min(seq) from core.live_event), s.seq + 1) as "first!" from core.live_seq s"#
    )
    .fetch_one(db)
    .await?;
    Ok((row.seq, row.first))
}

/// Forgets what is older. How many lines went.
///
/// # Errors
/// Those of the database.
pub async fn delete_before(db: &mut PgConnection, at: OffsetDateTime) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from core.live_event where at < $1", at).execute(db).await?.rows_affected())
}

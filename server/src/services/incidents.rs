//! Incidents: what the decisions make of them ([`Book`]), and what people do ([`Incidents`]).

mod book;
pub mod pending;
mod people;
mod shown;

use app::{
    backend,
    model::{
        Error, Result,
        ids::{IncidentId, ServerId},
        incident::{Incident, IncidentAction, IncidentQuery},
        page::{Page, PageRequest},
    },
};
use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
pub(super) use book::Book;
use time::OffsetDateTime;

use super::{Caller, Deps};
use crate::{
    auth::policy::Action,
    error::internal,
    store::{self, incidents::list::After},
};

/// Most members and events that are shown of one incident.
const SHOWN: i64 = 500;

/// Incidents for one caller.
#[derive(Clone)]
pub struct Incidents {
    deps: Deps,
    caller: Caller,
}

impl Incidents {
    /// Incidents for this caller.
    #[must_use]
    pub fn new(deps: Deps, caller: Caller) -> Self {
        Self { deps, caller }
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        internal(&self.caller.reference, error)
    }

    async fn one(&self, id: IncidentId) -> Result<Incident> {
        let read = async {
            let mut db = self.deps.db.acquire().await?;
            let Some(row) = store::incidents::list::by_id(&mut db, id).await? else { return Ok(None) };
            let members = store::incidents::list::members(&mut db, id, SHOWN).await?;
            let events = store::incidents::list::events(&mut db, id, SHOWN).await?;
            Ok(Some((row, members, events)))
        };
        let read = read.await.map_err(|error| self.failed(error))?;
        let (row, members, events) = read.ok_or(Error::NotFound)?;
        Ok(shown::whole(row, members, events, self.caller.now))
    }
}

#[async_trait]
impl backend::Incidents for Incidents {
    async fn list(&self, query: IncidentQuery, server: Option<ServerId>, page: PageRequest) -> Result<Page<Incident>> {
        self.caller.may(Action::ReadServers)?;
        let limit = i64::from(page.limit.clamp(1, 100));
        let after = page.cursor.as_deref().map(read_cursor).transpose()?;
        let states: &[&str] = match query {
            IncidentQuery::Open => &["open"],
            IncidentQuery::Closed => &["closed"],
            IncidentQuery::All => &["open", "closed"],
        };
        let states: Vec<String> = states.iter().map(|&state| state.to_owned()).collect();
        let rows = async {
            let mut db = self.deps.db.acquire().await?;
            store::incidents::list::page(&mut db, &states, server, after, limit + 1).await
        };
        let mut rows = rows.await.map_err(|error| self.failed(error))?;
        let more = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
        rows.truncate(usize::try_from(limit).unwrap_or_default());
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| cursor(After { closed: row.state == "closed", opened_at: row.opened_at, id: row.id.get() }));
        let items = rows.into_iter().map(|row| shown::listed(row, self.caller.now)).collect();
        Ok(Page { items, next })
    }

    async fn incident(&self, id: IncidentId) -> Result<Incident> {
        self.caller.may(Action::ReadServers)?;
        self.one(id).await
    }

    async fn act(&self, id: IncidentId, action: IncidentAction, key: String) -> Result<Incident> {
        // Over HTTP a repetition is answered before it gets here, for all resources alike.
        let _ = key;
        self.done(id, action).await
    }
}

fn cursor(after: After) -> String {
    let text = format!("{} {} {}", u8::from(after.closed), after.opened_at.unix_timestamp_nanos() / 1_000, after.id);
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

fn read_cursor(text: &str) -> Result<After> {
    let read = || {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let [closed, at, id] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let nanoseconds = at.parse::<i64>().ok().map(|micros| i128::from(micros) * 1_000)?;
        let opened_at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?;
        Some(After { closed: closed == "1", opened_at, id: id.parse().ok()? })
    };
    read().ok_or_else(|| Error::invalid("cursor", "cursor"))
}

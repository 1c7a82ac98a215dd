//! Reading: lists, counts, one ticket, what forms offer. All of it from the copy, all of it within the sight of the caller.

use std::collections::HashMap;

use app::model::{
    Error, Result,
    ids::TicketId,
    page::PageRequest,
    ticket::{
        Owner, Queue, StateType, Ticket, TicketChoices, TicketCounts, TicketDetail, TicketList, TicketQuery,
        TicketSort, TicketState,
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sqlx::{Connection as _, PgConnection};
use time::{Duration, OffsetDateTime};

use super::{Tickets, asked, clean, settings, shown, sight};
use crate::{
    auth::policy::Action,
    store::{
        self,
        tickets::list::{Place, Sight, Wanted},
    },
};

/// Most tickets that are asked for by their numbers at once.
const AT_ONCE: usize = 100;
/// States of actions that their author still has to know of.
const UNFINISHED: [&str; 5] = ["waiting", "sent", "conflict", "needs_sign_in", "failed"];

impl Tickets {
    /// What the caller may see.
    pub(super) async fn sight(&self, db: &mut PgConnection) -> Result<Sight> {
        let user = self.caller.may(Action::WorkTickets)?;
        let (sight, _) = sight::of(db, user, self.caller.now).await.map_err(|error| self.failed(error))?;
        Ok(sight)
    }

    pub(super) async fn find(&self, query: TicketQuery, page: PageRequest) -> Result<TicketList> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let after = page.cursor.as_deref().map(|cursor| read_cursor(cursor, query.sort)).transpose()?;
        let limit = i64::from(page.limit.clamp(1, 100));
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let read = async {
            let (seq, _) = store::live_log::range(&mut db).await?;
            store::tickets::marks::welcome(&mut db, sight.account).await?;
            let sync = store::tickets::sync::get(&mut db).await?;
            let settings = settings::get(&mut db).await?;
            let near = Duration::minutes(i64::from(settings.escalation_minutes));
            let wanted = wanted(&query, &sight, self.caller.now, near);
            let mut tx = db.begin().await?;
            store::tickets::list::plan_anew(&mut tx).await?;
            let places = store::tickets::list::page(&mut tx, &sight, &wanted, after, limit + 1).await?;
            tx.commit().await?;
            Ok((seq, sync, places))
        };
        let (seq, sync, mut places) = read.await.map_err(|error| self.failed(error))?;
        let more = i64::try_from(places.len()).is_ok_and(|found| found > limit);
        places.truncate(usize::try_from(limit).unwrap_or_default());
        let next = places.last().filter(|_| more).map(|place| cursor(*place, query.sort));
        let ids: Vec<i64> = places.iter().map(|place| place.id()).collect();
        let items = self.listed(&mut db, &sight, &ids, sync.as_of).await?;
        Ok(TicketList { items, next, copy: shown::copy(&sync), seq })
    }

    pub(super) async fn some(&self, ids: Vec<TicketId>) -> Result<Vec<Ticket>> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        if ids.len() > AT_ONCE {
            return Err(Error::invalid("ids", "too_many"));
        }
        let ids: Vec<i64> = ids.into_iter().map(TicketId::get).collect();
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let sync = store::tickets::sync::get(&mut db).await.map_err(|error| self.failed(error))?;
        self.listed(&mut db, &sight, &ids, sync.as_of).await
    }

    /// Those of these tickets that are in sight, in this order.
    async fn listed(
        &self,
        db: &mut PgConnection,
        sight: &Sight,
        ids: &[i64],
        as_of: Option<OffsetDateTime>,
    ) -> Result<Vec<Ticket>> {
        let rows = store::tickets::list::rows(db, sight, ids).await.map_err(|error| self.failed(error))?;
        let mut rows: HashMap<i64, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        let as_of = as_of.unwrap_or(self.caller.now);
        Ok(ids.iter().filter_map(|id| rows.remove(id)).map(|row| shown::listed(row, as_of)).collect())
    }

    pub(super) async fn numbers(&self) -> Result<TicketCounts> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let read = async {
            let near = Duration::minutes(i64::from(settings::get(&mut db).await?.escalation_minutes));
            let counts = store::tickets::list::counts(&mut db, &sight, self.caller.now + near, self.caller.now).await?;
            Ok((counts, store::tickets::sync::get(&mut db).await?))
        };
        let (counts, sync) = read.await.map_err(|error| self.failed(error))?;
        let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(TicketCounts {
            mine: count(counts.mine),
            new: count(counts.new),
            open: count(counts.open),
            waiting: count(counts.waiting),
            escalating: count(counts.escalating),
            pending: count(counts.pending),
            watched: count(counts.watched),
            copy: shown::copy(&sync),
        })
    }

    /// The ticket as the copy has it, with everything in it.
    pub(super) async fn whole(&self, id: TicketId) -> Result<Ticket> {
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let line = self.line()?;
        let account = self.caller.signed_in()?.account;
        let read = async {
            store::tickets::marks::welcome(&mut db, sight.account).await?;
            let sync = store::tickets::sync::get(&mut db).await?;
            let Some(row) = store::tickets::list::rows(&mut db, &sight, &[id.get()]).await?.pop() else {
                return Ok(None);
            };
            let articles = store::tickets::one::articles(&mut db, id.get(), sight.account).await?;
            let files = store::tickets::one::attachments(&mut db, id.get()).await?;
            let history = store::tickets::one::history(&mut db, id.get(), 0).await?;
            let detail = store::tickets::one::detail(&mut db, id.get()).await?;
            let states = UNFINISHED.map(str::to_owned);
            let rows = store::actions::page(&mut db, account, &states, true, Some(id.get()), None, 20).await?;
            let mut actions = Vec::new();
            for row in rows {
                let mail = store::actions::mail::of(&mut db, row.id).await?;
                actions.push((row, mail));
            }
            let row = shown::listed(row, sync.as_of.unwrap_or(self.caller.now));
            let desktop = self.desktop(&mut db, row.customer.as_ref()).await?;
            let servers = self.servers_of(&mut db, &row.title, &articles, &desktop).await?;
            let settings = settings::get(&mut db).await?;
            Ok(Some((row, articles, files, history, detail, actions, (desktop, servers, settings))))
        };
        let read = read.await.map_err(|error| self.failed(error))?;
        let (row, articles, files, history, detail, actions, (desktop, servers, settings)) =
            read.ok_or(Error::NotFound)?;
        let named = (row.number.clone(), row.title.clone());
        let actions =
            actions.into_iter().map(|(row, mail)| shown::action(row, mail, Some(named.clone()), Vec::new())).collect();
        Ok(Ticket {
            articles: shown::articles(articles, &files, &line.previews.renderer),
            history: shown::history(history),
            detail: detail.map(|detail| TicketDetail {
                desktop,
                servers,
                ..shown::detail(detail, id.get(), line.web_url.as_ref(), actions, &settings)
            }),
            ..row
        })
    }

    pub(super) async fn all_queues(&self) -> Result<Vec<Queue>> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let rows = store::tickets::names::queues(&mut db, &sight).await.map_err(|error| self.failed(error))?;
        let queue = |row: store::tickets::names::QueueRow| Queue {
            name: row.name,
            open: u32::try_from(row.open).unwrap_or(u32::MAX),
        };
        Ok(rows.into_iter().map(queue).collect())
    }

    pub(super) async fn offered(&self) -> Result<TicketChoices> {
        let queues = self.all_queues().await?.into_iter().map(|queue| queue.name).collect();
        let mut db = self.connection().await?;
        let rows = async { Ok((store::tickets::names::choices(&mut db).await?, settings::get(&mut db).await?)) };
        let (rows, settings) = rows.await.map_err(|error| self.failed(error))?;
        let mut choices = TicketChoices { queues, ..TicketChoices::default() };
        let (mut services, mut slas) = (Vec::new(), Vec::new());
        for row in rows {
            match row.what.as_str() {
                "priority" => choices.priorities.push(row.name),
                "agent" => choices.agents.push(row.name),
                "kind" => choices.kinds.push(row.name),
                "service" => services.push(row.name),
                "sla" => slas.push(row.name),
                _ => choices.states.push(TicketState { name: row.name, kind: StateType::from_name(&row.kind) }),
            }
        }
        choices.fields = asked::offered(&settings.fields, &choices.kinds, &services, &slas);
        Ok(choices)
    }

    pub(super) async fn mark(&self, id: TicketId, mark: Mark) -> Result<()> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let marked = async {
            if store::tickets::list::rows(&mut db, &sight, &[id.get()]).await?.is_empty() {
                return Ok(false);
            }
            let (account, ticket) = (sight.account, id.get());
            match mark {
                Mark::Seen => store::tickets::marks::see(&mut db, account, ticket, None).await?,
                Mark::Watched => store::tickets::marks::watch(&mut db, account, ticket).await?,
                Mark::Unwatched => store::tickets::marks::unwatch(&mut db, account, ticket).await?,
            }
            Ok(true)
        };
        if marked.await.map_err(|error| self.failed(error))? { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// What somebody notes down for himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// He has seen it.
    Seen,
    /// He watches it.
    Watched,
    /// He does not any longer.
    Unwatched,
}

fn wanted(query: &TicketQuery, sight: &Sight, now: OffsetDateTime, near: Duration) -> Wanted {
    let owner = query.owner.as_ref().map(|owner| match owner {
        // Without a login of one's own nothing is one's own; no login looks like this.
        Owner::Me => sight.login.clone().unwrap_or_else(|| "%".to_owned()),
        Owner::None => String::new(),
        Owner::Agent(login) => login.to_lowercase(),
    });
    let text = query.text.trim();
    Wanted {
        // Signs alone are no words: nothing is found by them.
        text: (!text.is_empty()).then(|| clean::query(text).unwrap_or_else(|| "nothing & !nothing".to_owned())),
        view: query.view.map(|view| view.as_str().to_owned()),
        queue: query.queue.clone(),
        state: query.state.clone(),
        owner,
        customer: query.customer.clone(),
        sort: query.sort.as_str(),
        escalating_by: Some(now + near),
        now: Some(now),
    }
}

fn cursor(place: Place, sort: TicketSort) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{} {} {}", sort.as_str(), place.key, place.tie))
}

fn read_cursor(text: &str, sort: TicketSort) -> Result<Place> {
    let read = || {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let [order, key, tie] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
        (order == sort.as_str()).then_some(())?;
        Some(Place { key: key.parse().ok()?, tie: tie.parse().ok()? })
    };
    read().ok_or_else(|| Error::invalid("cursor", "cursor"))
}

//! The operations of OTRS, with sessions, chunks and walks.

mod chunks;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::OffsetDateTime;

use self::chunks::Read;
pub use self::chunks::Seen;
use super::{
    Change, Condition, Detail, Done, Failure, History, HostClock, Limits, NewTicket, Order, Search, SessionId, SortBy,
    Ticket, TicketId, TimeField, Walk,
    request::{self, Params},
    session::Service,
    ticket::{self, Reader},
    transport::{Answer, Transport},
    wire,
};
use crate::config::otrs::{Operation, Otrs, Routes};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// The service agent of the configuration. Its session is renewed when it ended, once per call.
    Service,
    /// An agent with his own session. When it ended he has to sign in again: nobody else acts in his place.
    Agent(&'a SessionId),
}

/// The line to OTRS.
#[derive(Debug)]
pub struct Client {
    transport: Transport,
    routes: Routes,
    clock: HostClock,
    user: String,
    password: SecretString,
    service: Service,
    now: fn() -> OffsetDateTime,
}

impl Client {
    /// For this web service. `now` is asked where an answer has no date of its own.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: &Otrs, limits: Limits, now: fn() -> OffsetDateTime) -> anyhow::Result<Self> {
        Ok(Self {
            transport: Transport::new(config.url.clone(), limits)?,
            routes: config.routes.clone(),
            clock: HostClock::new(config.time_zone.rules().clone()),
            user: config.user.clone(),
            password: config.password.clone(),
            service: Service::default(),
            now,
        })
    }

    /// The login of the service agent.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The clock of the host.
    #[must_use]
    pub const fn clock(&self) -> &HostClock {
        &self.clock
    }

    /// Signs an agent in. The password is not kept.
    ///
    /// # Errors
    /// [`Failure::AuthFail`] when OTRS does not know the login or the password.
    pub async fn sign_in(&self, login: &str, password: &SecretString) -> Result<SessionId, Failure> {
        let operation = Operation::SessionCreate;
        let params =
            vec![("UserLogin".to_owned(), json!(login)), ("Password".to_owned(), json!(password.expose_secret()))];
        let question = request::ask(self.routes.of(operation), &[], params);
        let answer = self.transport.exchange(operation, &question).await?;
        let created: wire::SessionCreated = read(operation, answer)?;
        created.session.filled().map(SessionId::new).ok_or_else(|| unreadable(operation, "no session in it"))
    }

    /// Makes a ticket.
    ///
    /// # Errors
    /// See [`Failure`]; after [`Failure::Unclear`] search for it before trying again.
    pub async fn create(&self, actor: Actor<'_>, new: &NewTicket) -> Result<Done, Failure> {
        let params = request::creation(new, &self.clock);
        self.done(actor, Operation::TicketCreate, &[], params).await
    }

    /// Changes a ticket. Nothing keeps somebody else from changing it at the same time: the last one wins.
    ///
    /// # Errors
    /// See [`Failure`]; where [`Failure::may_have_changed`] says so, read the ticket before anything else.
    pub async fn update(&self, actor: Actor<'_>, id: TicketId, change: &Change) -> Result<Done, Failure> {
        let params = request::update(change, &self.clock);
        self.done(actor, Operation::TicketUpdate, &[id], params).await
    }

    /// Reads a ticket.
    ///
    /// # Errors
    /// [`Failure::AccessDenied`] when it is not there or not visible.
    pub async fn ticket(&self, actor: Actor<'_>, id: TicketId, detail: Detail) -> Result<Ticket, Failure> {
        let found = self.get(actor, &[id], detail).await?.into_iter().find(|(found, _)| *found == Some(id));
        let ticket = found.map_or_else(|| Err("another ticket".to_owned()), |(_, ticket)| ticket);
        ticket.map_err(|why| unreadable(Operation::TicketGet, &why))
    }

    /// Reads tickets.
    ///
    /// # Errors
    /// See [`Failure`]. Single tickets that are not visible or not readable are none.
    pub async fn tickets(&self, actor: Actor<'_>, ids: &[TicketId], detail: Detail) -> Result<Seen<Ticket>, Failure> {
        chunks::seen(ids, |ids| async move { self.get(actor, &ids, detail).await }).await
    }

    /// Reads what happened to tickets. For agents alone.
    ///
    /// # Errors
    /// See [`Failure`]. Single tickets that are not visible or not readable are none.
    pub async fn histories(&self, actor: Actor<'_>, ids: &[TicketId]) -> Result<Seen<History>, Failure> {
        chunks::seen(ids, |ids| async move {
            let operation = Operation::TicketHistoryGet;
            let answer = self.ask(actor, operation, &ids, Params::new()).await?;
            let reader = self.reader(&answer);
            let histories: wire::Histories = read(operation, answer)?;
            Ok(each(histories.tickets, |from| reader.history(from)))
        })
        .await
    }

    /// What time it is at the host, as its web server says. Spans of time are reckoned from this and not from a clock of
    /// our own: a search that begins later than the host's now finds nothing.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn host_now(&self, actor: Actor<'_>) -> Result<OffsetDateTime, Failure> {
        let search = Search { conditions: Vec::new(), limit: 1, sort: (SortBy::Created, Order::Down) };
        let answer = self.ask(actor, Operation::TicketSearch, &[], search.params()).await?;
        Ok(self.reader(&answer).now)
    }

    /// Finds tickets that this agent may read; others are left out without a word.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn search(&self, actor: Actor<'_>, search: &Search) -> Result<Vec<TicketId>, Failure> {
        let operation = Operation::TicketSearch;
        if search.is_hopeless() {
            return Ok(Vec::new());
        }
        if self.routes.of(operation).method == "GET" && !search.fits_a_query() {
            let why = "searching by an additional field needs TicketSearch with POST (OTRS_ROUTES)";
            return Err(Failure::Misconfigured(why.to_owned()));
        }
        let answer = self.ask(actor, operation, &[], search.params()).await?;
        ticket::found(read(operation, answer)?).map_err(|error| unreadable(operation, &error.to_string()))
    }

    /// One step of a walk over tickets by their time of change, with `also` as further conditions: gives those that
    /// are new in this walk, and nothing once it has ended. Between steps a walk can be left and begun again at
    /// [`Walk::done_before`].
    ///
    /// # Errors
    /// See [`Failure`]; the walk can be gone on with later.
    pub async fn step(
        &self,
        actor: Actor<'_>,
        walk: &mut Walk,
        also: &[Condition],
    ) -> Result<Option<Vec<TicketId>>, Failure> {
        let Some(ask) = walk.next() else { return Ok(None) };
        let between = Condition::Between(TimeField::Changed, ask.from, ask.to);
        let search = Search {
            conditions: also.iter().cloned().chain([between]).collect(),
            limit: ask.limit,
            sort: (SortBy::Changed, ask.order),
        };
        let found = self.search(actor, &search).await?;
        let new = walk.answer(found).map_err(|error| Failure::Misconfigured(error.to_string()))?;
        Ok(Some(new))
    }

    async fn done(
        &self,
        actor: Actor<'_>,
        operation: Operation,
        ids: &[TicketId],
        params: Params,
    ) -> Result<Done, Failure> {
        let answer = self.ask(actor, operation, ids, params).await?;
        ticket::done(read(operation, answer)?).map_err(|error| unreadable(operation, &error.to_string()))
    }

    async fn get(&self, actor: Actor<'_>, ids: &[TicketId], detail: Detail) -> Result<Vec<Read<Ticket>>, Failure> {
        let operation = Operation::TicketGet;
        let wanted: &[(&str, u8)] = match detail {
            Detail::Fields => &[],
            // The same files in both, so that they have the same places.
            Detail::Articles => {
                &[("AllArticles", 1), ("Attachments", 1), ("HTMLBodyAsAttachment", 1), ("GetAttachmentContents", 0)]
            }
            Detail::Files => &[("AllArticles", 1), ("Attachments", 1), ("HTMLBodyAsAttachment", 1)],
        };
        let wanted = [("DynamicFields", 1), ("Extended", 1)].iter().chain(wanted);
        let params = wanted.map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let answer = self.ask(actor, operation, ids, params).await?;
        let reader = self.reader(&answer);
        let got: wire::Got = read(operation, answer)?;
        Ok(each(got.tickets, |from| reader.ticket(from, detail)))
    }

    /// Asks with a session; a refused one of the service agent is renewed once. A refusal comes before anything is done,
    /// so that asking again does nothing twice.
    async fn ask(
        &self,
        actor: Actor<'_>,
        operation: Operation,
        ids: &[TicketId],
        params: Params,
    ) -> Result<Answer, Failure> {
        let session = match actor {
            Actor::Agent(session) => return self.ask_with(session, operation, ids, &params).await,
            Actor::Service => self.service_session(None).await?,
        };
        match self.ask_with(&session, operation, ids, &params).await {
            Err(Failure::AuthFail) => {
                let session = self.service_session(Some(&session)).await?;
                self.ask_with(&session, operation, ids, &params).await
            }
            answer => answer,
        }
    }

    async fn ask_with(
        &self,
        session: &SessionId,
        operation: Operation,
        ids: &[TicketId],
        params: &Params,
    ) -> Result<Answer, Failure> {
        let signed = [("SessionID".to_owned(), json!(session.expose()))].into_iter().chain(params.iter().cloned());
        let question = request::ask(self.routes.of(operation), ids, signed.collect());
        self.transport.exchange(operation, &question).await
    }

    async fn service_session(&self, ended: Option<&SessionId>) -> Result<SessionId, Failure> {
        self.service.session(ended, || self.sign_in(&self.user, &self.password)).await
    }

    fn reader(&self, answer: &Answer) -> Reader<'_> {
        Reader { clock: &self.clock, now: answer.date.unwrap_or_else(self.now) }
    }
}

/// Reads each by itself.
fn each<W: DeserializeOwned, T>(
    values: wire::liberal::Many<Value>,
    read: impl Fn(W) -> Result<T, ticket::Incomplete>,
) -> Vec<Read<T>> {
    let one = |value: Value| {
        let id = wire::id_of(&value).map(TicketId::new);
        (id, wire::read(value).and_then(|from| read(from).map_err(|error| error.to_string())))
    };
    values.all().into_iter().map(one).collect()
}

fn read<T: DeserializeOwned>(operation: Operation, answer: Answer) -> Result<T, Failure> {
    wire::read(answer.body).map_err(|error| unreadable(operation, &error))
}

/// An answer that is no error and yet not what was asked for: a change has happened by then.
fn unreadable(operation: Operation, why: &str) -> Failure {
    if operation.changes() {
        Failure::Unclear(format!("an answer that is not understood: {why}"))
    } else {
        Failure::Misconfigured(format!("{operation} is answered by something else: {why}"))
    }
}

//! The ticket system: a web service of the OTRS family that answers like the recorded one and keeps state.
//!
//! Here: starting it, its clock, and what tests do with it in process. The operations are in files of their names, what
//! they change in `act`, routes and bodies in `service`, switches for people in `control`, the demo's content in `demo`.

pub mod act;
mod article;
pub mod catalog;
mod check;
pub mod control;
mod create;
pub mod demo;
mod escalation;
pub mod faults;
mod get;
mod page;
pub mod people;
mod perl;
mod query;
pub mod recorded;
mod render;
mod reply;
mod search;
mod service;
pub mod session;
pub mod ticket;
mod update;
pub mod world;

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, header},
    response::Response,
};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use self::service::{Answered, Asked};
pub use self::{
    faults::{Fault, Outage},
    session::Who,
    world::World,
};
use crate::clock;

/// What a body may have at most; web services have smaller limits of their own.
const LONGEST_BODY: usize = 256 << 20;

/// A simulated ticket system.
pub struct Otrs {
    prefix: String,
    world: Mutex<World>,
    /// Set for good, or the machine's clock moved by so many seconds.
    clock: Mutex<Clock>,
    revision: watch::Sender<u64>,
    questions: Mutex<Questions>,
}

#[derive(Clone, Copy, Debug)]
enum Clock {
    Stands(i64),
    Shifted(i64),
}

impl Otrs {
    /// One whose addresses begin with this prefix: `otrs`, `otobo` or `znuny`.
    #[must_use]
    pub fn new(prefix: &str, world: World) -> Arc<Self> {
        let (revision, _) = watch::channel(0);
        let clock = Mutex::new(Clock::Shifted(0));
        Arc::new(Self {
            prefix: prefix.to_owned(),
            world: Mutex::new(world),
            clock,
            revision,
            questions: Mutex::default(),
        })
    }

    /// Starts it on a free port.
    ///
    /// # Errors
    /// When there is none.
    pub async fn start(prefix: &str, world: World) -> anyhow::Result<Listening> {
        let otrs = Self::new(prefix, world);
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let router = otrs.clone().router();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            // Serving ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Listening { otrs, address, _tasks: tasks })
    }

    /// Everything below any address.
    pub fn router(self: Arc<Self>) -> Router {
        Router::new().fallback(move |request: Request| answer(self.clone(), request))
    }

    /// Where its addresses begin.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        let clock = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now = match clock {
            Clock::Stands(at) => at,
            Clock::Shifted(by) => clock::now_s() + by,
        };
        world
    }

    /// What it was asked.
    #[must_use]
    pub fn questions(&self) -> Questions {
        *self.questions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at everything.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes anything.
    pub fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let out = act(&mut self.lock());
        self.revision.send_modify(|revision| *revision += 1);
        out
    }

    /// Stops its clock at this second since 1970.
    pub fn stand_still(&self, at: i64) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = Clock::Stands(at);
    }

    /// Moves its clock on.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_secs()).unwrap_or_default();
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        *clock = match *clock {
            Clock::Stands(at) => Clock::Stands(at + by),
            Clock::Shifted(shift) => Clock::Shifted(shift + by),
        };
    }

    /// What becomes of the next question to an operation; several are taken in their order.
    pub fn fail_next(&self, operation: &str, fault: Fault) {
        self.change(|world| world.faults.next.entry(operation.to_owned()).or_default().push(fault));
    }

    /// Ends every session.
    pub fn lose_sessions(&self) {
        self.change(|world| world.sessions.clear());
    }

    /// Begins or ends an outage.
    pub fn set_outage(&self, outage: Outage) {
        self.change(|world| world.faults.outage = outage);
    }
}

impl fmt::Debug for Otrs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Otrs(/{}, {} tickets)", self.prefix, self.look(|world| world.tickets.len()))
    }
}

/// A ticket system with a port of its own; it stops when this is dropped.
#[derive(Debug)]
pub struct Listening {
    otrs: Arc<Otrs>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl std::ops::Deref for Listening {
    type Target = Otrs;

    fn deref(&self) -> &Otrs {
        &self.otrs
    }
}

impl Listening {
    /// Where it listens, as the beginning of an address.
    #[must_use]
    pub fn host(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of a web service, for `OTRS_URL`.
    #[must_use]
    pub fn url(&self, web_service: &str) -> String {
        format!("{}/{}/nph-genericinterface.pl/Webservice/{web_service}", self.host(), self.otrs.prefix)
    }
}

/// How much a ticket system was asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Questions {
    /// Being answered now.
    pub now: usize,
    /// The most there were at once.
    pub at_once: usize,
    /// Since it began.
    pub all: usize,
}

/// Counts a question as long as it lives.
struct Counted(Arc<Otrs>);

impl Counted {
    fn new(otrs: &Arc<Otrs>) -> Self {
        let mut counts = otrs.questions.lock().unwrap_or_else(PoisonError::into_inner);
        counts.now += 1;
        counts.all += 1;
        counts.at_once = counts.at_once.max(counts.now);
        Self(otrs.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.questions.lock().unwrap_or_else(PoisonError::into_inner).now -= 1;
    }
}

/// Answers a question to the web services.
async fn answer(otrs: Arc<Otrs>, request: Request) -> Response {
    let _counted = Counted::new(&otrs);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else { return respond(&otrs, Answered::bare()) };
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let asked = Asked {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        content_type: content_type.map(str::to_owned),
        body: body.to_vec(),
    };
    let (delay, outage) = otrs.look(|world| (world.faults.delay_ms, world.faults.outage));
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    match outage {
        Outage::None => {}
        Outage::DatabaseDown => return respond(&otrs, Answered::bare()),
        Outage::BadGateway => return respond(&otrs, Answered::bad_gateway()),
        Outage::Silence => {
            let mut changed = otrs.revision.subscribe();
            while otrs.look(|world| world.faults.outage) == Outage::Silence && changed.changed().await.is_ok() {}
        }
    }
    let reached = match service::reach(&otrs.prefix, &asked) {
        Ok(reached) => reached,
        Err(answered) => return respond(&otrs, answered),
    };
    let fault = otrs.change(|world| world.faults.take(reached.operation));
    match fault {
        Some(Fault::ServerError) => return respond(&otrs, Answered::bare()),
        Some(Fault::QuestionLost) => return broken(),
        Some(Fault::AnswerLost | Fault::HalfUpdate) | None => {}
    }
    let answered = otrs.change(|world| service::carry_out(world, &reached));
    if fault == Some(Fault::AnswerLost) { broken() } else { respond(&otrs, answered) }
}

fn respond(otrs: &Otrs, answered: Answered) -> Response {
    let mut response = Response::new(Body::from(answered.body));
    *response.status_mut() = axum::http::StatusCode::from_u16(answered.status).unwrap_or_default();
    if let Some(content_type) = answered.content_type {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    let now = otrs.look(|world| world.now);
    let date = jiff::Timestamp::from_second(now).unwrap_or_default().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// An answer that breaks off at once.
fn broken() -> Response {
    let cut = futures_util::stream::once(async { Err::<Vec<u8>, _>(std::io::Error::other("cut")) });
    Response::new(Body::from_stream(cut))
}

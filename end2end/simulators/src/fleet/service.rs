//! One service: it is told what to be, becomes that and says so. What it says to its callers is below.

mod dns;
mod http;
mod listening;
mod push;
mod tls;

use std::{
    net::SocketAddrV4,
    sync::{Arc, RwLock},
    time::Duration,
};

use tokio::{sync::watch, task::JoinSet};

pub(super) use self::push::Told;
use self::{
    dns::{Zone, answer_names},
    http::Site,
    listening::{Talk, listen},
    push::call,
    tls::Secure,
};
use super::{
    certificates::Authority,
    fault::{Fault, Kind},
    plan::Plan,
};

/// How often, and how long after one another, a port is asked for before that is a problem.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// What a service is to be; the number grows with each order.
#[derive(Clone, Copy, Debug)]
struct Order {
    number: u64,
    fault: Fault,
}

/// The last order that a service obeyed, and what it could not do.
#[derive(Clone, Debug, Default)]
struct Obeyed {
    number: u64,
    problem: Option<Arc<str>>,
}

/// The end at which the fleet gives orders.
pub(super) struct Line {
    orders: watch::Sender<Order>,
    obeyed: watch::Receiver<Obeyed>,
}

/// The end at which the service takes them.
struct Orders {
    orders: watch::Receiver<Order>,
    obeyed: watch::Sender<Obeyed>,
}

/// Both ends. The first order is to be as it should.
fn line() -> (Line, Orders) {
    let (give, take) = watch::channel(Order { number: 1, fault: Fault::None });
    let (say, hear) = watch::channel(Obeyed::default());
    (Line { orders: give, obeyed: hear }, Orders { orders: take, obeyed: say })
}

impl Line {
    /// Orders it to be this; nothing happens if that was the last order.
    pub(super) fn order(&self, fault: Fault) {
        self.orders.send_if_modified(|order| {
            let differs = order.fault != fault;
            if differs {
                *order = Order { number: order.number + 1, fault };
            }
            differs
        });
    }

    /// Waits until the last order is obeyed.
    pub(super) async fn obeyed(&self) {
        let number = self.orders.borrow().number;
        // A service that ended does nothing any more, which is what a stop wants.
        let _ = self.obeyed.clone().wait_for(|obeyed| obeyed.number >= number).await;
    }

    /// What it cannot do at the moment.
    pub(super) fn problem(&self) -> Option<Arc<str>> {
        self.obeyed.borrow().problem.clone()
    }
}

impl Orders {
    /// What to be now.
    fn take(&mut self) -> Order {
        *self.orders.borrow_and_update()
    }

    /// Says that it is what this order wants, or why not.
    fn obey(&self, Order { number, .. }: Order, problem: Option<String>) {
        self.obeyed.send_replace(Obeyed { number, problem: problem.map(Into::into) });
    }

    /// Waits for the next order; `None` when the fleet is gone.
    async fn next(&mut self) -> Option<()> {
        self.orders.changed().await.ok()
    }
}

/// Opens a socket. Somebody may hold its port for a moment: whoever had it before, or a process that another thread
/// is just starting, which has a copy of every socket until it is itself.
async fn open<S, F>(bind: impl Fn() -> F) -> std::io::Result<S>
where
    F: Future<Output = std::io::Result<S>>,
{
    for _ in 0..ATTEMPTS {
        if let Ok(socket) = bind().await {
            return Ok(socket);
        }
        tokio::time::sleep(PAUSE).await;
    }
    bind().await
}

/// To each service of each server, in the order of the plan; none for `ping`, which the kernel answers.
pub(super) type Lines = Vec<Vec<Option<Line>>>;

/// What jobs are told, by the server's index.
pub(super) type Jobs = Vec<(usize, watch::Sender<Option<Told>>)>;

/// Starts the services of all servers.
pub(super) fn start_all(
    plan: &Plan,
    authority: &Arc<Authority>,
    tasks: &mut JoinSet<()>,
) -> anyhow::Result<(Lines, Jobs)> {
    let zone = Arc::new(Zone::new(plan));
    let client = reqwest::Client::builder().no_proxy().build()?;
    let (mut lines, mut jobs) = (Vec::with_capacity(plan.servers.len()), Vec::new());
    for (at, server) in plan.servers.iter().enumerate() {
        let site = Arc::new(Site::new(server));
        let mut of_server = Vec::with_capacity(server.services.len());
        for one in &server.services {
            let address = SocketAddrV4::new(server.address, one.port);
            let (line, orders) = line();
            let talk = match one.kind {
                Kind::Ping => {
                    of_server.push(None);
                    continue;
                }
                Kind::Push => {
                    let (tell, told) = watch::channel(None);
                    jobs.push((at, tell));
                    tasks.spawn(call(client.clone(), told, orders));
                    None
                }
                Kind::Dns => {
                    tasks.spawn(answer_names(address, zone.clone(), orders));
                    None
                }
                Kind::Tcp => Some((Talk::Greeting(format!("220 {} ready\r\n", server.host()).into()), orders)),
                Kind::Http => Some((Talk::Http(site.clone()), orders)),
                Kind::Tls => {
                    let secure = Secure::new(authority.clone(), server, site.clone())?;
                    Some((Talk::Tls(Arc::new(RwLock::new(secure))), orders))
                }
            };
            if let Some((talk, orders)) = talk {
                tasks.spawn(listen(address, talk, orders));
            }
            of_server.push(Some(line));
        }
        lines.push(of_server);
    }
    Ok((lines, jobs))
}

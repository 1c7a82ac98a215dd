//! One service: it is told what to be, becomes that and says so. What it says to its callers is below.

mod dns;
mod http;
mod listening;
mod push;
mod tls;

use std::sync::Arc;

use tokio::sync::watch;

pub(super) use self::{
    dns::{Zone, answer_names},
    http::Site,
    listening::{Talk, listen},
    push::{Told, call},
    tls::Secure,
};
use super::fault::Fault;

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
pub(super) struct Orders {
    orders: watch::Receiver<Order>,
    obeyed: watch::Sender<Obeyed>,
}

/// Both ends. The first order is to be as it should.
pub(super) fn line() -> (Line, Orders) {
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
    fn fault(&self) -> Fault {
        self.orders.borrow().fault
    }

    /// Says that it is what `fault` said last, or why not.
    fn obey(&self, problem: Option<String>) {
        let number = self.orders.borrow().number;
        self.obeyed.send_replace(Obeyed { number, problem: problem.map(Into::into) });
    }

    /// Waits for the next order; `None` when the fleet is gone.
    async fn next(&mut self) -> Option<()> {
        self.orders.changed().await.ok()
    }
}

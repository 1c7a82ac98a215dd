//! A job that calls its monitor, as cron would; it needs to be told the address.

use std::time::Duration;

use tokio::sync::watch;

use super::{Order, Orders};
use crate::fleet::fault::Fault;

/// The address that a job was told, and how often it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::fleet) struct Told {
    pub url: String,
    pub every: Duration,
}

/// Calls until the fleet is gone.
pub(super) async fn call(client: reqwest::Client, mut told: watch::Receiver<Option<Told>>, mut orders: Orders) {
    loop {
        let order @ Order { fault, .. } = orders.take();
        orders.obey(order, None);
        let job = told.borrow_and_update().clone().filter(|_| fault != Fault::Down);
        tokio::select! {
            next = orders.next() => if next.is_none() { return },
            next = told.changed() => if next.is_err() { return },
            () = work(&client, job, fault) => {}
        }
    }
}

async fn work(client: &reqwest::Client, job: Option<Told>, fault: Fault) {
    let Some(Told { url, every }) = job else { return std::future::pending().await };
    loop {
        let call = client.post(&url).timeout(every);
        let call = match fault {
            Fault::WrongAnswer => call.query(&[("status", "down"), ("msg", "резервная копия не создана")]),
            _ => call.query(&figures()),
        };
        // A monitor that is away misses the call, as it would with cron.
        let _ = call.send().await;
        tokio::time::sleep(every).await;
    }
}

/// How a machine with something to do is, per cent.
fn figures() -> [(&'static str, u8); 3] {
    let chance = |most: u8| rand::random::<u8>() % most;
    [("cpu", 10 + chance(40)), ("memory", 50 + chance(10)), ("disk", 61)]
}

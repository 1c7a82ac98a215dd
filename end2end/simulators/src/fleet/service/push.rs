//! A job that calls its monitor, as cron would; it needs to be told the address.

use std::time::Duration;

use tokio::sync::watch;

use super::Orders;
use crate::fleet::fault::Fault;

/// The address that a job was told, and how often it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::fleet) struct Told {
    pub url: String,
    pub every: Duration,
}

/// Calls until the fleet is gone.
pub(in crate::fleet) async fn call(
    client: reqwest::Client,
    mut told: watch::Receiver<Option<Told>>,
    mut orders: Orders,
) {
    loop {
        let fault = orders.fault();
        orders.obey(None);
        let job = told.borrow_and_update().clone().filter(|_| fault != Fault::Down);
        tokio::select! {
            next = orders.next() => if next.is_none() { return },
            next = told.changed() => if next.is_err() { return },
            () = work(&client, job) => {}
        }
    }
}

async fn work(client: &reqwest::Client, job: Option<Told>) {
    let Some(Told { url, every }) = job else { return std::future::pending().await };
    loop {
        // A monitor that is away misses the call, as it would with cron.
        let _ = client.post(&url).timeout(every).send().await;
        tokio::time::sleep(every).await;
    }
}

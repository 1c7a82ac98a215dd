//! The fleet as monitors meet it.

mod callers;
mod control;
mod entering;
mod services;
mod switches;

use std::net::{SocketAddr, SocketAddrV4};

use simulators::{
    Fleet,
    fleet::{Kind, Plan, plan::Server},
};

/// A small fleet with services of all kinds, in a network of its own.
async fn fleet() -> Fleet {
    Fleet::start_anywhere(Plan::new(120, 7)).await.unwrap()
}

/// The first server that has such a service, and where that is.
fn with(fleet: &Fleet, kind: Kind) -> (&Server, SocketAddr) {
    let server = fleet.plan().servers.iter().find(|server| server.service(kind).is_some()).unwrap();
    (server, at(server, kind))
}

fn at(server: &Server, kind: Kind) -> SocketAddr {
    SocketAddrV4::new(server.address, server.service(kind).unwrap().port).into()
}

//! Servers, what checks make of them, incidents, the live channel.

mod edit;
mod faults;
mod frozen;
mod import;
mod incidents;
mod judging;
mod killed;
mod live;
mod past;
mod windows;

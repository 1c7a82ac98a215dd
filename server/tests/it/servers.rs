//! Servers, what checks make of them, incidents, the live channel.

mod edit;
mod import;
mod incidents;
mod judging;
mod live;
mod past;
mod windows;

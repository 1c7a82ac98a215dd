//! The OTRS family (OTRS, Znuny, OTOBO) through the REST web service of its `GenericInterface`.
//!
//! Here: what a client is and what it is asked for. `client` does the calls with sessions and chunks, `transport`
//! one exchange with its limits; everything else is pure: what is sent (`request`, `change`, `search`), what comes
//! back (`wire`, `ticket`), what went wrong (`failure`), the clock of the host (`host_clock`), and how a search that
//! is cut off without a word is walked completely (`walk`).
//!
//! Facts of the protocol come from recordings of a real server (OTOBO 11), which the simulator carries; a number
//! such as (262) names one of them.

mod breaker;
mod change;
mod client;
mod failure;
mod host_clock;
mod request;
mod search;
mod session;
mod ticket;
mod transport;
mod walk;
mod wire;

pub use change::{
    Change, Channel, Fields, File, LockChange, NewArticle, NewTicket, Pending, Reference, Sender, Visible,
};
pub use client::{Actor, Client, Seen};
pub use failure::Failure;
pub use host_clock::{HostClock, HostTime};
pub use search::{Condition, Order, Search, SortBy, TimeField};
pub use session::SessionId;
pub use ticket::{
    Agent, Article, ArticleId, Attachment, Deadlines, Detail, Done, Field, History, HistoryEntry, Named, StateKind,
    Ticket, TicketId,
};
pub use transport::Limits;
pub use walk::{Ask, Truncated, Walk};

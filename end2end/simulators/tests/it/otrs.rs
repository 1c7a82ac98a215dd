//! The ticket system as clients meet it.

mod compare;
mod control;
mod replay;

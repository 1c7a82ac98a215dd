//! Integration tests: the real application on a port of its own, against a database of its own.

mod accounts;
mod architecture;
mod auth;
mod bot;
mod cli;
mod helpers;
mod http;
mod private_postgres;

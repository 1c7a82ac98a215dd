//! Integration tests: the real application on a port of its own, against a database of its own.

mod accounts;
mod api;
mod architecture;
mod auth;
mod bot;
mod cli;
mod database_away;
mod demo;
mod employees;
mod helpers;
mod http;
mod idempotency;
mod imports;
mod otrs;
mod pages;
mod private_postgres;
mod search;
mod servers;
mod tickets;

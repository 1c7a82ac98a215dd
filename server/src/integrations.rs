//! Systems outside, one folder each: a client that does I/O and says whether trying again helps, and the
//! shapes they speak; `pdf` is a program of this machine. Nothing is decided here.

pub mod otrs;
pub mod pdf;
pub mod smtp;
pub mod telegram;

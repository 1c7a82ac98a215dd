//! The simulators as a program, for people, browser tests and measurements.

fn main() {}

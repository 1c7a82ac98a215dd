//! All SQL, and nothing but SQL: one function per query, on a connection, so that the caller owns the
//! transaction. No right and no rule is decided here.

pub mod employees;

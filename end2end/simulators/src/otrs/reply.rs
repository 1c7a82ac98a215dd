//! Answers that are no plain success.

use serde_json::{Value, json};

/// How a question was not answered.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// Status 200 with an error object.
    Error(Value),
    /// Status 500, JSON under the type text.
    Fault(&'static str),
}

/// An error of an operation.
pub(super) fn error(operation: &str, kind: &str, message: &str) -> Reply {
    Reply::Error(json!({"Error": {"ErrorCode": format!("{operation}.{kind}"), "ErrorMessage": message}}))
}

/// The two operations that change something, for the names in their errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changing {
    Create,
    Update,
}

impl Changing {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "TicketCreate",
            Self::Update => "TicketUpdate",
        }
    }

    fn error(self, kind: &str, message: &str) -> Reply {
        error(self.name(), kind, &format!("{}: {message}", self.name()))
    }

    pub fn missing(self, message: &str) -> Reply {
        self.error("MissingParameter", message)
    }

    pub fn invalid(self, message: &str) -> Reply {
        self.error("InvalidParameter", message)
    }

    pub fn denied(self, message: &str) -> Reply {
        self.error("AccessDenied", message)
    }

    pub fn unauthorised(self) -> Reply {
        self.error("AuthFail", "User could not be authenticated!")
    }
}

//! Identifiers: `bigint` inside, a decimal string on the wire, so that JavaScript never rounds one.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The number as the database keeps it.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(|_| de::Error::custom("an id is a decimal number in a string"))
            }
        }

        #[cfg(feature = "ssr")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-9]{1,19}$"))
                    .into()
            }
        }

        #[cfg(feature = "ssr")]
        impl utoipa::ToSchema for $name {}
    };
}

id!(
    /// A person who signed in here at least once, or was given a role before.
    AccountId
);
id!(
    /// A person in the directory.
    EmployeeId
);
id!(
    /// One sign-in of one account on one device.
    SessionId
);
id!(
    /// One import of a workbook.
    ImportId
);
id!(
    /// A machine that is watched.
    ServerId
);
id!(
    /// A group of servers.
    GroupId
);
id!(
    /// One thing that is watched on a server.
    MonitorId
);
id!(
    /// A period of being down.
    IncidentId
);
id!(
    /// A planned window in which nobody is told.
    MaintenanceId
);
id!(
    /// A ticket: its `TicketID` in OTRS.
    TicketId
);
id!(
    /// Something written in a ticket: its `ArticleID` in OTRS.
    ArticleId
);
id!(
    /// Something that somebody does to a ticket.
    ActionId
);

id!(
    /// A ready text for operators.
    ReplyId
);
id!(
    /// A file that somebody chose for an action.
    UploadId
);

/// Telegram's user and chat numbers: up to 52 bits, a decimal string on the wire like every id.
pub mod telegram {
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes the number as a decimal string.
    ///
    /// # Errors
    /// Those of the serialiser.
    pub fn serialize<S: Serializer>(id: &i64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    /// Reads the number from a decimal string.
    ///
    /// # Errors
    /// When it is no decimal number in a string.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom("an id is a decimal number in a string"))
    }
}

#[cfg(test)]
mod tests {
    use super::EmployeeId;

    #[test]
    fn an_id_is_a_string_on_the_wire() {
        let id = EmployeeId::from(9_007_199_254_740_993);
        let wire = serde_json::to_string(&id).expect("ids serialise");
        assert_eq!(wire, "\"9007199254740993\"");
        assert_eq!(serde_json::from_str::<EmployeeId>(&wire).expect("reads back"), id);
    }

    #[test]
    fn a_number_or_a_word_is_no_id() {
        assert!(serde_json::from_str::<EmployeeId>("7").is_err());
        assert!(serde_json::from_str::<EmployeeId>("\"seven\"").is_err());
    }
}

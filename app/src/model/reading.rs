//! Reading tickets and people in the browser with its own parser of JSON: what `serde` makes for each type would be a third of
//! the code of their screens. Field by field, and as liberal as the types are: what is missing is what is empty.
//!
//! The names are those of the fields; the compiler sees to it that none is forgotten. Writing is left to `serde`.

use js_sys::{Array, JSON, Reflect};
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use time::{Date, OffsetDateTime};
use wasm_bindgen::JsValue;

use super::{
    action::{Action, ActionKind, ActionRequest, ActionState},
    employee::{Department, Employee, EmployeeState, Field, Guess, Match, Neighbours, Phone, PhoneKind, Unit},
    ids::{ActionId, ArticleId, EmployeeId, ServerId, TicketId, UploadId},
    mailing::{ActionMail, MailState, Mailing},
    otrs_link::{CopyState, LinkState, OtrsLink, TicketCopy},
    page::Page,
    server::State,
    statistics::{Figures, OperatorFigures, QueueFigures, Statistics, Step, StepFigures},
    ticket::{
        Article, Attachment, Channel, Customer, Desktop, HistoryEntry, Lock, RelatedServer, Sender, StateType, Ticket,
        TicketChoices, TicketCounts, TicketDetail, TicketField, TicketList, TicketState,
        asked::{AskedField, FieldKind, FieldValue, Need},
    },
    wire_time,
};

/// What can be read from a value of the browser.
pub trait Read: Sized {
    /// The value, if it is one.
    fn read(value: &JsValue) -> Option<Self>;

    /// What it is when it is not there.
    fn missing() -> Option<Self> {
        None
    }
}

/// A field of an object.
pub fn field<T: Read>(object: &JsValue, name: &str) -> Option<T> {
    let value = Reflect::get(object, &name.into()).ok()?;
    if value.is_undefined() { T::missing() } else { T::read(&value) }
}

/// The whole of a JSON text.
pub fn whole<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = <&RawValue>::deserialize(deserializer)?;
    let value = JSON::parse(text.get()).ok();
    value.as_ref().and_then(T::read).ok_or_else(|| de::Error::custom("not what was asked for"))
}

impl Read for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

impl Read for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }

    fn missing() -> Option<Self> {
        Some(false)
    }
}

macro_rules! numbers {
    ($($name:ident)*) => {
        $(impl Read for $name {
            fn read(value: &JsValue) -> Option<Self> {
                // Counts are small, and a cast saturates.
                value.as_f64().map(|number| number as Self)
            }
        })*
    };
}

numbers!(u32 u64 i64);

impl Read for OffsetDateTime {
    fn read(value: &JsValue) -> Option<Self> {
        wire_time::time(&value.as_string()?)
    }
}

impl Read for Date {
    fn read(value: &JsValue) -> Option<Self> {
        wire_time::date(&value.as_string()?)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &JsValue) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for [T; 2] {
    fn read(value: &JsValue) -> Option<Self> {
        Vec::read(value)?.try_into().ok()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        Array::is_array(value).then(|| Array::from(value))?.iter().map(|item| T::read(&item)).collect()
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

macro_rules! ids {
    ($($name:ident)*) => {
        $(impl Read for $name {
            fn read(value: &JsValue) -> Option<Self> {
                value.as_string()?.parse().ok()
            }
        })*
    };
}

ids!(ActionId ArticleId EmployeeId ServerId TicketId UploadId);

macro_rules! names {
    ($($name:ident: $read:expr,)*) => {
        $(impl Read for $name {
            fn read(value: &JsValue) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(&value.as_string()?)
            }
        })*
    };
}

names! {
    ActionKind: Self::from_name,
    ActionState: Self::from_name,
    State: Self::from_name,
    FieldKind: |name| Some(Self::from_name(name)),
    Need: |name| Some(Self::from_name(name)),
    StateType: |name| Some(Self::from_name(name)),
    Sender: |name| Some(Self::from_name(name)),
    Lock: |name| Some(if name == "lock" { Self::Lock } else { Self::Unlock }),
    Channel: |name| Some(match name {
        "email" => Self::Email,
        "phone" => Self::Phone,
        "internal" => Self::Internal,
        _ => Self::Other,
    }),
    LinkState: |name| Some(match name {
        "linked" => Self::Linked,
        "ended" => Self::Ended,
        _ => Self::None,
    }),
    Step: |name| Some(match name {
        "month" => Self::Month,
        "week" => Self::Week,
        _ => Self::Day,
    }),
    EmployeeState: |name| Some(Self::from_name(name)),
    PhoneKind: |name| Some(match name {
        "mobile" => Self::Mobile,
        "internal" => Self::Internal,
        _ => Self::Landline,
    }),
    Field: Self::from_name,
    Guess: |name| Some(match name {
        "layout" => Self::Layout,
        "translit" => Self::Translit,
        "lookalike" => Self::Lookalike,
        "diminutive" => Self::Diminutive,
        _ => Self::Typo,
    }),
    Mailing: |name| Some(Self::from_name(name)),
    MailState: |name| Some(Self::from_name(name)),
    CopyState: |name| Some(match name {
        "current" => Self::Current,
        "away" => Self::Away,
        _ => Self::Filling,
    }),
}

macro_rules! objects {
    ($($name:ident { $($field:ident $(= $key:literal)?),* })*) => {
        $(impl Read for $name {
            fn read(value: &JsValue) -> Option<Self> {
                Some(Self { $($field: field(value, objects!(@ $field $($key)?))?),* })
            }
        })*
    };
    (@ $field:ident $key:literal) => { $key };
    (@ $field:ident) => { stringify!($field) };
}

objects! {
    Action {
        id, state, not_before, action, ticket_id, ticket_number, ticket_title, comment, created_at, updated_at, reason, detail,
        mail, changes
    }
    ActionMail { state, to, reason, detail }
    ActionRequest { action, comment, internal, version, queue, priority, owner, until, files, fields }
    Article { id, at, from, to, cc, subject, body, channel, sender, visible_for_customer, unread, cut, attachments }
    AskedField { name, label, kind, choices, create, close }
    Attachment { n, name, kind = "type", size, inline, preview }
    Customer { login, name, email, employee_id }
    Figures {
        arrived, taken, answered, closed, rejected, reopened, first_answer_p50_s, first_answer_p90_s, close_p50_s, close_p90_s
    }
    HistoryEntry { at, by, kind, values, article }
    Match { field, index, ranges, guess }
    Neighbours { department, ip, workstation }
    OperatorFigures { login, name, figures }
    OtrsLink { state, login, linked_at, queues, undo_delay_s, mailing }
    Phone { number, ext, kind, display }
    QueueFigures { queue, figures }
    Statistics { from, to, everybody, total, step, steps, operators, queues, copy }
    StepFigures { from, arrived, closed }
    Department { name, employees, units }
    Desktop { workstation, ips }
    Employee {
        id, surname, name, patronymic, full_name, email, phones, ips, workstation, position, department, unit, room, hired, note,
        state, version, updated_at, matches
    }
    FieldValue { name, values }
    RelatedServer { id, name, address, state, since }
    Ticket {
        id, number, title, queue, state, state_type, priority, lock, owner, responsible, customer, created_at, changed_at,
        escalates_at, pending_until, unread, watched, version, as_of, articles, history, detail
    }
    TicketChoices { queues, priorities, agents, states, kinds, fields }
    TicketCopy { state, as_of, done, of }
    TicketCounts { mine, new, open, waiting, escalating, pending, watched, copy }
    TicketDetail {
        kind, service, sla, company, fields, first_response_due, update_due, solution_due, closed_at, merged_into, web_url, actions,
        desktop, servers
    }
    TicketField { name, label, kind, values }
    TicketList { items, next, copy, seq }
    TicketState { name, kind }
    Unit { name, employees }
}

/// What is asked for as it is, and not only as a part of something else.
macro_rules! answers {
    ($($name:ident)*) => {
        $(impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                whole(deserializer)
            }
        })*
    };
}

answers!(Action ActionRequest Department Employee EmployeeState Field Neighbours OtrsLink Statistics Ticket TicketChoices TicketCounts TicketList);

/// Actions piece by piece.
pub struct Actions(
    /// The piece.
    pub Page<Action>,
);

impl<'de> Deserialize<'de> for Actions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        whole(deserializer)
    }
}

impl Read for Actions {
    fn read(value: &JsValue) -> Option<Self> {
        Some(Self(Page { items: field(value, "items")?, next: field(value, "next")? }))
    }
}

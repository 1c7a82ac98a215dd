//! The tables of an installation: queues, states, priorities and the like.

/// A queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Its number.
    pub id: i64,
    /// Its whole name; sub-queues are `A::B`.
    pub name: String,
    /// The group whose rights count.
    pub group: i64,
    /// Working minutes to first answer, next answer and solution; 0 is no limit.
    pub limits: [i64; 3],
}

/// A state.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub kind: &'static str,
}

impl State {
    /// Whether a time has to come with it.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.kind.starts_with("pending")
    }
}

/// Kinds of states, in the order of their numbers from 1.
pub const STATE_KINDS: [&str; 7] = ["new", "open", "closed", "pending reminder", "pending auto", "removed", "merged"];

/// The states of a fresh installation.
pub const STATES: [State; 9] = [
    State { id: 1, name: "new", kind: "new" },
    State { id: 2, name: "closed successful", kind: "closed" },
    State { id: 3, name: "closed unsuccessful", kind: "closed" },
    State { id: 4, name: "open", kind: "open" },
    State { id: 5, name: "removed", kind: "removed" },
    State { id: 6, name: "pending reminder", kind: "pending reminder" },
    State { id: 7, name: "pending auto close+", kind: "pending auto" },
    State { id: 8, name: "pending auto close-", kind: "pending auto" },
    State { id: 9, name: "merged", kind: "merged" },
];

/// The priorities of a fresh installation, in the order of their numbers from 1.
pub const PRIORITIES: [&str; 5] = ["1 very low", "2 low", "3 normal", "4 high", "5 very high"];

/// Kinds of articles' history that a caller may name.
pub const HISTORY_TYPES: [(&str, i64); 20] = [
    ("NewTicket", 1),
    ("FollowUp", 2),
    ("Forward", 6),
    ("SendAnswer", 8),
    ("SendAgentNotification", 9),
    ("EMailAgent", 12),
    ("EMailCustomer", 13),
    ("PhoneCallAgent", 14),
    ("AddNote", 15),
    ("Move", 16),
    ("Lock", 17),
    ("Unlock", 18),
    ("TimeAccounting", 20),
    ("CustomerUpdate", 21),
    ("PriorityUpdate", 22),
    ("OwnerUpdate", 23),
    ("Misc", 25),
    ("SetPendingTime", 26),
    ("StateUpdate", 27),
    ("PhoneCallCustomer", 30),
];

/// More kinds of history, which only the product writes.
pub const MORE_HISTORY_TYPES: [(&str, i64); 6] = [
    ("TicketDynamicFieldUpdate", 28),
    ("ResponsibleUpdate", 34),
    ("ServiceUpdate", 38),
    ("SLAUpdate", 39),
    ("TypeUpdate", 42),
    ("TitleUpdate", 50),
];

/// What a dynamic field takes.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// 1 or nothing.
    Checkbox,
    /// `YYYY-MM-DD HH:MM:SS`.
    DateTime,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Several of these.
    Choices(&'static [&'static str]),
}

/// A dynamic field.
#[derive(Clone, Debug)]
pub struct FieldDefinition {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: FieldKind,
}

const fn field(name: &'static str, kind: FieldKind) -> FieldDefinition {
    FieldDefinition { name, kind }
}

/// What differs from one installation to another.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Queues.
    pub queues: Vec<Queue>,
    /// Types, in the order of their numbers from 1.
    pub types: Vec<&'static str>,
    /// Services, in the order of their numbers from 1.
    pub services: Vec<&'static str>,
    /// Service level agreements, in the order of their numbers from 1, with their limits as in [`Queue`].
    pub slas: Vec<(&'static str, [i64; 3])>,
    /// Dynamic fields, by name.
    pub fields: Vec<FieldDefinition>,
}

impl Catalog {
    /// The recorded installation.
    #[must_use]
    pub fn recorded() -> Self {
        let queue = |id, name: &str, group, limits| Queue { id, name: name.to_owned(), group, limits };
        Self {
            queues: vec![
                queue(1, "Postmaster", 1, [0; 3]),
                queue(2, "Raw", 1, [0; 3]),
                queue(3, "Junk", 1, [0; 3]),
                queue(4, "Misc", 1, [0; 3]),
                queue(5, "Helpdesk", 1, [0; 3]),
                queue(6, "Network", 4, [0; 3]),
                queue(7, "Helpdesk::Level2", 1, [60, 120, 480]),
                queue(8, "Сеть и связь", 1, [0; 3]),
            ],
            types: vec!["Unclassified", "Incident"],
            services: vec!["Printing", "Printing::Color"],
            slas: vec![("Gold", [30, 0, 240])],
            fields: vec![
                field("Approved", FieldKind::Checkbox),
                field("Details", FieldKind::Text),
                field("DueAt", FieldKind::DateTime),
                field("ExternalID", FieldKind::Text),
                field("Impact", FieldKind::Choice(&["low", "medium", "high"])),
                field("ProcessManagementActivityID", FieldKind::Text),
                field("ProcessManagementProcessID", FieldKind::Text),
                field("Tags", FieldKind::Choices(&["vpn", "wifi", "mail", "print"])),
            ],
        }
    }

    /// The queue of this number.
    #[must_use]
    pub fn queue(&self, id: i64) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.id == id)
    }

    /// The name of a type.
    #[must_use]
    pub fn type_name(&self, id: i64) -> &'static str {
        nth(&self.types, id).copied().unwrap_or_default()
    }
}

/// The entry of this number in a table that is numbered from 1.
pub(super) fn nth<T>(table: &[T], id: i64) -> Option<&T> {
    table.get(usize::try_from(id.checked_sub(1)?).ok()?)
}

/// The number of the entry in a table that is numbered from 1.
pub(super) fn number_of<T>(table: &[T], fits: impl Fn(&T) -> bool) -> Option<i64> {
    table.iter().zip(1..).find(|(entry, _)| fits(entry)).map(|(_, id)| id)
}

/// The state of this number.
#[must_use]
pub fn state(id: i64) -> &'static State {
    nth(&STATES, id).unwrap_or(&STATES[0])
}

/// The name of a priority.
#[must_use]
pub fn priority(id: i64) -> &'static str {
    nth(&PRIORITIES, id).copied().unwrap_or_default()
}

/// The number of a kind of history.
#[must_use]
pub fn history_type(name: &str) -> i64 {
    let all = HISTORY_TYPES.iter().chain(&MORE_HISTORY_TYPES);
    all.copied().find(|(known, _)| *known == name).map_or(0, |(_, id)| id)
}

//! What is about to be done to one ticket or to several. This is its state and its way to be sent; the forms are in the part
//! that composes.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    components::Sheet,
    device::storage,
    i18n::{Texts, use_texts},
    live::{live, watch},
    model::{
        action::{ActionKind, ActionRequest, NewFile},
        ids::{TicketId, UploadId},
        ticket::Ticket,
    },
    pages::{
        Sender,
        composing::{load_composing, sheet},
        part::through,
    },
};

/// What the sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Choosing what is done.
    Menu,
    /// What this action needs.
    Form(ActionKind),
    /// What narrows the list.
    Filters,
}

/// A file that goes with what is written. It is sent as soon as it is chosen, so that the action itself can wait for a connection.
#[derive(Clone)]
pub struct Attached {
    /// Tells it from others of its name.
    pub key: u32,
    /// The file.
    pub file: NewFile,
    /// In bytes.
    pub size: u64,
    /// What the server calls it.
    pub sent: Option<UploadId>,
    /// It could not be sent.
    pub failed: bool,
}

/// What is being composed; the page provides it by context.
#[derive(Clone, Copy)]
pub struct Composer {
    /// Whether the sheet is open.
    pub open: RwSignal<bool>,
    /// What it is for.
    pub shown: RwSignal<Shown>,
    /// What is written.
    pub text: RwSignal<String>,
    /// The queue, the agent, the time.
    pub value: RwSignal<String>,
    /// The customer sees what is written.
    pub visible: RwSignal<bool>,
    /// Files of what is written.
    pub files: RwSignal<Vec<Attached>>,
    /// To what, as its author saw it when he began.
    pub targets: StoredValue<Vec<Ticket>>,
    /// Around the list.
    pub desk: Desk,
    sender: StoredValue<Sender>,
    t: Texts,
}

impl Composer {
    /// Nothing is being done.
    pub fn new() -> Self {
        let composer = Self {
            open: RwSignal::new(false),
            shown: RwSignal::new(Shown::Menu),
            text: RwSignal::new(String::new()),
            value: RwSignal::new(String::new()),
            visible: RwSignal::new(false),
            files: RwSignal::new(Vec::new()),
            targets: StoredValue::new(Vec::new()),
            desk: expect_context(),
            sender: StoredValue::new(Sender::new()),
            t: use_texts(),
        };
        // What is written is kept on the device for its ticket until it is sent.
        watch(move || {
            let text = composer.text.get();
            let Some(id) = composer.only() else { return };
            let name = composer.sender.with_value(|sender| sender.draft(id));
            if text.trim().is_empty() {
                storage::forget(&name);
            } else {
                storage::write(&name, &text);
            }
        });
        composer
    }

    /// Opens the sheet for these tickets.
    pub fn begin(self, targets: Vec<Ticket>, shown: Shown) {
        self.targets.set_value(targets);
        self.files.set(Vec::new());
        let draft = self.only().map(|id| self.sender.with_value(|sender| sender.draft(id)));
        self.text.set(draft.and_then(|name| storage::read(&name)).unwrap_or_default());
        self.show(shown);
        self.open.set(true);
    }

    /// Shows this in the sheet.
    pub fn show(self, shown: Shown) {
        self.value.set(String::new());
        self.visible.set(shown == Shown::Form(ActionKind::Reply));
        self.shown.set(shown);
    }

    /// Does what is composed.
    pub fn act(self, request: ActionRequest) {
        let comment = self.text.get_untracked().trim().to_owned();
        let internal =
            (!comment.is_empty() && request.action != ActionKind::Reply).then(|| !self.visible.get_untracked());
        let comment = Some(comment).filter(|comment| !comment.is_empty());
        let targets = self.targets.get_value();
        let files = self.files.with_untracked(|files| files.iter().filter_map(|file| file.sent).collect());
        self.files.set(Vec::new());
        self.text.set(String::new());
        self.open.set(false);
        self.desk.shelf.update(|shelf| shelf.chosen = None);
        self.send(&targets, &ActionRequest { comment, internal, files, ..request });
    }

    /// Does what needs no words.
    pub fn at_once(self, ticket: &Ticket, kind: ActionKind) {
        self.send(std::slice::from_ref(ticket), &ActionRequest::new(kind));
    }

    fn send(self, targets: &[Ticket], request: &ActionRequest) {
        let said = match targets.len() {
            1 => done(self.t, request.action).to_owned(),
            count => self.t.tickets_done_many(u64::try_from(count).unwrap_or(u64::MAX)),
        };
        self.sender.with_value(|sender| sender.act(targets, request, said));
    }

    fn only(self) -> Option<TicketId> {
        self.targets.with_value(|targets| match targets.as_slice() {
            [ticket] => Some(ticket.id),
            _ => None,
        })
    }
}

/// The sheet.
#[component]
pub fn ComposerSheet() -> impl IntoView {
    let t = use_texts();
    let composer = expect_context::<Composer>();
    let title = Signal::derive(move || {
        match composer.shown.get() {
            Shown::Menu => t.tickets_do_more(),
            Shown::Form(kind) => doing(t, kind),
            Shown::Filters => t.tickets_filters(),
        }
        .to_owned()
    });
    view! {
        <Sheet title=title open=composer.open>
            {live(move || {
                let shown = composer.shown.get();
                through(load_composing, move || sheet(composer, shown))
            })}
        </Sheet>
    }
}

/// What is done, as a button says it.
pub fn doing(t: Texts, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Take => t.tickets_do_take(),
        ActionKind::Release => t.tickets_do_release(),
        ActionKind::Close => t.tickets_do_close(),
        ActionKind::Reject => t.tickets_do_reject(),
        ActionKind::Comment => t.tickets_do_comment(),
        ActionKind::Reply => t.tickets_do_reply(),
        ActionKind::Move => t.tickets_do_move(),
        ActionKind::Priority => t.tickets_do_priority(),
        ActionKind::Pending => t.tickets_do_pending(),
        ActionKind::Assign => t.tickets_do_assign(),
        ActionKind::Reopen => t.tickets_do_reopen(),
        ActionKind::Create => t.tickets_new(),
    }
}

/// What was done, as a message says it.
fn done(t: Texts, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Take => t.tickets_done_take(),
        ActionKind::Release => t.tickets_done_release(),
        ActionKind::Close => t.tickets_done_close(),
        ActionKind::Reject => t.tickets_done_reject(),
        ActionKind::Comment => t.tickets_done_comment(),
        ActionKind::Reply => t.tickets_done_reply(),
        ActionKind::Move => t.tickets_done_move(),
        ActionKind::Priority => t.tickets_done_priority(),
        ActionKind::Pending => t.tickets_done_pending(),
        ActionKind::Assign => t.tickets_done_assign(),
        ActionKind::Reopen => t.tickets_done_reopen(),
        ActionKind::Create => t.tickets_done_create(),
    }
}

//! What is about to be done to one ticket or to several: a sheet with what the action needs, and the text, which is kept on the
//! device for each ticket until it is sent.

mod form;
pub use form::select;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    components::Sheet,
    device::{self, storage},
    directory::remembered::key,
    i18n::{Texts, use_texts},
    live::{live, watch},
    model::{
        action::{ActionKind, ActionRequest},
        ids::TicketId,
        ticket::Ticket,
    },
    pages::{Acts, Sender},
    session::{Session, use_session},
};

/// What is being composed; the page provides it by context.
#[derive(Clone, Copy)]
pub struct Composer {
    /// Whether the sheet is open.
    pub open: RwSignal<bool>,
    /// What is done; nothing while it is being chosen.
    pub kind: RwSignal<Option<ActionKind>>,
    /// To what, as its author saw it when he began.
    pub targets: RwSignal<Vec<Ticket>>,
    /// What is written.
    pub text: RwSignal<String>,
    /// The queue, the agent, the time.
    pub value: RwSignal<String>,
    /// The customer sees what is written.
    pub visible: RwSignal<bool>,
    sender: StoredValue<Sender>,
    desk: Desk,
    session: Session,
    t: Texts,
}

impl Composer {
    /// Nothing is being done.
    pub fn new() -> Self {
        let composer = Self {
            open: RwSignal::new(false),
            kind: RwSignal::new(None),
            targets: RwSignal::new(Vec::new()),
            text: RwSignal::new(String::new()),
            value: RwSignal::new(String::new()),
            visible: RwSignal::new(false),
            sender: StoredValue::new(Sender::new()),
            desk: expect_context(),
            session: use_session(),
            t: use_texts(),
        };
        composer.keep();
        composer
    }

    /// Opens the sheet for these tickets; without a kind it offers what there is.
    pub fn begin(self, targets: Vec<Ticket>, kind: Option<ActionKind>) {
        let draft = match targets.as_slice() {
            [ticket] => storage::read(&self.draft(ticket.id)).unwrap_or_default(),
            _ => String::new(),
        };
        self.targets.set(targets);
        self.text.set(draft);
        self.choose(kind);
        self.open.set(true);
    }

    /// This is done.
    pub fn choose(self, kind: Option<ActionKind>) {
        self.value.set(String::new());
        self.visible.set(kind == Some(ActionKind::Reply));
        self.kind.set(kind);
        // The sheet is built in this turn and takes the focus; the text is what one came for.
        request_animation_frame(|| device::focus("#field-ticket-text"));
    }

    /// Does what is composed.
    pub fn act(self, request: ActionRequest) {
        let comment = self.text.get_untracked().trim().to_owned();
        let internal =
            (!comment.is_empty() && request.action != ActionKind::Reply).then(|| !self.visible.get_untracked());
        let comment = Some(comment).filter(|comment| !comment.is_empty());
        let targets = self.targets.get_untracked();
        self.text.set(String::new());
        self.open.set(false);
        self.desk.chosen.set(None);
        self.send(&targets, ActionRequest { comment, internal, ..request });
    }

    /// Does what needs no words.
    pub fn at_once(self, ticket: &Ticket, kind: ActionKind) {
        self.send(std::slice::from_ref(ticket), ActionRequest::new(kind));
    }

    fn send(self, targets: &[Ticket], request: ActionRequest) {
        let said = match targets.len() {
            1 => done(self.t, request.action).to_owned(),
            count => self.t.tickets_done_many(u64::try_from(count).unwrap_or(u64::MAX)),
        };
        self.sender.with_value(|sender| sender.act(targets, &request, said));
    }

    /// Keeps what is written in step with the device, and takes back what was written for something that was given up.
    fn keep(self) {
        let acts = expect_context::<Acts>();
        watch(move || {
            let text = self.text.get();
            let Some(id) = self.only() else { return };
            if text.trim().is_empty() {
                storage::forget(&self.draft(id));
            } else {
                storage::write(&self.draft(id), &text);
            }
        });
        watch(move || {
            let Some((id, text)) = acts.returned.get() else { return };
            let name = self.draft(id);
            if storage::read::<String>(&name).is_none() {
                storage::write(&name, &text);
                if self.only() == Some(id) {
                    self.text.set(text);
                }
            }
        });
    }

    fn only(self) -> Option<TicketId> {
        self.targets.with_untracked(|targets| match targets.as_slice() {
            [ticket] => Some(ticket.id),
            _ => None,
        })
    }

    fn draft(self, id: TicketId) -> String {
        let account = self.session.user_untracked().map_or(0.into(), |user| user.id);
        key(&account.to_string(), &["draft.ticket.", &id.to_string()].concat())
    }
}

/// The sheet.
#[component]
pub fn ComposerSheet() -> impl IntoView {
    let t = use_texts();
    let composer = expect_context::<Composer>();
    let title =
        Signal::derive(move || composer.kind.get().map_or(t.tickets_do_more(), |kind| doing(t, kind)).to_owned());
    view! {
        <Sheet title=title open=composer.open>
            {live(move || match composer.kind.get() {
                None => form::menu(t, composer),
                Some(kind) => form::form(t, composer, kind),
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

//! Sending actions: kept on the device before anything else, one after the other, again when there was no connection.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::wasm_split;

use crate::{
    backend::{Actions as _, Tickets as _},
    device::{self, storage},
    helpdesk::act::{Act, may_come_later, next},
    i18n::texts,
    model::{
        Error,
        action::{Action, ActionRequest, ActionState},
        ids::TicketId,
        mailing::MailState,
        ticket::Ticket,
    },
    pages::{Acts, Sender, part::NotLoaded},
    telegram::Haptic,
};

/// When it is tried again without a sign that the connection is back.
const LATER: Duration = Duration::from_secs(10);

/// Sends on what the device kept.
#[wasm_split(tickets, fallible, preload(#[doc = "Fetches what sends."] load_sending))]
pub fn send_waiting(sender: Sender) -> Result<(), NotLoaded> {
    sender.pump();
    Ok(())
}

impl Acts {
    /// Forgets what is over and was shown for a while.
    pub fn forget_over(self) {
        let over = |act: &Act| act.stored.is_some() && act.over;
        if self.list.try_with_untracked(|acts| acts.iter().any(over)) == Some(true) {
            self.list.update(|acts| acts.retain(|act| !over(act)));
        }
    }

    fn change(self, key: &str, change: impl FnOnce(&mut Act)) {
        self.list.update(|acts| {
            if let Some(act) = acts.iter_mut().find(|act| act.key == key) {
                change(act);
            }
        });
    }

    fn remove(self, key: &str) -> Option<Act> {
        let mut removed = None;
        self.list.update(|acts| {
            if let Some(at) = acts.iter().position(|act| act.key == key) {
                removed = Some(acts.remove(at));
            }
        });
        removed
    }

    fn find(self, key: &str) -> Option<Act> {
        self.list.with_untracked(|acts| acts.iter().find(|act| act.key == key).cloned())
    }
}

impl Sender {
    /// Does it: on the screen at once, on its way a moment later; `said` tells so, with the way back.
    pub fn act(&self, tickets: &[Ticket], request: &ActionRequest, said: String) {
        let new = tickets.iter().map(|ticket| {
            let request = ActionRequest { version: Some(ticket.version.clone()), ..request.clone() };
            Act::new(device::unique_key(), now_ms(), ticket, request)
        });
        let new: Vec<Act> = new.collect();
        let keys: Vec<String> = new.iter().map(|act| act.key.clone()).collect();
        for act in &new {
            storage::write(&self.name(&act.key), act);
        }
        self.own();
        self.acts.list.update(|acts| acts.extend(new));
        self.telegram.haptic(Haptic::Impact);
        let t = texts(self.language.now());
        let said = if window().navigator().on_line() { said } else { t.tickets_said_offline(&said) };
        match self.acts.undo_s.get_value() {
            0 => self.toasts.show(said),
            seconds => {
                let sender = self.clone();
                let undo = move || keys.iter().for_each(|key| sender.undo(key));
                self.toasts.undo_for(Duration::from_secs(seconds.into()), said, undo);
            }
        }
        self.pump();
    }

    /// Takes it back; what was written returns to its ticket.
    pub fn undo(&self, key: &str) {
        let Some(act) = self.acts.find(key) else { return };
        if act.stored.is_some() {
            self.acts.change(key, |act| act.undone = true);
            self.undo_stored(act);
        } else if act.tried && act.refused.is_none() {
            // The text is back at once; whether there is more to take back the server knows.
            self.give_back(act.ticket, act.text());
            self.keep(Act { undone: true, ..act });
            self.pump();
        } else {
            self.drop_act(key);
        }
    }

    /// Here and on the device it is like this now.
    fn keep(&self, act: Act) {
        storage::write(&self.name(&act.key), &act);
        self.acts.change(&act.key.clone(), |known| *known = act);
    }

    /// Gives it up; what was written returns to its ticket.
    pub fn drop_act(&self, key: &str) {
        storage::forget(&self.name(key));
        if let Some(act) = self.acts.remove(key) {
            self.give_back(act.ticket, act.text());
        }
        self.pump();
    }

    /// What was written for something that is not done waits for its ticket's next time, unless there is another draft.
    pub fn give_back(&self, ticket: TicketId, text: &str) {
        let name = self.draft(ticket);
        if !text.trim().is_empty() && storage::read::<String>(&name).is_none() {
            storage::write(&name, &text);
        }
    }

    /// Does it all the same, to the ticket as it is now: with a key of its own, for it is another request.
    pub fn insist(&self, key: &str) {
        let Some(act) = self.acts.find(key) else { return };
        let version = act.refused.as_ref().and_then(Error::current::<Ticket>).map(|ticket| ticket.version);
        let again = Act {
            key: device::unique_key(),
            refused: None,
            tried: false,
            undone: false,
            request: ActionRequest { version, ..act.request.clone() },
            ..act
        };
        storage::write(&self.name(&again.key), &again);
        storage::forget(&self.name(key));
        self.acts.change(key, |act| *act = again);
        self.pump();
    }

    /// Sends what is known here and what the device kept, in order, one at a time.
    pub fn pump(&self) {
        self.remember();
        if self.acts.sending.get_value() {
            return;
        }
        self.acts.sending.set_value(true);
        let sender = self.clone();
        spawn_local(async move {
            while let Some(act) = sender.acts.list.with_untracked(|acts| next(acts).cloned()) {
                let key = act.key.clone();
                if !act.tried {
                    sender.keep(Act { tried: true, ..act.clone() });
                }
                let actions = sender.backend.actions();
                let answer = if act.undone {
                    actions.undo_key(key.clone()).await
                } else {
                    actions.act(act.ticket, act.request.clone(), key.clone()).await
                };
                match answer {
                    Err(error) if may_come_later(&error) || act.undone && matches!(error, Error::Internal(_)) => {
                        sender.later();
                        break;
                    }
                    answer if act.undone => sender.taken_back(&act, answer),
                    Ok(action) => sender.accepted(&key, &action),
                    Err(error) => sender.refused(&key, error),
                }
            }
            sender.acts.sending.set_value(false);
        });
    }

    /// What became of an action that the server had taken.
    pub fn hear(&self, action: &Action) {
        let acts = self.acts;
        if let Some(mail) = action.mail.as_ref().filter(|mail| mail.state.is_stopped()) {
            let t = texts(self.language.now());
            self.telegram.haptic(Haptic::Error);
            self.toasts.problem(match mail.state {
                MailState::Unclear => t.tickets_mail_unclear(&mail.to),
                _ => t.tickets_mail_not_sent(&mail.to),
            });
        }
        let Some(act) = acts.list.with_untracked(|acts| acts.iter().find(|act| act.stored == Some(action.id)).cloned())
        else {
            return;
        };
        match action.state {
            ActionState::Waiting | ActionState::Sent => {}
            ActionState::Done => acts.change(&act.key, |act| act.over = true),
            ActionState::Undone => drop(acts.remove(&act.key)),
            ActionState::Conflict | ActionState::NeedsSignIn | ActionState::Failed => {
                drop(acts.remove(&act.key));
                self.telegram.haptic(Haptic::Error);
                self.toasts.problem(texts(self.language.now()).tickets_not_done(&act.number));
            }
        }
    }

    /// Marks everything in it as seen.
    pub fn see(&self, id: TicketId) {
        let backend = self.backend.clone();
        spawn_local(async move {
            // Without an answer it stays unread, and is told again the next time.
            let _ = backend.tickets().seen(id).await;
        });
    }

    /// What somebody else did here before he signed out is not sent in this one's name.
    fn own(&self) {
        let account = self.account();
        if self.acts.account.get_value() != account {
            self.acts.account.set_value(account);
            self.acts.list.set(Vec::new());
        }
    }

    /// Takes in what the device kept and is not known here.
    fn remember(&self) {
        self.own();
        let kept: Vec<Act> = storage::keys(&self.name("")).iter().filter_map(|key| storage::read(key)).collect();
        let known = |key: &str| self.acts.list.with_untracked(|acts| acts.iter().any(|act| act.key == key));
        let mut new: Vec<Act> = kept.into_iter().filter(|act| !known(&act.key)).collect();
        if !new.is_empty() {
            new.sort_by_key(|act| act.at_ms);
            self.acts.list.update(|acts| acts.extend(new));
        }
    }

    fn accepted(&self, key: &str, action: &Action) {
        if self.acts.find(key).is_some_and(|act| act.undone) {
            // Meanwhile it was taken back: that is next.
            return;
        }
        storage::forget(&self.name(key));
        self.acts.change(key, |act| act.stored = Some(action.id));
        self.hear(action);
    }

    /// What became of one that was taken back and may have been accepted before.
    fn taken_back(&self, act: &Act, answer: Result<Action, Error>) {
        self.forget(&act.key);
        match answer {
            // It never arrived, and nobody has to know.
            Err(Error::NotFound) => {}
            Ok(_) => self.say_undone(act),
            Err(error) => {
                // It is done: its text is not waiting for another time.
                let draft = self.draft(act.ticket);
                if storage::read::<String>(&draft).is_some_and(|text| text == act.text()) {
                    storage::forget(&draft);
                }
                self.telegram.haptic(Haptic::Error);
                self.toasts.error(&error);
            }
        }
    }

    fn say_undone(&self, act: &Act) {
        let t = texts(self.language.now());
        let files = !act.request.files.is_empty();
        self.toasts.show(if files { t.replies_files_again() } else { t.card_undone() });
    }

    fn forget(&self, key: &str) {
        storage::forget(&self.name(key));
        drop(self.acts.remove(key));
    }

    fn refused(&self, key: &str, error: Error) {
        let Some(act) = self.acts.find(key) else { return };
        let t = texts(self.language.now());
        if act.undone {
            return self.forget(key);
        }
        self.telegram.haptic(Haptic::Error);
        self.toasts.problem([&t.tickets_not_done(&act.number), " ", &t.error(&error)].concat());
        self.keep(Act { refused: Some(error), ..act });
    }

    fn undo_stored(&self, act: Act) {
        let Some(id) = act.stored.or_else(|| self.acts.find(&act.key)?.stored) else { return };
        let sender = self.clone();
        spawn_local(async move {
            match sender.backend.actions().undo(id).await {
                Ok(_) => {
                    drop(sender.acts.remove(&act.key));
                    sender.give_back(act.ticket, act.text());
                    sender.say_undone(&act);
                }
                Err(error) => {
                    sender.acts.change(&act.key, |act| act.undone = false);
                    sender.telegram.haptic(Haptic::Error);
                    sender.toasts.error(&error);
                }
            }
        });
    }

    fn later(&self) {
        let sender = self.clone();
        set_timeout(
            move || {
                if window().navigator().on_line() {
                    sender.pump();
                }
            },
            LATER,
        );
    }
}

fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}

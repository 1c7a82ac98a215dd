//! What an action wants a ticket to be like, what of it is not so yet, and how to ask OTRS for that. Pure.
//!
//! Actions are goals and not steps, for a change may be made in part, or made without an answer: then only what is missing is
//! asked for again. An article is found again by a mark that stands beside it in the history. Files are written last there: an
//! article that stands without them gets a second one that brings them, once.

mod extra;

use app::model::{
    action::{ActionKind, ActionRequest},
    mailing::Mailing,
    otrs_link::TicketSettings,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use self::extra::Extra;
use super::convert;
use crate::integrations::otrs::{
    ArticleId, Change, Channel, History, LockChange, NewArticle, Pending, Reference, Ticket, Visible,
};

/// `root@localhost`: nobody.
const NOBODY: i64 = 1;

/// What a ticket shall be like. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// The whole name of its queue.
    pub queue: Option<String>,
    /// Whether it is taken.
    pub locked: Option<bool>,
    /// The name of its state.
    pub state: Option<String>,
    /// Until when it waits, in seconds since 1970; OTRS knows minutes alone.
    pub until: Option<i64>,
    /// The name of its priority.
    pub priority: Option<String>,
    /// The login of its owner.
    pub owner: Option<String>,
    /// What is written in it.
    pub article: Option<Text>,
    /// The files of what is written.
    pub files: Vec<Paper>,
    /// Type, service, SLA and additional fields.
    #[serde(default)]
    pub extra: Extra,
}

/// A file of what is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its place in the action.
    pub n: i32,
    /// Its name.
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// Something to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// In one line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Whether the customer sees it.
    pub visible: bool,
    /// Whether it is a mail: this OTRS sends it.
    pub mail_to: Option<String>,
    /// In whose name, when the service agent writes.
    pub from: Option<String>,
    /// It is we who mail it.
    #[serde(default)]
    pub by_us: bool,
}

/// As whom something is done.
#[derive(Clone, Copy, Debug)]
pub enum Author<'a> {
    /// An agent with this login.
    Agent(&'a str),
    /// The service agent, for the person of this name.
    For(&'a str),
}

/// What the ticket shall be like after this action.
///
/// Closing and moving take the lock off and the owner away (238, 252, 266), so where people expect to find an owner
/// afterwards it is named in the same change.
pub fn goal(
    request: &ActionRequest,
    files: Vec<Paper>,
    ticket: &Ticket,
    author: Author<'_>,
    settings: &TicketSettings,
) -> Goal {
    let me = match author {
        Author::Agent(login) => Some(login.to_owned()),
        Author::For(_) => None,
    };
    let owner = Some(ticket.owner.login.clone()).filter(|_| ticket.owner.id != NOBODY);
    let article = request.comment.as_ref().map(|comment| text(request, comment, ticket, author, settings));
    let goal = Goal { article, files, extra: Extra::of(&request.fields), ..Goal::default() };
    match request.action {
        ActionKind::Take => Goal { locked: Some(true), owner: me, ..goal },
        ActionKind::Release => Goal { locked: Some(false), ..goal },
        ActionKind::Close => Goal { state: Some(settings.close_state.clone()), owner: me.or(owner), ..goal },
        ActionKind::Reject => Goal { state: Some(settings.reject_state.clone()), owner: me.or(owner), ..goal },
        ActionKind::Comment | ActionKind::Reply | ActionKind::Create => goal,
        ActionKind::Move if owner.is_some() && ticket.locked => {
            Goal { queue: request.queue.clone(), owner, locked: Some(true), ..goal }
        }
        ActionKind::Move => Goal { queue: request.queue.clone(), ..goal },
        ActionKind::Priority => Goal { priority: request.priority.clone(), ..goal },
        ActionKind::Pending => Goal {
            state: Some(settings.pending_state.clone()),
            until: request.until.map(|until| until.unix_timestamp() / 60 * 60),
            owner: owner.or(me),
            ..goal
        },
        ActionKind::Assign => Goal { owner: request.owner.clone(), locked: Some(true), ..goal },
        ActionKind::Reopen => Goal { state: Some(settings.open_state.clone()), owner: owner.or(me), ..goal },
    }
}

fn text(
    request: &ActionRequest,
    comment: &str,
    ticket: &Ticket,
    author: Author<'_>,
    settings: &TicketSettings,
) -> Text {
    let is_reply = request.action == ActionKind::Reply;
    let visible = !request.internal.unwrap_or(!is_reply);
    let mail_to = match settings.mailing {
        _ if !visible || !is_reply => None,
        // Nobody but the customer of the ticket, whatever somebody wrote into a header: it is he whom the form names.
        Mailing::Otrs | Mailing::Vakhta => convert::customer(ticket).1,
        Mailing::Unknown | Mailing::Portal => None,
    };
    let (body, from) = match author {
        Author::Agent(_) => (comment.to_owned(), None),
        Author::For(name) => {
            (format!("{name}:\n\n{comment}"), Some(format!("\"{}\"", name.replace(['"', '<', '>'], ""))))
        }
    };
    Text {
        subject: if is_reply { format!("Re: {}", ticket.title) } else { ticket.title.clone() },
        body,
        visible,
        mail_to,
        from,
        by_us: visible && is_reply && settings.mailing == Mailing::Vakhta,
    }
}

/// What of the goal is not so yet. `mark` stands in the history where the article is.
pub fn missing(goal: &Goal, ticket: &Ticket, history: &History, mark: &str) -> Goal {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let until = ticket.pending_until.map(|until| until.unix_timestamp() / 60 * 60);
    let state = goal.state.clone().filter(|state| !same(state, &ticket.state.name));
    let waits_otherwise = goal.until.is_some() && goal.until != until;
    Goal {
        queue: goal.queue.clone().filter(|queue| !same(queue, &ticket.queue.name)),
        locked: goal.locked.filter(|locked| *locked != ticket.locked),
        // A time is only set together with a state.
        state: if waits_otherwise { goal.state.clone() } else { state.clone() },
        until: goal.until.filter(|_| waits_otherwise || state.is_some()),
        priority: goal.priority.clone().filter(|priority| !same(priority, &ticket.priority.name)),
        owner: goal.owner.clone().filter(|owner| !same(owner, &ticket.owner.login)),
        article: goal.article.clone().filter(|_| written(history, mark).is_none()),
        files: match written(history, mark) {
            Some((Some(article), _)) if !goal.files.is_empty() => {
                let second = written(history, &mark_of_files(mark)).and_then(|(second, _)| second);
                lost(&goal.files, ticket, [Some(article), second])
            }
            Some(_) => Vec::new(),
            None => goal.files.clone(),
        },
        extra: goal.extra.missing(ticket),
    }
    .dragged_along(goal)
}

/// Stands beside the article that brings files which the first one lost.
pub fn mark_of_files(mark: &str) -> String {
    [mark, " files"].concat()
}

/// Those of these files that no article of these has. OTRS changes names, but not sizes: of two with the same name one becomes
/// `a-1.txt`.
fn lost(files: &[Paper], ticket: &Ticket, articles: [Option<ArticleId>; 2]) -> Vec<Paper> {
    let ours = ticket.articles.iter().filter(|article| articles.contains(&Some(article.id)));
    let mut there: Vec<_> = ours.flat_map(|article| &article.attachments).collect();
    let mut take = |paper: &Paper, by_name: bool| {
        let fits = |file: &&crate::integrations::otrs::Attachment| {
            file.size == paper.size && (!by_name || file.name == paper.name)
        };
        there.iter().position(fits).map(|at| there.swap_remove(at)).is_some()
    };
    let renamed: Vec<&Paper> = files.iter().filter(|paper| !take(paper, true)).collect();
    renamed.into_iter().filter(|paper| !take(paper, false)).cloned().collect()
}

impl Goal {
    /// Nothing is left to be done.
    pub fn is_reached(&self) -> bool {
        *self == Self::default()
    }

    /// Only files are left that the article which stands there has lost.
    pub fn is_files_alone(&self) -> bool {
        !self.files.is_empty() && Self { files: Vec::new(), ..self.clone() } == Self::default()
    }

    /// What OTRS resets on the way has to be named again in the same change.
    fn dragged_along(mut self, goal: &Self) -> Self {
        if self.queue.is_some() || self.state.is_some() {
            self.owner = goal.owner.clone();
            self.locked = self.locked.or(goal.locked.filter(|locked| *locked));
        }
        self
    }
}

/// The article that stands beside this mark, and who wrote it.
pub fn written(history: &History, mark: &str) -> Option<(Option<ArticleId>, i64)> {
    let entry = history.entries.iter().find(|entry| entry.name.contains(mark))?;
    Some((entry.article, entry.by))
}

/// The article that brings files which the first one lost; `words` says so in its subject.
pub fn article_of_files(missing: &Goal, text: &Text, words: &str) -> Text {
    let names: Vec<&str> = missing.files.iter().map(|paper| paper.name.as_str()).collect();
    Text {
        subject: format!("{words}: {}", text.subject),
        body: names.join("\n"),
        mail_to: None,
        by_us: false,
        ..text.clone()
    }
}

/// How to ask OTRS for it; what is in the files is added by who sends it.
pub fn change(goal: &Goal, mark: &str) -> Change {
    let named = |name: &Option<String>| name.clone().map(Reference::Name);
    let until = goal.until.and_then(|until| OffsetDateTime::from_unix_timestamp(until).ok());
    goal.extra.put(Change {
        queue: named(&goal.queue),
        lock: goal.locked.map(|locked| if locked { LockChange::Lock } else { LockChange::Unlock }),
        state: named(&goal.state),
        pending: until.map(Pending::Until),
        priority: named(&goal.priority),
        owner: named(&goal.owner),
        article: goal.article.as_ref().map(|text| article(text, mark)),
        ..Change::default()
    })
}

/// An article as OTRS takes it.
pub fn article(text: &Text, mark: &str) -> NewArticle {
    let visible = if text.visible { Visible::Customer } else { Visible::Agents };
    NewArticle {
        channel: if text.mail_to.is_some() { Channel::Email } else { Channel::Internal },
        from: text.from.clone(),
        to: text.mail_to.clone(),
        history_comment: Some(mark.to_owned()),
        ..NewArticle::note(text.subject.clone(), text.body.clone(), visible)
    }
}

#[cfg(test)]
mod tests;

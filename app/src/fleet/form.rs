//! The form of a server: its texts as they are typed, and what they change.

use crate::model::server::{Server, ServerDraft, ServerPatch};

/// The fields of the form, as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What people call it.
    pub name: String,
    /// Host name or IP address.
    pub address: String,
    /// The name of its group.
    pub group: String,
    /// Labels, separated by commas.
    pub tags: String,
    /// Notes.
    pub notes: String,
    /// What to do when it is down.
    pub runbook: String,
}

impl Form {
    /// The form of a server that is there.
    #[must_use]
    pub fn of(server: &Server) -> Self {
        Self {
            name: server.name.clone(),
            address: server.address.clone(),
            group: server.group.clone().unwrap_or_default(),
            tags: server.tags.join(", "),
            notes: server.notes.clone().unwrap_or_default(),
            runbook: server.runbook_url.clone().unwrap_or_default(),
        }
    }

    /// What is entered; without people, parents and monitors, which are no texts.
    #[must_use]
    pub fn draft(&self) -> ServerDraft {
        ServerDraft {
            name: self.name.trim().to_owned(),
            address: self.address.trim().to_owned(),
            group: filled(&self.group),
            tags: tags(&self.tags),
            notes: filled(&self.notes),
            runbook_url: filled(&self.runbook),
            ..ServerDraft::default()
        }
    }

    /// What changes between two forms.
    #[must_use]
    pub fn patch(&self, before: &Self, version: i64) -> ServerPatch {
        let (now, was) = (self.draft(), before.draft());
        ServerPatch {
            version,
            name: (now.name != was.name).then_some(now.name),
            address: (now.address != was.address).then_some(now.address),
            group: (now.group != was.group).then_some(now.group),
            tags: (now.tags != was.tags).then_some(now.tags),
            notes: (now.notes != was.notes).then_some(now.notes),
            runbook_url: (now.runbook_url != was.runbook_url).then_some(now.runbook_url),
            ..ServerPatch::default()
        }
    }
}

/// Labels from a text with commas; each once.
#[must_use]
pub fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Form, tags};
    use crate::model::server::ServerPatch;

    #[test]
    fn labels_are_separated_by_commas_and_named_once() {
        assert_eq!(tags(" prod , db,, prod"), ["prod", "db"]);
        assert!(tags(" ,").is_empty());
    }

    #[test]
    fn only_what_changed_is_sent() {
        let before = Form { name: "db".into(), group: "A".into(), tags: "a, b".into(), ..Form::default() };
        let now = Form { name: " db ".into(), group: " ".into(), tags: "a,b".into(), ..Form::default() };
        let expected = ServerPatch { version: 3, group: Some(None), ..ServerPatch::default() };
        assert_eq!(now.patch(&before, 3), expected);
    }
}

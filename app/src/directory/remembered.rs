//! What the search remembers on this device for one account: recent searches and favourites.
//!
//! Both stay on the device: they are a convenience of one hand, must work before the first answer of
//! the server, and what somebody searched for is nobody else's business. Where they are kept is the
//! page's affair; here is only what they hold.

use serde::{Deserialize, Serialize};

use crate::model::ids::EmployeeId;

/// How many searches are remembered.
const RECENT: usize = 8;
/// How many favourites fit; the server answers for at most 100 people at once.
const FAVOURITES: usize = 100;
/// Longer texts are pasted by accident and not worth remembering.
const LONGEST: usize = 80;

/// Recent searches, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recent(Vec<String>);

impl Recent {
    /// The searches, latest first.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.0
    }

    /// Remembers a search that led somewhere. What was typed on the way to it is forgotten.
    pub fn add(&mut self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = text.to_lowercase();
        if text.chars().count() < 2 || text.chars().count() > LONGEST {
            return;
        }
        self.0.retain(|known| {
            let known = known.to_lowercase();
            known != folded && !folded.starts_with(&known)
        });
        self.0.insert(0, text);
        self.0.truncate(RECENT);
    }

    /// Forgets one search.
    pub fn forget(&mut self, text: &str) {
        self.0.retain(|known| known != text);
    }
}

/// Favourite people, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Favourites(Vec<EmployeeId>);

impl Favourites {
    /// The people, latest first.
    #[must_use]
    pub fn ids(&self) -> &[EmployeeId] {
        &self.0
    }

    /// Whether this person is one.
    #[must_use]
    pub fn has(&self, id: EmployeeId) -> bool {
        self.0.contains(&id)
    }

    /// Adds or removes a person.
    pub fn toggle(&mut self, id: EmployeeId) {
        if self.has(id) {
            self.0.retain(|known| *known != id);
        } else {
            self.0.insert(0, id);
            self.0.truncate(FAVOURITES);
        }
    }
}

/// The name under which something is kept for one account.
#[must_use]
pub fn key(account: &str, what: &str) -> String {
    format!("vakhta.{account}.{what}")
}

#[cfg(test)]
mod tests {
    use super::{Favourites, RECENT, Recent};

    fn recent(texts: &[&str]) -> Recent {
        let mut recent = Recent::default();
        for text in texts {
            recent.add(text);
        }
        recent
    }

    #[test]
    fn the_latest_is_first_and_comes_once() {
        assert_eq!(recent(&["Иванов", "касса", "иванов"]).texts(), ["иванов", "касса"]);
    }

    #[test]
    fn what_was_typed_on_the_way_is_forgotten() {
        assert_eq!(recent(&["ива", "Иванов"]).texts(), ["Иванов"]);
    }

    #[test]
    fn single_letters_and_pasted_pages_are_not_remembered() {
        assert!(recent(&["и", "  ", &"ю".repeat(81)]).texts().is_empty());
    }

    #[test]
    fn spaces_are_tidied() {
        assert_eq!(recent(&["  иванов   иван "]).texts(), ["иванов иван"]);
    }

    #[test]
    fn only_so_many_are_kept() {
        let many: Vec<String> = (10..30).map(|number| format!("каб {number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(recent(&many).texts().len(), RECENT);
    }

    #[test]
    fn one_can_be_forgotten() {
        let mut recent = recent(&["касса", "Иванов"]);
        recent.forget("касса");
        assert_eq!(recent.texts(), ["Иванов"]);
    }

    #[test]
    fn a_favourite_comes_and_goes() {
        let mut favourites = Favourites::default();
        favourites.toggle(7.into());
        favourites.toggle(9.into());
        assert_eq!(favourites.ids(), [9.into(), 7.into()]);
        favourites.toggle(9.into());
        assert!(!favourites.has(9.into()));
        assert_eq!(serde_json::to_string(&favourites).expect("serialises"), r#"["7"]"#);
    }
}

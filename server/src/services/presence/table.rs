//! What a node knows of screens: its own and those of others alike. Pure.

use std::collections::HashMap;

use app::model::live::Person;
use time::OffsetDateTime;

use super::once;
use crate::store::notify::Looker;

/// Screens by their numbers, and until when that is believed.
#[derive(Debug, Default)]
pub struct Table {
    screens: HashMap<i64, (Looker, OffsetDateTime)>,
}

impl Table {
    /// This was said and is believed until then. Gives the tickets where it changes something.
    pub fn hear(&mut self, lookers: Vec<Looker>, until: OffsetDateTime) -> Vec<i64> {
        let mut changed = Vec::new();
        for looker in lookers {
            let (screen, at) = (looker.screen, looker.at);
            let before = match at {
                Some(_) => self.screens.insert(screen, (looker, until)),
                None => self.screens.remove(&screen),
            };
            let before = before.and_then(|(before, _)| before.at);
            if before != at {
                changed.extend(before);
                changed.extend(at);
            }
        }
        changed
    }

    /// Forgets what is believed no longer; gives the tickets where that changes something.
    pub fn forget(&mut self, now: OffsetDateTime) -> Vec<i64> {
        let gone = self.screens.extract_if(|_, (_, until)| *until < now);
        gone.filter_map(|(_, (looker, _))| looker.at).collect()
    }

    /// Who looks at a ticket, by name, each once.
    pub fn at(&self, ticket: i64) -> Vec<Person> {
        let here = self.screens.values().filter(|(looker, _)| looker.at == Some(ticket));
        once(here.map(|(looker, _)| Person { account: looker.account.into(), name: looker.name.clone() }).collect())
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn looker(screen: i64, account: i64, at: Option<i64>) -> Looker {
        Looker { screen, account, name: format!("Person {account}"), at }
    }

    fn accounts(table: &Table, ticket: i64) -> Vec<i64> {
        table.at(ticket).iter().map(|person| person.account.get()).collect()
    }

    #[test]
    fn two_screens_of_one_person_are_one() {
        let mut table = Table::default();
        let until = NOW + Duration::seconds(10);
        let said = vec![looker(1, 7, Some(5)), looker(2, 7, Some(5)), looker(3, 8, Some(5)), looker(4, 9, Some(6))];
        assert_eq!(table.hear(said, until), [5, 5, 5, 6]);
        assert_eq!((accounts(&table, 5), accounts(&table, 6)), (vec![7, 8], vec![9]));
        assert_eq!(table.hear(vec![looker(1, 7, None)], until), [5]);
        assert_eq!(accounts(&table, 5), [7, 8]);
        assert_eq!(table.hear(vec![looker(2, 7, Some(6))], until), [5, 6]);
        assert_eq!((accounts(&table, 5), accounts(&table, 6)), (vec![8], vec![7, 9]));
    }

    #[test]
    fn what_is_said_again_changes_nothing_and_what_is_not_is_forgotten() {
        let mut table = Table::default();
        table.hear(vec![looker(1, 7, Some(5)), looker(2, 8, Some(5))], NOW + Duration::seconds(10));
        assert!(table.hear(vec![looker(1, 7, Some(5))], NOW + Duration::seconds(20)).is_empty());
        assert!(table.forget(NOW + Duration::seconds(10)).is_empty());
        assert_eq!(table.forget(NOW + Duration::seconds(11)), [5]);
        assert_eq!(accounts(&table, 5), [7]);
    }
}

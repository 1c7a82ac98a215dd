//! The list of servers: trouble first, then the groups, what fits the filter; and what an event changes in it.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::links::Filter;
use crate::model::{
    ids::ServerId,
    server::{ServerRow, State},
};

/// How many rows the first HTML holds.
pub const FIRST_ROWS: usize = 50;

/// How many there are of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// In each state, in the order of [`State::ALL`].
    pub states: [u32; 6],
    /// In each group by name; an empty name is no group. With how many of it are in trouble.
    pub groups: Vec<(String, u32, u32)>,
    /// All tags by name.
    pub tags: Vec<String>,
}

impl Tally {
    /// Counts.
    pub fn of<'a>(rows: impl Iterator<Item = &'a ServerRow>) -> Self {
        let mut tally = Self::default();
        for row in rows {
            tally.states[row.state.urgency()] += 1;
            let name = row.group.as_deref().unwrap_or_default();
            let trouble = u32::from(is_trouble(row.state));
            match tally.groups.iter_mut().find(|(known, ..)| known == name) {
                Some((_, count, bad)) => {
                    *count += 1;
                    *bad += trouble;
                }
                None => tally.groups.push((name.to_owned(), 1, trouble)),
            }
            for tag in &row.tags {
                if !tally.tags.contains(tag) {
                    tally.tags.push(tag.clone());
                }
            }
        }
        // Those without a group come last.
        tally.groups.sort_by(|a, b| (a.0.is_empty(), &a.0).cmp(&(b.0.is_empty(), &b.0)));
        tally.tags.sort();
        tally
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.states.iter().sum()
    }

    /// How many are in this state.
    #[must_use]
    pub fn count(&self, state: State) -> u32 {
        self.states[state.urgency()]
    }
}

/// What needs somebody.
#[must_use]
pub const fn is_trouble(state: State) -> bool {
    matches!(state, State::Down | State::Degraded)
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Above those in trouble, with their number.
    Trouble(u32),
    /// Above a group (an empty name is no group): how many there are, how many of them in trouble, whether it is open.
    Group(String, u32, u32, bool),
    /// A server.
    Server(Arc<ServerRow>),
}

impl Line {
    /// Tells apart whatever looks different.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        match self {
            Self::Trouble(count) => count.hash(&mut hasher),
            Self::Group(name, count, bad, open) => (name, count, bad, open).hash(&mut hasher),
            Self::Server(row) => {
                (row.id, &row.name, &row.address, row.state, row.since).hash(&mut hasher);
                (row.latency_ms, &row.spark, &row.reason, &row.tags, &row.incident, &row.down).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

/// Puts the rows that fit in order, at most `limit` of them; and how many fit.
#[must_use]
pub fn arrange(
    rows: &[Arc<ServerRow>],
    tally: &Tally,
    filter: &Filter,
    closed: &[String],
    limit: usize,
) -> (Vec<Line>, usize) {
    let text = filter.text.trim().to_lowercase();
    let mut fitting: Vec<&Arc<ServerRow>> = rows.iter().filter(|row| fits(row, filter, &text)).collect();
    fitting.sort_by(|a, b| place(a).cmp(&place(b)));
    let count = fitting.len();
    let in_trouble = fitting.iter().filter(|row| is_trouble(row.state)).count();
    let mut lines = Vec::with_capacity(limit.min(count) + tally.groups.len() + 1);
    if in_trouble > 0 {
        lines.push(Line::Trouble(u32::try_from(in_trouble).unwrap_or(u32::MAX)));
    }
    let mut group = None;
    let mut open = true;
    let mut shown = 0;
    for row in fitting {
        let name = row.group.as_deref().unwrap_or_default();
        if !is_trouble(row.state) && group != Some(name) {
            group = Some(name);
            // What is looked for is shown, however the groups were left.
            open = !filter.is_empty() || !closed.iter().any(|closed| closed == name);
            let (_, count, bad) = tally.groups.iter().find(|(known, ..)| known == name).cloned().unwrap_or_default();
            lines.push(Line::Group(name.to_owned(), count, bad, open));
        }
        if open || is_trouble(row.state) {
            if shown == limit {
                break;
            }
            shown += 1;
            lines.push(Line::Server(Arc::clone(row)));
        }
    }
    (lines, count)
}

fn fits(row: &ServerRow, filter: &Filter, text: &str) -> bool {
    filter.state.is_none_or(|state| row.state == state)
        && filter.group.as_ref().is_none_or(|group| row.group.as_ref() == Some(group))
        && filter.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
        && (text.is_empty()
            || [&row.name, &row.address]
                .into_iter()
                .chain(&row.group)
                .chain(&row.tags)
                .any(|field| field.to_lowercase().contains(text)))
}

/// Trouble first, the worst and latest above; then by group, urgency and name.
fn place(row: &ServerRow) -> (bool, usize, i64, bool, &str, usize, &str) {
    let group = row.group.as_deref().unwrap_or_default();
    if is_trouble(row.state) {
        return (false, row.state.urgency(), -row.since.unix_timestamp(), false, "", 0, &row.name);
    }
    (true, 0, 0, group.is_empty(), group, row.state.urgency(), &row.name)
}

/// Puts what came by the channel in place.
pub fn apply(rows: &mut Vec<Arc<ServerRow>>, changed: Vec<ServerRow>) {
    for row in changed {
        match rows.iter_mut().find(|known| known.id == row.id) {
            Some(known) => *known = Arc::new(row),
            None => rows.push(Arc::new(row)),
        }
    }
}

/// Takes a server out.
pub fn remove(rows: &mut Vec<Arc<ServerRow>>, id: ServerId) {
    rows.retain(|row| row.id != id);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use time::OffsetDateTime;

    use super::{Line, Tally, apply, arrange};
    use crate::{
        fleet::links::Filter,
        model::server::{ServerRow, State},
    };

    fn row(id: i64, name: &str, group: Option<&str>, state: State) -> ServerRow {
        ServerRow {
            id: id.into(),
            name: name.into(),
            address: format!("10.0.0.{id}"),
            group: group.map(Into::into),
            state,
            since: OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(id),
            latency_ms: Some(1),
            spark: String::new(),
            down: Vec::new(),
            reason: None,
            tags: if id % 2 == 0 { vec!["even".into()] } else { Vec::new() },
            incident: None,
        }
    }

    fn fleet() -> Vec<Arc<ServerRow>> {
        [
            row(1, "web", Some("B"), State::Up),
            row(2, "db", Some("A"), State::Down),
            row(3, "cache", None, State::Up),
            row(4, "mail", Some("A"), State::Unknown),
            row(5, "api", Some("A"), State::Up),
            row(6, "dns", Some("B"), State::Degraded),
        ]
        .into_iter()
        .map(Arc::new)
        .collect()
    }

    fn said(filter: &Filter, closed: &[String], limit: usize) -> Vec<String> {
        let rows = fleet();
        let tally = Tally::of(rows.iter().map(AsRef::as_ref));
        let (lines, _) = arrange(&rows, &tally, filter, closed, limit);
        lines
            .iter()
            .map(|line| match line {
                Line::Trouble(count) => format!("!{count}"),
                Line::Group(name, count, bad, open) => format!("{name} {count}/{bad}{}", if *open { "" } else { "…" }),
                Line::Server(row) => row.name.clone(),
            })
            .collect()
    }

    #[test]
    fn trouble_comes_first_then_the_groups_and_those_without_one_last() {
        assert_eq!(
            said(&Filter::default(), &[], 50),
            ["!2", "db", "dns", "A 3/1", "mail", "api", "B 2/1", "web", " 1/0", "cache"]
        );
    }

    #[test]
    fn a_closed_group_is_a_line_unless_something_is_looked_for() {
        let closed = ["A".to_owned()];
        assert_eq!(
            said(&Filter::default(), &closed, 50),
            ["!2", "db", "dns", "A 3/1…", "B 2/1", "web", " 1/0", "cache"]
        );
        let filter = Filter { text: "MAIL".into(), ..Filter::default() };
        assert_eq!(said(&filter, &closed, 50), ["A 3/1", "mail"]);
    }

    #[test]
    fn each_filter_leaves_what_fits() {
        for (filter, expected) in [
            (
                Filter { state: Some(State::Up), ..Filter::default() },
                vec!["A 3/1", "api", "B 2/1", "web", " 1/0", "cache"],
            ),
            (Filter { group: Some("B".into()), ..Filter::default() }, vec!["!1", "dns", "B 2/1", "web"]),
            (Filter { tag: Some("even".into()), ..Filter::default() }, vec!["!2", "db", "dns", "A 3/1", "mail"]),
            (Filter { text: "10.0.0.3".into(), ..Filter::default() }, vec![" 1/0", "cache"]),
            (Filter { text: "nobody".into(), ..Filter::default() }, vec![]),
        ] {
            assert_eq!(said(&filter, &[], 50), expected, "{filter:?}");
        }
    }

    #[test]
    fn no_more_rows_than_wanted() {
        assert_eq!(said(&Filter::default(), &[], 3), ["!2", "db", "dns", "A 3/1", "mail"]);
    }

    #[test]
    fn a_server_that_recovers_goes_back_to_its_group() {
        let mut rows = fleet();
        apply(&mut rows, vec![row(2, "db", Some("A"), State::Up), row(9, "new", None, State::Unknown)]);
        let tally = Tally::of(rows.iter().map(AsRef::as_ref));
        assert_eq!((tally.count(State::Down), tally.total()), (0, 7));
        let (lines, count) = arrange(&rows, &tally, &Filter::default(), &[], 50);
        assert_eq!((count, lines.len()), (7, 11));
    }
}

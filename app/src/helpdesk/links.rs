//! Addresses of the screens of tickets, and what of the list they keep.

use crate::{
    directory::links::escape,
    model::{
        ids::TicketId,
        ticket::{Owner, TicketQuery, TicketSort, View},
    },
};

/// What of the list is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What is searched for: in all tickets, whatever the view is.
    pub text: String,
    /// A saved view; nothing for all tickets.
    pub view: Option<View>,
    /// In this queue or below it.
    pub queue: Option<String>,
    /// In this state, or in states of this type.
    pub state: Option<String>,
    /// Whose: `me`, `none`, or a login.
    pub owner: Option<String>,
    /// Asked by the customer with this login.
    pub customer: Option<String>,
    /// The order; nothing for that of the view.
    pub sort: Option<TicketSort>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            text: String::new(),
            view: Some(View::Mine),
            queue: None,
            state: None,
            owner: None,
            customer: None,
            sort: None,
        }
    }
}

/// How an address names all tickets.
const ALL: &str = "all";

impl Filter {
    /// What the query of an address asks for.
    #[must_use]
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let view = match text("view") {
            Some(all) if all == ALL => None,
            named => named.and_then(|name| View::from_name(&name)).or(Self::default().view),
        };
        Self {
            text: text("q").unwrap_or_default(),
            view,
            queue: text("queue"),
            state: text("state"),
            owner: text("owner"),
            customer: text("customer"),
            sort: text("sort").and_then(|name| TicketSort::from_name(&name)),
        }
    }

    /// `?q=…&view=…`, or nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.push_str(&escape(value));
            }
        };
        add("q", self.text.trim());
        if self.view != Self::default().view {
            add("view", self.view.map_or(ALL, View::as_str));
        }
        for (name, value) in
            [("queue", &self.queue), ("state", &self.state), ("owner", &self.owner), ("customer", &self.customer)]
        {
            add(name, value.as_deref().unwrap_or_default());
        }
        add("sort", self.sort.map_or("", TicketSort::as_str));
        query
    }

    /// What the backend is asked.
    #[must_use]
    pub fn asked(&self) -> TicketQuery {
        let text = self.text.trim().to_owned();
        let view = self.shown_view();
        let sort = if view == Some(View::Escalating) { TicketSort::Escalation } else { TicketSort::default() };
        let owner = self.owner.as_deref().map(|owner| match owner {
            "me" => Owner::Me,
            "none" => Owner::None,
            login => Owner::Agent(login.to_owned()),
        });
        TicketQuery {
            text,
            view,
            queue: self.queue.clone(),
            state: self.state.clone(),
            owner,
            customer: self.customer.clone(),
            sort: self.sort.unwrap_or(sort),
        }
    }

    /// The view that counts: a search, and a customer's tickets, look everywhere.
    #[must_use]
    pub fn shown_view(&self) -> Option<View> {
        self.view.filter(|_| self.text.trim().is_empty() && self.customer.is_none())
    }

    /// Something besides the view is chosen.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.text.trim().is_empty()
            || [&self.queue, &self.state, &self.owner, &self.customer].into_iter().any(Option::is_some)
    }
}

/// The list.
#[must_use]
pub fn list(filter: &Filter) -> String {
    ["/tickets", &filter.query()].concat()
}

/// A ticket beside the list it was found in.
#[must_use]
pub fn ticket(id: TicketId, filter: &Filter) -> String {
    ["/tickets/", &id.to_string(), &filter.query()].concat()
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::model::ticket::{Owner, TicketSort, View};

    fn read(pairs: &[(&str, &str)]) -> Filter {
        Filter::of(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_filter_survives_its_address() {
        let filter = Filter {
            text: "принтер 7".into(),
            view: None,
            queue: Some("IT::Level 2".into()),
            state: Some("pending reminder".into()),
            owner: Some("none".into()),
            customer: Some("olga@example.com".into()),
            sort: Some(TicketSort::Oldest),
        };
        let query = filter.query();
        assert!(query.starts_with("?q=%D0%BF"), "{query}");
        assert!(query.ends_with("&view=all&queue=IT%3A%3ALevel%202&state=pending%20reminder&owner=none&customer=olga%40example.com&sort=oldest"), "{query}");
        let pairs = [
            ("q", " принтер 7 "),
            ("view", "all"),
            ("queue", "IT::Level 2"),
            ("state", "pending reminder"),
            ("owner", "none"),
            ("customer", "olga@example.com"),
            ("sort", "oldest"),
        ];
        assert_eq!(read(&pairs), filter);
        assert_eq!(Filter::default().query(), "");
    }

    #[test]
    fn unknown_names_are_passed_over() {
        assert_eq!(read(&[("view", "no-such"), ("sort", "no-such"), ("owner", " ")]), Filter::default());
    }

    #[test]
    fn a_search_looks_everywhere() {
        let escalating = read(&[("view", "escalating"), ("owner", "petr")]);
        let asked = escalating.asked();
        assert_eq!((asked.view, asked.sort), (Some(View::Escalating), TicketSort::Escalation));
        assert_eq!(asked.owner, Some(Owner::Agent("petr".into())));
        let searched = read(&[("view", "escalating"), ("q", "vpn")]).asked();
        assert_eq!((searched.view, searched.sort), (None, TicketSort::Changed));
    }
}

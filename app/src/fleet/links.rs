//! Addresses of the screens of servers, and what of the list they keep.

use crate::{
    directory::links::escape,
    model::{
        ids::{IncidentId, ServerId},
        server::State,
    },
};

/// What of the list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of a name, an address, a group or a tag.
    pub text: String,
    /// Only in this state.
    pub state: Option<State>,
    /// Only this group.
    pub group: Option<String>,
    /// Only with this tag.
    pub tag: Option<String>,
}

impl Filter {
    /// What the query of an address asks for.
    #[must_use]
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            text: text("q").unwrap_or_default(),
            state: text("state").and_then(|name| State::from_name(&name)),
            group: text("group"),
            tag: text("tag"),
        }
    }

    /// `?q=…&state=…`, or nothing.
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
        add("state", self.state.map_or("", State::as_str));
        add("group", self.group.as_deref().unwrap_or_default());
        add("tag", self.tag.as_deref().unwrap_or_default());
        query
    }

    /// Everything is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.state.is_none() && self.group.is_none() && self.tag.is_none()
    }
}

/// The list.
#[must_use]
pub fn list(filter: &Filter) -> String {
    ["/servers", &filter.query()].concat()
}

/// A server beside the list it was found in.
#[must_use]
pub fn server(id: ServerId, filter: &Filter) -> String {
    ["/servers/", &id.to_string(), &filter.query()].concat()
}

/// A page about a server: `edit`, `copy`.
#[must_use]
pub fn about(id: ServerId, page: &str) -> String {
    ["/servers/", &id.to_string(), "/", page].concat()
}

/// An incident.
#[must_use]
pub fn incident(id: IncidentId) -> String {
    ["/alerts/", &id.to_string()].concat()
}

/// Whether an address may be a link: nothing that runs a script.
#[must_use]
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::{Filter, is_web};
    use crate::model::server::State;

    #[test]
    fn a_filter_survives_its_address() {
        let filter = Filter {
            text: "db 1".into(),
            state: Some(State::Down),
            group: Some("Филиал & склад".into()),
            tag: Some("prod".into()),
        };
        assert_eq!(
            filter.query(),
            "?q=db%201&state=down&group=%D0%A4%D0%B8%D0%BB%D0%B8%D0%B0%D0%BB%20%26%20%D1%81%D0%BA%D0%BB%D0%B0%D0%B4&tag=prod"
        );
        let read = Filter::of(|name| match name {
            "q" => Some(" db 1 ".into()),
            "state" => Some("down".into()),
            "group" => Some("Филиал & склад".into()),
            "tag" => Some("prod".into()),
            _ => None,
        });
        assert_eq!(read, filter);
        assert!(Filter::of(|name| Some(if name == "state" { "no-such" } else { " " }.into())).is_empty());
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(is_web("https://wiki.example.com/x"));
        assert!(!is_web("javascript:alert(1)"));
    }
}

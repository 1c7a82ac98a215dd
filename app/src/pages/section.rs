//! Which page is at which address; the same for the browser, the server and the list of parts.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{employees, part::Part, servers, tickets};

/// A section of the app: one page, or a list with what is opened beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Home,
    /// The directory.
    Employees,
    /// The servers.
    Servers,
    /// The tickets of OTRS.
    Tickets,
    /// Figures of the work with tickets.
    Statistics,
    /// The incidents.
    Alerts,
    /// What I set.
    Settings,
    /// What there is to administer.
    Admin,
    /// Accounts.
    Accounts,
    /// The import into the directory.
    Import,
    /// For whom no session is known.
    SignIn,
}

impl Section {
    /// The section at this path, and what of it is opened; nothing where there is no page.
    #[must_use]
    pub fn at(path: &str) -> Option<(Self, &str)> {
        let path = path.trim_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        Some(match (first, rest) {
            ("", _) => (Self::Home, ""),
            ("employees", opened) => (Self::Employees, opened),
            ("servers", opened) => (Self::Servers, opened),
            ("tickets", "statistics") => (Self::Statistics, ""),
            ("tickets", opened) => (Self::Tickets, opened),
            ("alerts", opened) if is_one_step(opened) => (Self::Alerts, opened),
            ("settings", "") => (Self::Settings, ""),
            ("admin", "") => (Self::Admin, ""),
            ("admin", "import") => (Self::Import, ""),
            ("admin", "accounts") => (Self::Accounts, ""),
            ("admin", opened) => (Self::Accounts, opened.strip_prefix("accounts/").filter(|id| is_one_step(id))?),
            ("sign-in", "") => (Self::SignIn, ""),
            _ => return None,
        })
    }

    /// The parts of the app that this path of the section needs.
    pub(super) fn parts(self, opened: &str) -> &'static [Part] {
        match self {
            Self::Admin | Self::Accounts | Self::Import => &[Part::Administration],
            Self::Alerts => &[Part::Alerts],
            Self::Employees => employees::Opened::at(opened).parts(),
            Self::Home => &[Part::Home],
            Self::Servers => servers::Opened::at(opened).parts(),
            Self::Settings => &[Part::Settings],
            Self::Statistics => &[Part::Statistics],
            Self::Tickets => tickets::Opened::at(opened).parts(),
            Self::SignIn => &[],
        }
    }

    /// What is opened of this section, followed. While the address is elsewhere the page is about to go, and keeps what it
    /// shows.
    pub(super) fn opened<T: Copy + PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&str) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let path = use_location().pathname;
        Memo::new(move |before: Option<&T>| {
            path.with(|path| match (Self::at(path), before) {
                (Some((section, opened)), _) if section == self => read(opened),
                (_, Some(before)) => *before,
                (_, None) => read(""),
            })
        })
    }
}

fn is_one_step(path: &str) -> bool {
    !path.contains('/')
}

#[cfg(test)]
mod tests {
    use super::Section;

    #[test]
    fn each_address_has_its_section() {
        for (path, found) in [
            ("/", (Section::Home, "")),
            ("/employees", (Section::Employees, "")),
            ("/employees/7/edit/", (Section::Employees, "7/edit")),
            ("/servers/7", (Section::Servers, "7")),
            ("/tickets", (Section::Tickets, "")),
            ("/tickets/7", (Section::Tickets, "7")),
            ("/tickets/statistics/", (Section::Statistics, "")),
            ("/alerts/", (Section::Alerts, "")),
            ("/alerts/7", (Section::Alerts, "7")),
            ("/settings", (Section::Settings, "")),
            ("/admin", (Section::Admin, "")),
            ("/admin/accounts", (Section::Accounts, "")),
            ("/admin/accounts/7", (Section::Accounts, "7")),
            ("/admin/import", (Section::Import, "")),
            ("/sign-in", (Section::SignIn, "")),
        ] {
            assert_eq!(Section::at(path), Some(found), "{path}");
        }
    }

    #[test]
    fn elsewhere_there_is_none() {
        for path in
            ["/administer", "/settings/more", "/alerts/7/more", "/admin/accounts/7/more", "/admin/other", "/home"]
        {
            assert_eq!(Section::at(path), None, "{path}");
        }
    }
}

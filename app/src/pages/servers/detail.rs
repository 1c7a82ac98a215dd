//! What stands beside the list, or in its place on a phone: the address says it.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::{
    components::{EmptyState, Icon},
    i18n::use_texts,
    live::live,
    model::{ids::ServerId, user::Role},
    pages::{
        Forbidden, NotFound,
        fleet::{FleetImport, FleetSettings, Groups, Maintenances, Manage},
        part::{Entered, Part},
        server::ServerPage,
        server_edit::{ServerEdit, ServerNew},
    },
    session::use_role,
};

/// What is opened beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    Nobody,
    /// A server.
    Server(ServerId),
    /// A page of the part that sets up servers.
    Configuring(Configuring),
    /// Loading a list of servers.
    Import,
    /// No such page.
    Unknown,
}

/// What is opened of the part that sets up servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Configuring {
    /// The form for a new one.
    New,
    /// The form for one like this.
    Copy(ServerId),
    /// The form of a server.
    Edit(ServerId),
    /// What there is to set up.
    Manage,
    /// The groups.
    Groups,
    /// Planned windows.
    Maintenance,
    /// How servers are watched.
    Settings,
}

/// Enters the part that shows a server.
#[wasm_split(server, fallible, preload(#[doc = "Fetches it."] load_server))]
pub fn server(id: ServerId) -> Entered {
    Ok(view! { <ServerPage id=id /> }.into_any())
}

/// Enters the part that sets up servers.
#[wasm_split(configuring, fallible, preload(#[doc = "Fetches it."] load_configuring))]
pub fn configuring(page: Configuring) -> Entered {
    Ok(match page {
        Configuring::New => view! { <ServerNew like=None /> }.into_any(),
        Configuring::Copy(id) => view! { <ServerNew like=Some(id) /> }.into_any(),
        Configuring::Edit(id) => view! { <ServerEdit id=id /> }.into_any(),
        Configuring::Manage => view! { <Manage /> }.into_any(),
        Configuring::Groups => view! { <Groups /> }.into_any(),
        Configuring::Maintenance => view! { <Maintenances /> }.into_any(),
        Configuring::Settings => view! { <FleetSettings /> }.into_any(),
    })
}

/// Enters the part that loads a list of servers.
#[wasm_split(importing, fallible, preload(#[doc = "Fetches it."] load_importing))]
pub fn importing() -> Entered {
    Ok(view! { <FleetImport /> }.into_any())
}

impl Opened {
    /// The server that is opened, in whatever way.
    pub const fn server(self) -> Option<ServerId> {
        match self {
            Self::Server(id) | Self::Configuring(Configuring::Copy(id) | Configuring::Edit(id)) => Some(id),
            _ => None,
        }
    }

    /// What is opened at this path below the list.
    pub fn at(path: &str) -> Self {
        let path = path.trim_matches('/');
        let (name, page) = path.split_once('/').unwrap_or((path, ""));
        match (path, name.parse(), page) {
            ("", ..) => Self::Nobody,
            ("new", ..) => Self::Configuring(Configuring::New),
            ("manage", ..) => Self::Configuring(Configuring::Manage),
            ("import", ..) => Self::Import,
            ("groups", ..) => Self::Configuring(Configuring::Groups),
            ("maintenance", ..) => Self::Configuring(Configuring::Maintenance),
            ("settings", ..) => Self::Configuring(Configuring::Settings),
            (_, Ok(id), "") => Self::Server(id),
            (_, Ok(id), "edit") => Self::Configuring(Configuring::Edit(id)),
            (_, Ok(id), "copy") => Self::Configuring(Configuring::Copy(id)),
            _ => Self::Unknown,
        }
    }

    /// The parts of the app that it takes.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Nobody | Self::Unknown => &[Part::Servers],
            Self::Server(_) => &[Part::Servers, Part::Server],
            Self::Configuring(_) => &[Part::Servers, Part::Configuring],
            Self::Import => &[Part::Servers, Part::Importing],
        }
    }

    /// The role it takes; the server refuses the data anyway.
    const fn role(self) -> Role {
        match self {
            Self::Nobody | Self::Server(_) | Self::Unknown | Self::Configuring(Configuring::Maintenance) => {
                Role::Employee
            }
            Self::Configuring(_) | Self::Import => Role::Admin,
        }
    }
}

/// The page that is opened.
#[component]
pub fn Detail(
    /// Which.
    opened: Memo<Opened>,
) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    live(move || match opened.get() {
        opened if role < opened.role() => view! { <Forbidden /> }.into_any(),
        Opened::Nobody => {
            view! { <EmptyState icon=Icon::Server title=t.servers_choose_title() text=t.servers_choose_text() /> }
                .into_any()
        }
        Opened::Server(id) => Part::Server.view(move || server(id)),
        Opened::Configuring(page) => Part::Configuring.view(move || configuring(page)),
        Opened::Import => Part::Importing.view(importing),
        Opened::Unknown => view! { <NotFound /> }.into_any(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Configuring, Opened};

    #[test]
    fn each_address_opens_its_page() {
        for (path, opened) in [
            ("", Opened::Nobody),
            ("7", Opened::Server(7.into())),
            ("7/", Opened::Server(7.into())),
            ("7/edit", Opened::Configuring(Configuring::Edit(7.into()))),
            ("7/copy", Opened::Configuring(Configuring::Copy(7.into()))),
            ("new", Opened::Configuring(Configuring::New)),
            ("manage", Opened::Configuring(Configuring::Manage)),
            ("import", Opened::Import),
            ("groups", Opened::Configuring(Configuring::Groups)),
            ("maintenance", Opened::Configuring(Configuring::Maintenance)),
            ("settings", Opened::Configuring(Configuring::Settings)),
        ] {
            assert_eq!(Opened::at(path), opened, "{path}");
        }
        for path in ["new/edit", "7/delete", "seven", "7/edit/more"] {
            assert_eq!(Opened::at(path), Opened::Unknown, "{path}");
        }
    }
}

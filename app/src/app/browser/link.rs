//! The link that opened the app: where it leads, and what happens when there is nothing, or nothing for this user.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::{Back, Toasts, use_toasts},
    i18n::{CurrentLanguage, texts, use_language},
    model::Error,
    start::OnRefusal,
    telegram::Target,
};

/// The way of a link.
#[derive(Clone, Copy)]
pub struct Link {
    /// The page it leads to, until it turned out not to be there.
    followed: StoredValue<Option<String>>,
    back: Back,
    toasts: Toasts,
    language: CurrentLanguage,
}

impl Link {
    /// Nothing is followed yet. Pages below the caller say here when they are not shown.
    pub fn listen(back: Back) -> Self {
        let link = Self { followed: StoredValue::new(None), back, toasts: use_toasts(), language: use_language() };
        let path = use_location().pathname;
        provide_context(OnRefusal(Arc::new(move |error| {
            let followed = link.followed.try_update_value(Option::take).flatten();
            let here = followed.is_some_and(|page| page == path.get_untracked());
            if here && matches!(error, Error::NotFound | Error::Forbidden { .. }) {
                // The page is being built: the next one after it.
                set_timeout(move || link.nowhere(), Duration::ZERO);
            }
        })));
        link
    }

    /// Goes there; a page that is not shown leads home with a notice. A guest is told elsewhere what he may.
    pub fn follow(self, target: Target) {
        let address = match target {
            Target::Employee(id) => ["/employees/", &id.to_string()].concat(),
            Target::Server(id) => ["/servers/", &id.to_string()].concat(),
            Target::Incident(id) => ["/alerts/", &id.to_string()].concat(),
            Target::Ticket(id) => ["/tickets/", &id.to_string()].concat(),
            Target::Alerts => "/alerts".to_owned(),
            Target::Unknown => return self.nowhere(),
        };
        self.back.replace(&address);
        self.followed.set_value(Some(address));
    }

    fn nowhere(self) {
        self.back.replace("/");
        self.toasts.problem(texts(self.language.now()).error_bad_link());
    }
}

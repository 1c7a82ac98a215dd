//! Recent searches and favourites of whoever is signed in, as signals kept in step with the device.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    device::storage,
    directory::remembered::{Favourites, Recent, key},
    live::watch,
    model::ids::{AccountId, EmployeeId},
    session::use_session,
};

/// What the device remembers. Empty in the first HTML and until it was looked up.
#[derive(Clone, Copy)]
pub struct Remembered {
    account: AccountId,
    /// Recent searches.
    pub recent: RwSignal<Recent>,
    /// Favourite people.
    pub favourites: RwSignal<Favourites>,
}

impl Remembered {
    /// What the device remembers for the account that is signed in, as soon as there is a device.
    pub fn of_me() -> Self {
        let account = untrack(|| use_session().user()).map_or(0.into(), |user| user.id);
        let remembered = Self {
            account,
            recent: RwSignal::new(Recent::default()),
            favourites: RwSignal::new(Favourites::default()),
        };
        watch(move || {
            remembered.recent.set(remembered.read("recent"));
            remembered.favourites.set(remembered.read("favourites"));
        });
        remembered
    }

    /// Remembers a search that led somewhere.
    pub fn searched(self, text: &str) {
        self.recent.update(|recent| recent.add(text));
        self.write("recent", &self.recent.get_untracked());
    }

    /// Forgets a search.
    pub fn forget(self, text: &str) {
        self.recent.update(|recent| recent.forget(text));
        self.write("recent", &self.recent.get_untracked());
    }

    /// Adds or removes a favourite. Another tab may have changed them meanwhile, so they are read anew.
    pub fn toggle(self, id: EmployeeId) {
        let mut favourites: Favourites = self.read("favourites");
        favourites.toggle(id);
        self.write("favourites", &favourites);
        self.favourites.set(favourites);
    }

    fn read<T: DeserializeOwned + Default>(self, what: &str) -> T {
        storage::read(&key(&self.account.to_string(), what)).unwrap_or_default()
    }

    fn write(self, what: &str, value: &impl Serialize) {
        storage::write(&key(&self.account.to_string(), what), value);
    }
}

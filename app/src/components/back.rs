//! The way back: to the page before, or up where none of ours came before. Nobody else replaces a page,
//! so that it is known here how many of our pages lie behind the one that is shown.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::live::watch;

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Goes back and replaces pages; the frame of the app provides it by context.
#[derive(Clone, Copy)]
pub struct Back {
    trail: StoredValue<Trail>,
    replacing: StoredValue<Option<String>>,
    navigate: StoredValue<Navigate>,
}

impl Back {
    /// Follows the address from now on; to be called inside the router.
    #[must_use]
    pub fn follow() -> Self {
        let location = use_location();
        let address = Memo::new(move |_| full(&location.pathname.get(), &location.search.get()));
        let back = Self {
            trail: StoredValue::new(Trail::default()),
            replacing: StoredValue::new(None),
            navigate: StoredValue::new(Box::new(use_navigate())),
        };
        let popped = StoredValue::new(false);
        watch(move || {
            let note = Closure::<dyn Fn()>::new(move || popped.set_value(true));
            // Before the router hears of it, who tells the new address at once.
            let heard =
                window().add_event_listener_with_callback_and_bool("popstate", note.as_ref().unchecked_ref(), true);
            drop(heard);
            // The frame stands as long as the document.
            note.forget();
        });
        watch(move || {
            let address = address.get();
            let was_popped = popped.try_update_value(std::mem::take).unwrap_or_default();
            let replaced = back.replacing.try_update_value(Option::take).flatten();
            back.trail.update_value(|trail| match replaced {
                _ if was_popped => trail.popped(address),
                Some(target) if target == address => trail.replaced(address),
                _ => trail.pushed(address),
            });
        });
        back
    }

    /// Goes there in place of the page that is shown.
    pub fn replace(self, address: &str) {
        let shown = self.trail.with_value(|trail| trail.shown().to_owned());
        if shown == address {
            return;
        }
        self.replacing.set_value(Some(address.to_owned()));
        // Another search on the same page leaves the page where it is.
        let scroll = path(&shown) != path(address);
        self.navigate
            .with_value(|navigate| navigate(address, NavigateOptions { replace: true, scroll, ..Default::default() }));
    }

    /// Leaves the page that is shown for this one: back if one came from there, so that "back" does not lead
    /// to it twice, else in place.
    pub fn leave_for(self, address: &str) {
        if self.trail.with_value(|trail| trail.before() == Some(address)) {
            step();
        } else {
            self.replace(address);
        }
    }

    /// One page back, else up to this one if there is any.
    pub fn press(self, above: Option<&str>) {
        if self.trail.with_value(|trail| trail.before().is_some()) {
            step();
        } else if let Some(above) = above {
            self.replace(above);
        }
    }
}

fn step() {
    let _ = window().history().and_then(|history| history.back());
}

fn full(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { [path, "?", query].concat() }
}

fn path(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}

/// The addresses of our pages in the browser's history, up to the one that is shown.
#[derive(Default)]
struct Trail(Vec<String>);

impl Trail {
    fn shown(&self) -> &str {
        self.0.last().map(String::as_str).unwrap_or_default()
    }

    fn before(&self) -> Option<&str> {
        Some(self.0.get(self.0.len().checked_sub(2)?)?.as_str())
    }

    fn pushed(&mut self, address: String) {
        if self.shown() != address {
            self.0.push(address);
        }
    }

    fn replaced(&mut self, address: String) {
        self.0.pop();
        self.0.push(address);
    }

    /// The browser went along its history: back to a page that is known, else forward.
    fn popped(&mut self, address: String) {
        let behind = self.0.len().saturating_sub(1);
        match self.0.iter().take(behind).rposition(|known| *known == address) {
            Some(at) => self.0.truncate(at + 1),
            None => self.pushed(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    fn trail(addresses: &[&str]) -> Trail {
        let mut trail = Trail::default();
        addresses.iter().for_each(|address| trail.pushed((*address).to_owned()));
        trail
    }

    #[test]
    fn the_first_page_has_none_before_it() {
        let mut trail = trail(&["/employees"]);
        assert_eq!(trail.before(), None);
        trail.replaced("/employees?q=a".to_owned());
        assert_eq!((trail.shown(), trail.before()), ("/employees?q=a", None));
    }

    #[test]
    fn back_and_forward_are_told_apart() {
        let mut trail = trail(&["/", "/employees", "/employees/7"]);
        trail.popped("/employees".to_owned());
        assert_eq!((trail.shown(), trail.before()), ("/employees", Some("/")));
        trail.popped("/employees/7".to_owned());
        assert_eq!(trail.before(), Some("/employees"));
        trail.popped("/".to_owned());
        assert_eq!(trail.before(), None);
    }

    #[test]
    fn a_link_to_the_page_before_is_one_step_further() {
        let mut trail = trail(&["/", "/employees", "/"]);
        assert_eq!(trail.before(), Some("/employees"));
        trail.popped("/employees".to_owned());
        assert_eq!((trail.shown(), trail.before()), ("/employees", Some("/")));
    }
}

//! What the screens of tickets reckon: addresses, clean text, what an action is expected to do, what changed meanwhile,
//! the picture of statistics.
//!
//! Pure: no I/O, the time is an argument. What asks the backend is in [`crate::pages`].

pub mod act;
pub mod changes;
pub mod due;
pub mod expected;
pub mod figures;
pub mod later;
pub mod links;
pub mod replies;
pub mod span;
pub mod text;

/// The last part of a queue's name: `Helpdesk::Level2` is `Level2` to people.
#[must_use]
pub fn short_queue(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

/// The words of a priority: OTRS writes its place before them, `3 normal`.
#[must_use]
pub fn short_priority(name: &str) -> &str {
    match name.split_once(' ') {
        Some((number, words)) if number.bytes().all(|byte| byte.is_ascii_digit()) => words,
        _ => name,
    }
}

/// The place of a priority, 1 to 5; the middle where its name does not say.
#[must_use]
pub fn priority_place(name: &str) -> u8 {
    name.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::{priority_place, short_priority, short_queue};

    #[test]
    fn names_lose_what_people_do_not_need() {
        assert_eq!(short_queue("Helpdesk::Level2"), "Level2");
        assert_eq!(short_queue("Raw"), "Raw");
        assert_eq!(short_priority("3 normal"), "normal");
        assert_eq!(short_priority("very urgent"), "very urgent");
        assert_eq!((priority_place("5 very high"), priority_place("urgent")), (5, 3));
    }
}

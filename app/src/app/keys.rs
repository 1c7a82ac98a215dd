//! What keys mean and where "back" leads (pure). Keys are taken by their place, so that the Russian layout
//! works as well.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Focus the search field.
    Search,
    /// Go to this address.
    Go(&'static str),
    /// To the next (1) or previous (-1) row.
    Step(i32),
    /// One page back.
    Back,
    /// Show the keys.
    Help,
}

/// What the keys pressed so far mean. `g` waits for a second key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending(bool);

impl Pending {
    /// Takes the next key by its place on the keyboard (`KeyG`).
    pub fn press(&mut self, code: &str, shift: bool) -> Option<Command> {
        let go = std::mem::take(&mut self.0);
        Some(match (go, code, shift) {
            (true, "KeyH", false) => Command::Go("/"),
            (true, "KeyE", false) => Command::Go("/employees"),
            (true, "KeyS", false) => Command::Go("/servers"),
            (true, "KeyT", false) => Command::Go("/tickets"),
            (true, "KeyA", false) => Command::Go("/alerts"),
            (true, "Comma", false) => Command::Go("/settings"),
            (true, "KeyM", false) => Command::Go("/admin"),
            (_, "KeyG", false) => {
                self.0 = true;
                return None;
            }
            (_, "Slash", true) => Command::Help,
            (_, "Slash", false) => Command::Search,
            (_, "KeyJ", false) => Command::Step(1),
            (_, "KeyK", false) => Command::Step(-1),
            (_, "Escape", false) => Command::Back,
            _ => return None,
        })
    }
}

/// Where "back" leads from a page that nothing of ours came before: the page above it. Nothing for the
/// sections themselves, where Telegram shows its close button.
pub fn above(path: &str) -> Option<&str> {
    let path = path.trim_end_matches('/');
    let (parent, _) = path.rsplit_once('/')?;
    (!parent.is_empty()).then_some(parent)
}

#[cfg(test)]
mod tests {
    use super::{Command, Pending, above};

    #[test]
    fn g_waits_for_a_second_key() {
        let mut keys = Pending::default();
        assert_eq!(keys.press("KeyG", false), None);
        assert_eq!(keys.press("KeyE", false), Some(Command::Go("/employees")));
        assert_eq!(keys.press("KeyE", false), None);
        assert_eq!(keys.press("KeyG", false), None);
        assert_eq!(keys.press("Comma", false), Some(Command::Go("/settings")));
    }

    #[test]
    fn a_key_that_means_nothing_ends_the_waiting() {
        let mut keys = Pending::default();
        assert_eq!(keys.press("KeyG", false), None);
        assert_eq!(keys.press("KeyX", false), None);
        assert_eq!(keys.press("KeyE", false), None);
        assert_eq!(keys.press("Slash", true), Some(Command::Help));
    }

    #[test]
    fn back_leads_up_and_not_out_of_a_section() {
        assert_eq!(above("/employees/7/edit"), Some("/employees/7"));
        assert_eq!(above("/employees/7"), Some("/employees"));
        assert_eq!(above("/admin/accounts/"), Some("/admin"));
        assert_eq!(above("/employees"), None);
        assert_eq!(above("/"), None);
    }
}

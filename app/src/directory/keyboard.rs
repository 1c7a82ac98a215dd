//! What a key means on the list of people. Nothing here knows the document: pages turn events into
//! [`Key`]s and carry out [`Command`]s.

/// A key as the page saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// `KeyboardEvent.code`: the place on the keyboard, so that `j` works in the Russian layout as well.
    pub code: &'a str,
    /// Control, Alt or Meta is held: the key belongs to the browser.
    pub modified: bool,
    /// Where the cursor is.
    pub focus: Focus,
}

/// Where the typing cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In the search field.
    Search,
    /// In another field: keys are text there.
    OtherField,
    /// In no field.
    Elsewhere,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Put the cursor into the search field.
    FocusSearch,
    /// One row further down.
    Next,
    /// One row further up.
    Previous,
    /// Open the chosen row, or ask at once what is typed.
    Open,
    /// Empty the search field, or go back when it is empty.
    Escape,
}

/// The command of a key, if it has one here.
#[must_use]
pub fn command(key: Key<'_>) -> Option<Command> {
    if key.modified || key.focus == Focus::OtherField {
        return None;
    }
    match key.key {
        "ArrowDown" => return Some(Command::Next),
        "ArrowUp" => return Some(Command::Previous),
        "Escape" => return Some(Command::Escape),
        "Enter" if key.focus == Focus::Search => return Some(Command::Open),
        _ => {}
    }
    if key.focus == Focus::Search {
        return None;
    }
    match (key.key, key.code) {
        ("/", _) | (".", "Slash") => Some(Command::FocusSearch),
        (_, "KeyJ") => Some(Command::Next),
        (_, "KeyK") => Some(Command::Previous),
        _ => None,
    }
}

/// The chosen row after [`Command::Next`] or [`Command::Previous`]: stops at both ends; from nothing
/// the first step chooses the first row. Above the first row nothing is chosen again.
#[must_use]
pub fn step(chosen: Option<usize>, rows: usize, command: Command) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    match (command, chosen) {
        (Command::Next, None) => Some(0),
        (Command::Next, Some(row)) => Some((row + 1).min(last)),
        (Command::Previous, Some(row)) => row.checked_sub(1).map(|row| row.min(last)),
        (Command::Previous, None) => None,
        (_, chosen) => chosen.map(|row| row.min(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Focus, Key, command, step};

    fn key(key: &'static str, code: &'static str, focus: Focus) -> Key<'static> {
        Key { key, code, modified: false, focus }
    }

    #[test]
    fn slash_focuses_in_both_layouts_but_is_text_in_the_field() {
        assert_eq!(command(key("/", "Slash", Focus::Elsewhere)), Some(Command::FocusSearch));
        assert_eq!(command(key(".", "Slash", Focus::Elsewhere)), Some(Command::FocusSearch));
        assert_eq!(command(key("/", "Slash", Focus::Search)), None);
        assert_eq!(command(key(".", "Period", Focus::Elsewhere)), None);
    }

    #[test]
    fn j_and_k_move_in_both_layouts_but_are_text_in_the_field() {
        assert_eq!(command(key("j", "KeyJ", Focus::Elsewhere)), Some(Command::Next));
        assert_eq!(command(key("л", "KeyK", Focus::Elsewhere)), Some(Command::Previous));
        assert_eq!(command(key("j", "KeyJ", Focus::Search)), None);
    }

    #[test]
    fn arrows_work_from_the_search_field_too() {
        assert_eq!(command(key("ArrowDown", "ArrowDown", Focus::Search)), Some(Command::Next));
        assert_eq!(command(key("ArrowUp", "ArrowUp", Focus::Elsewhere)), Some(Command::Previous));
    }

    #[test]
    fn other_fields_and_shortcuts_of_the_browser_are_left_alone() {
        assert_eq!(command(key("ArrowDown", "ArrowDown", Focus::OtherField)), None);
        assert_eq!(command(Key { modified: true, ..key("k", "KeyK", Focus::Elsewhere) }), None);
    }

    #[test]
    fn enter_outside_the_field_is_the_link_under_the_focus() {
        assert_eq!(command(key("Enter", "Enter", Focus::Elsewhere)), None);
        assert_eq!(command(key("Enter", "Enter", Focus::Search)), Some(Command::Open));
    }

    #[test]
    fn steps_stop_at_both_ends() {
        assert_eq!(step(None, 3, Command::Next), Some(0));
        assert_eq!(step(Some(2), 3, Command::Next), Some(2));
        assert_eq!(step(Some(0), 3, Command::Previous), None);
        assert_eq!(step(None, 3, Command::Previous), None);
        assert_eq!(step(None, 0, Command::Next), None);
    }

    #[test]
    fn a_shorter_list_pulls_the_choice_up() {
        assert_eq!(step(Some(9), 3, Command::Next), Some(2));
        assert_eq!(step(Some(9), 3, Command::Previous), Some(2));
    }
}

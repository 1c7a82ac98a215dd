//! What a key means between the search field and the list of people; the keys of the whole app are its
//! frame's. Nothing here knows the document: pages turn events into [`Key`]s and carry out [`Command`]s.

/// A key as the page saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
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
    /// One row further down.
    Next,
    /// One row further up.
    Previous,
    /// Empty the search field.
    Clear,
}

/// The command of a key, if it has one here.
#[must_use]
pub fn command(key: Key<'_>) -> Option<Command> {
    if key.modified || key.focus == Focus::OtherField {
        return None;
    }
    match key.key {
        "ArrowDown" => Some(Command::Next),
        "ArrowUp" => Some(Command::Previous),
        "Escape" if key.focus == Focus::Search => Some(Command::Clear),
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

    fn key(key: &'static str, focus: Focus) -> Key<'static> {
        Key { key, modified: false, focus }
    }

    #[test]
    fn arrows_work_from_the_search_field_too() {
        assert_eq!(command(key("ArrowDown", Focus::Search)), Some(Command::Next));
        assert_eq!(command(key("ArrowUp", Focus::Elsewhere)), Some(Command::Previous));
    }

    #[test]
    fn escape_empties_the_field_and_is_the_frames_elsewhere() {
        assert_eq!(command(key("Escape", Focus::Search)), Some(Command::Clear));
        assert_eq!(command(key("Escape", Focus::Elsewhere)), None);
    }

    #[test]
    fn letters_other_fields_and_shortcuts_are_left_alone() {
        assert_eq!(command(key("j", Focus::Search)), None);
        assert_eq!(command(key("ArrowDown", Focus::OtherField)), None);
        assert_eq!(command(Key { modified: true, ..key("ArrowDown", Focus::Elsewhere) }), None);
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

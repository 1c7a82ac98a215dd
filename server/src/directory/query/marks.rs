//! Words that say what the next one is, and words that say nothing.

/// What a marking word announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Extension,
    Telephone,
    Room,
    /// Any other field: the word may be left out.
    Label,
}

/// Folded.
pub(super) fn mark(word: &str) -> Option<Mark> {
    match word {
        "доб" | "добавочный" | "вн" | "внутр" | "внутренний" | "местный" | "ext" | "extension" | "x" | "х" => {
            Some(Mark::Extension)
        }
        "тел" | "телефон" | "т" | "моб" | "мобильный" | "сот" | "городской" | "гор" | "раб" | "tel" | "phone"
        | "mob" | "mobile" | "cell" => Some(Mark::Telephone),
        "каб" | "кабинет" | "к" | "ком" | "комн" | "комната" | "оф" | "офис" | "ауд" | "аудитория" | "пом"
        | "помещение" | "room" | "office" => Some(Mark::Room),
        "ip" | "айпи" | "адрес" | "пк" | "комп" | "компьютер" | "арм" | "pc" | "host" | "hostname" | "хост"
        | "почта" | "email" | "mail" | "no" | "логин" | "login" | "сотрудник" | "фио" | "имя" | "отдел"
        | "должность" => Some(Mark::Label),
        _ => None,
    }
}

/// Small words that a title may have or lack.
pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "и" | "в"
            | "во"
            | "на"
            | "по"
            | "для"
            | "из"
            | "с"
            | "со"
            | "к"
            | "о"
            | "об"
            | "от"
            | "при"
            | "у"
            | "за"
            | "the"
            | "of"
            | "in"
            | "and"
    )
}

//! Which cell formats show a number as a date.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use quick_xml::events::Event;

use super::{
    KEPT_LIMIT, Refused,
    archive::{Archive, Counted},
    xml::{Xml, attribute},
};

/// The cell formats of a workbook.
pub(super) struct Formats {
    dates: Vec<bool>,
    /// Days are counted from 1904.
    pub(super) from_1904: bool,
}

impl Formats {
    pub(super) fn new(from_1904: bool) -> Self {
        Self { dates: Vec::new(), from_1904 }
    }

    /// Whether this format shows a date or a time.
    pub(super) fn is_date(&self, format: usize) -> bool {
        self.dates.get(format).copied().unwrap_or(false)
    }
}

pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>, path: &str, from_1904: bool) -> Result<Formats, Refused> {
    let mut formats = Formats::new(from_1904);
    let Some(part) = archive.part(path, KEPT_LIMIT, Counted::Yes)? else {
        return Ok(formats);
    };
    let mut custom: HashMap<u32, bool> = HashMap::new();
    let (mut xml, mut in_cell_formats) = (Xml::new(part), false);
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId")?.and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")?) {
                        custom.insert(id, shows_date(&code));
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats => {
                    let id = attribute(&start, "numFmtId")?.and_then(|id| id.parse().ok()).unwrap_or(0);
                    formats.dates.push(custom.get(&id).copied().unwrap_or_else(|| is_builtin_date(id)));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

fn is_builtin_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format code has a letter of a date or time outside of quotes, escapes and brackets; elapsed
/// hours, minutes and seconds stand in brackets.
fn shows_date(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' | '_' | '*' => {
                chars.next();
            }
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c)) {
                    return true;
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_show_dates_or_numbers() {
        for code in ["DD.MM.YYYY", "yyyy-mm-dd h:mm:ss", "[$-419]d mmmm yyyy;@", "[h]:mm", "mm:ss.0", "\"на\" dd"] {
            assert!(shows_date(code), "{code}");
        }
        for code in [
            "General",
            "0.00E+00",
            "#,##0.00\\ \"руб. months\"",
            "[Red]-0",
            "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####",
            "_-* #,##0_-",
            "@",
            "\\d0",
        ] {
            assert!(!shows_date(code), "{code}");
        }
        assert!(is_builtin_date(14) && !is_builtin_date(49));
    }
}

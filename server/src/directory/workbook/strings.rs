//! The shared strings of a workbook, packed into one text.

use std::io::{Read, Seek};

use quick_xml::events::Event;

use super::{
    KEPT_LIMIT, Refused,
    archive::{Archive, Counted},
    cell::{TEXT_BYTES, unescape},
    xml::Xml,
};

/// All shared strings.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// Where each one ends.
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[start..end])
    }
}

pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>, path: &str) -> Result<Strings, Refused> {
    let mut strings = Strings::default();
    let Some(part) = archive.part(path, KEPT_LIMIT, Counted::Yes)? else {
        return Ok(strings);
    };
    let (mut xml, mut one) = (Xml::new(part), String::new());
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                one.clear();
                xml.text(&mut one, TEXT_BYTES)?;
                strings.text.push_str(&unescape(&one));
                strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| Refused::TooLarge)?);
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

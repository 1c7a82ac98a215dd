//! One XML part as a stream of events under limits: nothing longer than a piece of a megabyte is held, and
//! nothing is nested deeper than any honest workbook nests.

use std::io::Read;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{Refused, archive::Part};

const DEPTH_LIMIT: u32 = 100;

/// A part being read. Empty elements come as a start and an end.
pub(super) struct Xml<R> {
    reader: Reader<Part<R>>,
    buffer: Vec<u8>,
    depth: u32,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(part: Part<R>) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.check_comments = false;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next event; [`Event::Eof`] at the end.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Refused> {
        self.buffer.clear();
        self.reader.get_mut().begin_event();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH_LIMIT { Err(Refused::NotAWorkbook) } else { Ok(event) }
            }
            Err(_) => Err(self.reader.get_ref().refused()),
        }
    }

    /// Skips to the end of the element whose start was read last.
    pub(super) fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if matches!(self.next()?, Event::Eof) {
                return Err(Refused::NotAWorkbook);
            }
        }
        Ok(())
    }

    /// Appends the text of the element whose start was read last, elements inside it included unless
    /// they are phonetic hints. At most `limit` bytes are kept.
    pub(super) fn text(&mut self, into: &mut String, limit: usize) -> Result<(), Refused> {
        let outside = self.depth - 1;
        while self.depth > outside {
            let room = limit.saturating_sub(into.len());
            let mut phonetic = false;
            match self.next()? {
                Event::Text(text) => push(into, &text.xml10_content(), room),
                Event::CData(text) => push(into, &text.xml10_content(), room),
                Event::GeneralRef(entity) => push(into, &resolve(&entity)?, room),
                Event::Start(start) => phonetic = start.local_name().as_ref() == "rPh",
                Event::Eof => return Err(Refused::NotAWorkbook),
                _ => {}
            }
            if phonetic {
                self.skip()?;
            }
        }
        Ok(())
    }
}

fn push(into: &mut String, text: &str, room: usize) {
    into.push_str(&text[..text.floor_char_boundary(room)]);
}

fn resolve(entity: &BytesRef<'_>) -> Result<String, Refused> {
    if let Some(text) = resolve_xml_entity(entity) {
        return Ok(text.to_owned());
    }
    match entity.resolve_char_ref() {
        Ok(Some(c)) => Ok(c.to_string()),
        _ => Err(Refused::NotAWorkbook),
    }
}

/// The value of an attribute by its name without prefix; for identifiers and numbers the raw text.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refused> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Refused::NotAWorkbook)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refused::NotAWorkbook)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

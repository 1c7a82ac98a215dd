//! Which part is what: the relations of the package and the list of sheets.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use quick_xml::events::Event;

use super::{
    PARTS_LIMIT, Refused,
    archive::{Archive, Counted},
    xml::{Xml, attribute},
};

/// Lists of parts may have this many bytes.
const LIST_LIMIT: u64 = 4 << 20;

/// What the workbook consists of.
pub(super) struct Index {
    pub(super) sheets: Vec<SheetPart>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    pub(super) from_1904: bool,
}

/// A sheet; one that has no cells, such as a chart, has no path.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) path: Option<String>,
}

struct Relation {
    kind: String,
    target: String,
}

pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Index, Refused> {
    let workbook = relations(archive, "")?
        .into_values()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let relations = relations(archive, &workbook)?;
    let first = |kind: &str| relations.values().find(|other| other.kind == kind).map(|other| other.target.clone());
    let mut index =
        Index { sheets: Vec::new(), strings: first("sharedStrings"), styles: first("styles"), from_1904: false };
    let part = archive.part(&workbook, LIST_LIMIT, Counted::Yes)?.ok_or(Refused::NotAWorkbook)?;
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "sheet" => {
                    let name = attribute(&start, "name")?.unwrap_or_default();
                    let hidden = attribute(&start, "state")?.is_some_and(|state| state != "visible");
                    let relation = attribute(&start, "id")?.and_then(|id| relations.get(&id));
                    let path =
                        relation.filter(|relation| relation.kind == "worksheet").map(|found| found.target.clone());
                    index.sheets.push(SheetPart { name, hidden, path });
                    if index.sheets.len() > PARTS_LIMIT {
                        return Err(Refused::TooLarge);
                    }
                }
                "workbookPr" => {
                    index.from_1904 =
                        attribute(&start, "date1904")?.is_some_and(|value| value == "1" || value == "true");
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    // Two sheets never share a part; a small file could pretend to have thousands of large sheets.
    let paths: Vec<_> = index.sheets.iter().filter_map(|sheet| sheet.path.as_ref()).collect();
    let different: HashSet<_> = paths.iter().collect();
    if index.sheets.is_empty() || different.len() < paths.len() { Err(Refused::NotAWorkbook) } else { Ok(index) }
}

/// The relations of a part, of the package for an empty path, by their ids.
fn relations<R: Read + Seek>(archive: &mut Archive<R>, of: &str) -> Result<HashMap<String, Relation>, Refused> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let Some(part) = archive.part(&format!("{prefix}_rels/{file}.rels"), LIST_LIMIT, Counted::Yes)? else {
        return Ok(HashMap::new());
    };
    let (mut xml, mut found) = (Xml::new(part), HashMap::new());
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let (id, kind) = (attribute(&start, "Id")?, attribute(&start, "Type")?);
                if let (Some(id), Some(kind), Some(target)) = (id, kind, attribute(&start, "Target")?) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    found.insert(id, Relation { kind, target: resolve(&prefix, &target) });
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The path of a target that is absolute or relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let path = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_or_absolute() {
        for target in ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml"] {
            assert_eq!(resolve("xl/", target), "xl/worksheets/sheet1.xml");
        }
    }
}

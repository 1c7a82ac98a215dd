//! The rows of a file: a workbook's first visible sheet, or text whose cells are separated by commas, semicolons, tabs or,
//! in the list of a ping tool, blanks.

use std::io::Cursor;

use app::model::{Error, Result};
use encoding_rs::WINDOWS_1251;

use crate::{
    directory::workbook::{Refused, Wanted, Workbook},
    monitor::table::Row,
};

/// The longest file: a table of servers is small.
const FILE_LIMIT: usize = 8 << 20;
/// More rows than this are not servers.
const ROWS: usize = 50_000;
/// More columns than this are not read.
const COLUMNS: u16 = 100;

/// Reads a file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Row>> {
    if bytes.len() > FILE_LIMIT {
        return Err(Error::TooLarge { code: "file_too_large".into() });
    }
    let is_text = |extension: &str| ["csv", "txt", "tsv", "list"].contains(&extension);
    let rows = if is_text(&name.rsplit('.').next().unwrap_or_default().to_lowercase()) {
        text(bytes)?
    } else {
        workbook(bytes)?
    };
    if rows.len() > ROWS { Err(Error::TooLarge { code: "file_too_large".into() }) } else { Ok(rows) }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Row>> {
    let mut workbook = Workbook::open(Cursor::new(bytes)).map_err(refused)?;
    let Some(sheet) = (0..workbook.len()).find(|index| !workbook.sheet(*index).1) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let read = workbook.rows::<Refused>(sheet, |row| {
        let mut cells = Vec::new();
        for cell in row.cells.iter().filter(|cell| cell.column < COLUMNS) {
            cells.resize(usize::from(cell.column), String::new());
            cells.push(cell.value.text().into_owned());
        }
        rows.push((row.number, cells));
        Ok(if rows.len() > ROWS { Wanted::Enough } else { Wanted::More })
    });
    read.map_err(refused)?;
    Ok(rows)
}

fn refused(refused: Refused) -> Error {
    let code = match refused {
        Refused::Xls => "xls_not_supported",
        Refused::Encrypted => "workbook_encrypted",
        Refused::NotAWorkbook => "not_a_workbook",
        Refused::TooLarge => return Error::TooLarge { code: "workbook_too_large".into() },
    };
    Error::Unsupported { code: code.into() }
}

fn text(bytes: &[u8]) -> Result<Vec<Row>> {
    if bytes.contains(&0) {
        return Err(Error::Unsupported { code: "not_a_table".into() });
    }
    // Excel writes CSV in the machine's old code page, on Russian ones this one.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(_) => WINDOWS_1251.decode_without_bom_handling(bytes).0,
    };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let Some(separator) = ['\t', ';', ','].into_iter().find(|separator| first.contains(*separator)) else {
        let cells = |line: &str| line.split_whitespace().map(ToOwned::to_owned).collect();
        return Ok((1..).zip(text.lines().map(cells)).take(ROWS + 1).collect());
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (number, record) in (1..).zip(reader.records()) {
        let record = record.map_err(|_| Error::Unsupported { code: "not_a_table".into() })?;
        rows.push((number, record.iter().take(usize::from(COLUMNS)).map(ToOwned::to_owned).collect()));
        if rows.len() > ROWS {
            break;
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(name: &str, bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        read(name, bytes).expect("a table")
    }

    #[test]
    fn text_is_read_in_every_usual_form() {
        let expected = vec![(1, vec!["имя".to_owned(), "адрес".to_owned()]), (2, vec!["a".into(), "10.0.0.1".into()])];
        assert_eq!(cells("a.csv", "имя,адрес\na,10.0.0.1\n".as_bytes()), expected);
        assert_eq!(cells("a.CSV", "\u{feff}имя;адрес\r\n\"a\";10.0.0.1".as_bytes()), expected);
        assert_eq!(cells("a.tsv", &WINDOWS_1251.encode("имя\tадрес\na\t10.0.0.1").0), expected);
        assert_eq!(cells("a.txt", b"10.0.0.1 db-02\n\n10.0.0.2")[2], (3, vec!["10.0.0.2".to_owned()]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (name, bytes, code) in [
            ("a.csv", &b"\0\0"[..], "not_a_table"),
            ("a.xlsx", b"name,address", "not_a_workbook"),
            ("a", b"", "not_a_workbook"),
        ] {
            assert_eq!(read(name, bytes), Err(Error::Unsupported { code: code.into() }), "{name}");
        }
    }
}

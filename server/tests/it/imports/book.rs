//! Small workbooks.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="Лист" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook of one sheet with these texts; `#N/A` is an error.
pub fn of_rows(rows: &[&[&str]]) -> Vec<u8> {
    let mut data = String::new();
    for row in rows {
        data.push_str("<row>");
        for text in *row {
            match *text {
                "" => data.push_str("<c/>"),
                "#N/A" => data.push_str(r#"<c t="e"><v>#N/A</v></c>"#),
                text => data.push_str(&format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)),
            }
        }
        data.push_str("</row>");
    }
    of_sheet([format!("<worksheet><sheetData>{data}</sheetData></worksheet>").as_str()])
}

/// A workbook of one sheet, whose XML comes in pieces.
pub fn of_sheet<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut begin = |name| zip.start_file(name, SimpleFileOptions::default());
    begin("xl/worksheets/sheet1.xml").expect("a part");
    for piece in pieces {
        zip.write_all(piece.as_bytes()).expect("written");
    }
    for (name, content) in [("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS)] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("a workbook").into_inner()
}

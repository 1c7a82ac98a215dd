//! Workbooks made by hand: what is read of them, and what is refused.

use std::io::{Cursor, Write};

use time::macros::date;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const RELATIONS: &str = r#"<Relationships>
    <Relationship Id="s" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="t" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>
    <Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="r2" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>"#;
const SHEETS: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="A &amp; B" r:id="r1"/></sheets></workbook>"#;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(workbook: &str, sheet: &str) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r><rPh><t>!</t></rPh></si><si><t/></si></sst>",
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="DD.MM.YYYY"/></numFmts>
               <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
               <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn try_rows(bytes: Vec<u8>) -> Result<Vec<Row>, Refused> {
    let (mut rows, mut workbook) = (Vec::new(), Workbook::open(Cursor::new(bytes))?);
    workbook.rows(0, |row| {
        rows.push(row.clone());
        Ok::<_, Refused>(Wanted::More)
    })?;
    Ok(rows)
}

/// The rows of a sheet as `number: column=text, …`.
fn rows(data: &str, tail: &str) -> Vec<String> {
    let sheet = format!("<worksheet><sheetData>{data}</sheetData>{tail}</worksheet>");
    let cell = |cell: &Cell| format!("{}={}", cell.column, cell.value.text());
    let line = |row: &Row| format!("{}: {}", row.number, row.cells.iter().map(cell).collect::<Vec<_>>().join(", "));
    try_rows(book(SHEETS, &sheet)).unwrap().iter().map(line).collect()
}

#[test]
fn cells_of_every_kind_are_read() {
    let data = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>
        <c r="D2" t="inlineStr"><is><t>a&lt;&#x44F;</t><r><t>_x0041_</t></r></is></c>
        <c r="E2" t="str"><f>A1&amp;"x"</f><v>ok</v></c><c r="F2"><f>A1</f></c><c r="G2"><f>A1</f><v></v></c>
        <c r="H2"><v>84951234567.0</v></c><c r="I2"><v>3.05E2</v></c><c r="J2" t="b"><v>1</v></c>
        <c r="K2" t="s"><v>99</v></c><c r="L2" t="inlineStr"><is><t> &#xA0;</t></is></c><c r="M2" s="1"/></row>"#;
    assert_eq!(rows(data, ""), ["2: 0=one, 1=two, 3=a<яA, 4=ok, 7=84951234567, 8=305, 9=TRUE"]);
}

#[test]
fn dates_are_told_from_numbers_by_their_format() {
    let sheet = r#"<worksheet><sheetData><row><c s="1"><v>39248</v></c><c s="2"><v>39248.5</v></c><c s="0"><v>39248</v></c>
        <c t="d"><v>2007-06-15T00:00:00</v></c><c s="1"><v>-5</v></c><c t="e"><v>#SPILL!</v></c></row></sheetData></worksheet>"#;
    let values = |workbook: &str| -> Vec<Value> {
        try_rows(book(workbook, sheet)).unwrap()[0].cells.iter().map(|cell| cell.value.clone()).collect()
    };
    let day = Value::Date(Some(date!(2007 - 06 - 15)));
    let expected = [day.clone(), day.clone(), Value::Number(39_248.0), day, Value::Date(None), Value::Error];
    assert_eq!(values(SHEETS), expected);
    let from_1904 = SHEETS.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    assert_eq!(values(&from_1904)[0], Value::Date(Some(date!(2011 - 06 - 16))));
}

#[test]
fn rows_and_cells_without_places_follow_each_other() {
    let data = "<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c></row>";
    assert_eq!(rows(data, ""), ["1: 0=1", "3: 1=2"]);
}

#[test]
fn a_value_merged_over_rows_is_in_each_of_them() {
    let data = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row>
        <row r="2"><c r="B2"><v>6</v></c></row><row r="5"><c r="A5"><v>9</v></c></row>"#;
    let merged = r#"<mergeCells><mergeCell ref="A1:A3"/></mergeCells>"#;
    assert_eq!(rows(data, merged), ["1: 0=1, 1=5", "2: 0=1, 1=6", "3: 0=1", "5: 0=9"]);
}

#[test]
fn of_other_merged_cells_only_the_first_counts() {
    let data = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>
        <row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c><c r="C2"><v>6</v></c></row>"#;
    assert_eq!(rows(data, r#"<mergeCell ref="A1:B2"/>"#), ["1: 0=1, 2=3", "2: 2=6"]);
    assert_eq!(rows(data, r#"<mergeCell ref="A1:C1"/>"#), ["1: 0=1", "2: 0=4, 1=5, 2=6"]);
    assert_eq!(rows(data, r#"<mergeCell ref="D1:D2"/>"#), ["1: 0=1, 1=2, 2=3", "2: 0=4, 1=5, 2=6"]);
}

#[test]
fn sheets_have_names_and_may_be_hidden_or_charts() {
    let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="A &amp; B" state="visible" r:id="r1"/>
        <sheet name="C" state="veryHidden" r:id="r9"/><sheet name="D" state="hidden" r:id="r2"/></sheets></workbook>"#;
    let mut open = Workbook::open(Cursor::new(book(workbook, "<worksheet/>"))).unwrap();
    let sheets: Vec<_> = (0..open.len()).map(|at| (open.sheet(at).0.to_owned(), open.sheet(at).1)).collect();
    assert_eq!(sheets, [("A & B".into(), false), ("C".into(), true), ("D".into(), true)]);
    assert_eq!(open.rows(2, |_| Err(Refused::NotAWorkbook)), Ok(()));
}

#[test]
fn damaged_sheets_are_refused() {
    let deep = "<a>".repeat(200);
    for data in [
        r#"<row r="3"/><row r="2"/>"#,
        r#"<row r="1048577"/>"#,
        r#"<row r="1"><c r="XFE1"/></row>"#,
        r#"<row r="1"><c r="A1"><v>1"#,
        "<row><c><v>&nothing;</v></c></row>",
        &deep,
    ] {
        let sheet = format!("<worksheet><sheetData>{data}");
        assert_eq!(try_rows(book(SHEETS, &sheet)), Err(Refused::NotAWorkbook), "{data}");
    }
}

#[test]
fn what_is_no_workbook_is_refused() {
    let twice = SHEETS.replace("</sheets>", r#"<sheet name="C" r:id="r1"/></sheets>"#);
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    encrypted.resize(600_000, 0);
    let old = encrypted.clone();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let whole = book(SHEETS, "<worksheet/>");
    let table = [
        (Vec::new(), Refused::NotAWorkbook),
        (b"name;phone\n".repeat(100), Refused::NotAWorkbook),
        (b"PK\x03\x04 and nothing more".to_vec(), Refused::NotAWorkbook),
        (whole[..whole.len() / 2].to_vec(), Refused::NotAWorkbook),
        (package(&[("a.txt", "x")]), Refused::NotAWorkbook),
        (book("<workbook/>", "<worksheet/>"), Refused::NotAWorkbook),
        (book(&twice, "<worksheet/>"), Refused::NotAWorkbook),
        (old, Refused::Xls),
        (encrypted, Refused::Encrypted),
    ];
    for (bytes, refused) in table {
        assert_eq!(try_rows(bytes).err(), Some(refused));
    }
}

#[test]
fn more_than_a_megabyte_in_one_piece_is_refused() {
    let long = "x".repeat(2 << 20);
    for data in [
        format!("<row><c t=\"inlineStr\"><is><t>{long}</t></is></c></row>"),
        format!("<row x=\"{long}\"/>"),
        format!("<!--{long}-->"),
    ] {
        let sheet = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
        assert_eq!(try_rows(book(SHEETS, &sheet)), Err(Refused::TooLarge));
    }
}

#[test]
fn a_part_that_is_too_large_is_refused_whatever_its_header_says() {
    let string = format!("<si><t>{}</t></si>", "x".repeat(1_000_000));
    let strings = format!("<sst>{}</sst>", string.repeat(68));
    let mut bytes = package(&[
        ("xl/workbook.xml", SHEETS),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
    ]);
    assert_eq!(try_rows(bytes.clone()), Err(Refused::TooLarge));
    // Now both places where the size is written say one byte.
    let size = u32::try_from(strings.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == size).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert_eq!(try_rows(bytes), Err(Refused::NotAWorkbook));
}

#[test]
fn an_archive_of_too_many_parts_is_refused() {
    let names: Vec<String> = (0..=PARTS_LIMIT).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(try_rows(package(&parts)), Err(Refused::TooLarge));
}

#[test]
fn a_tower_of_merged_cells_is_refused() {
    let filled = (1..5_000).map(|row| format!("<row r=\"{row}\"><c><v>1</v></c></row>")).collect::<String>();
    let merged = "<mergeCell ref=\"C1:C1048576\"/>".repeat(20_000);
    let sheet = format!("<worksheet><sheetData>{filled}</sheetData>{merged}</worksheet>");
    assert_eq!(try_rows(book(SHEETS, &sheet)), Err(Refused::TooLarge));
}

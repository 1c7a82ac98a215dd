//! A table of servers as people keep it: a row is a server, or one more monitor of the server of the same name. Pure.
//!
//! A table without a header is the list of a ping tool: an address in each line, a name beside it if it likes.

use std::collections::HashMap;

use app::model::{
    monitor::{Kind, MonitorDraft},
    server_import::ServerImportNote,
};

/// A row and its number, counted from 1, as people see it.
pub type Row = (u32, Vec<String>);

/// The columns that are known, and what they are called.
const COLUMNS: [(Column, &[&str]); 11] = [
    (Column::Name, &["name", "server", "host name", "имя", "название", "сервер", "наименование"]),
    (Column::Address, &["address", "ip", "host", "адрес", "ip-адрес", "ip адрес", "хост"]),
    (Column::Group, &["group", "группа"]),
    (Column::Parent, &["parent", "parent server", "родитель", "вышестоящий", "через"]),
    (Column::Responsible, &["responsible", "owner", "e-mail", "email", "ответственный"]),
    (Column::Tags, &["tags", "labels", "метки", "теги"]),
    (Column::Notes, &["notes", "note", "comment", "примечание", "комментарий"]),
    (Column::Runbook, &["runbook", "runbook_url", "link", "инструкция", "ссылка"]),
    (Column::Kind, &["kind", "type", "check", "проверка", "вид", "тип"]),
    (Column::Target, &["target", "port", "url", "цель", "порт"]),
    (Column::Interval, &["interval", "interval_s", "every", "интервал", "период"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    Name,
    Address,
    Group,
    Parent,
    Responsible,
    Tags,
    Notes,
    Runbook,
    Kind,
    Target,
    Interval,
}

/// A server of the table. What the table has no column for is absent, so that it is left alone; an empty cell empties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The row of its first appearance.
    pub row: u32,
    /// What people call it.
    pub name: String,
    /// Host name or IP address.
    pub address: String,
    /// The name of its group.
    pub group: Option<String>,
    /// The name of what it is reached through.
    pub parent: Option<String>,
    /// The e-mail of who is responsible.
    pub responsible: Option<String>,
    /// Labels.
    pub tags: Option<Vec<String>>,
    /// Notes.
    pub notes: Option<String>,
    /// What to do when it is down.
    pub runbook_url: Option<String>,
    /// What is watched, by rows.
    pub monitors: Vec<(u32, MonitorDraft)>,
}

/// What a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows below the header.
    pub rows: u32,
    /// Servers in the order of their appearance.
    pub entries: Vec<Entry>,
    /// Rows of which nothing is taken.
    pub rejected: Vec<ServerImportNote>,
    /// Rows that are taken with reservations.
    pub warnings: Vec<ServerImportNote>,
}

impl Table {
    /// Reads a table.
    #[must_use]
    pub fn read(rows: Vec<Row>) -> Self {
        let mut table = Self::default();
        let mut rows =
            rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).peekable();
        let header = rows.peek().and_then(|(_, cells)| header(cells));
        let columns = match header {
            Some(columns) => {
                if let Some((row, cells)) = rows.next() {
                    table.unknown(row, &cells, &columns);
                }
                columns
            }
            None => HashMap::from([(Column::Address, 0), (Column::Name, 1)]),
        };
        let mut known: HashMap<String, usize> = HashMap::new();
        for (row, cells) in rows {
            table.rows += 1;
            table.add(row, &cells, &columns, &mut known);
        }
        table
    }

    fn unknown(&mut self, row: u32, cells: &[String], columns: &HashMap<Column, usize>) {
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            if !columns.values().any(|known| *known == at) {
                self.warnings.push(note(row, cell.trim(), "column_unknown"));
            }
        }
    }

    fn add(
        &mut self,
        row: u32,
        cells: &[String],
        columns: &HashMap<Column, usize>,
        known: &mut HashMap<String, usize>,
    ) {
        let cell = |column| columns.get(&column).map(|at| cells.get(*at).map_or("", |cell| cell.trim()));
        let text = |column| cell(column).map(ToOwned::to_owned);
        let address = cell(Column::Address).unwrap_or_default();
        let name = cell(Column::Name).filter(|name| !name.is_empty()).unwrap_or(address);
        if name.is_empty() {
            self.rejected.push(note(row, "", "missing_name"));
            return;
        }
        let monitor = match monitor(cell(Column::Kind), cell(Column::Target), cell(Column::Interval)) {
            Ok(monitor) => monitor,
            Err(code) => {
                self.rejected.push(note(row, name, code));
                return;
            }
        };
        if let Some(at) = known.get(&name.to_lowercase()) {
            let entry = &mut self.entries[*at];
            if !address.is_empty() && address != entry.address {
                self.rejected.push(note(row, name, "duplicate"));
            } else if let Some(monitor) = monitor {
                entry.monitors.push((row, monitor));
            } else {
                self.warnings.push(note(row, name, "duplicate"));
            }
            return;
        }
        if address.is_empty() {
            self.rejected.push(note(row, name, "missing_address"));
            return;
        }
        let tags = cell(Column::Tags).map(|tags| {
            tags.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).map(ToOwned::to_owned).collect()
        });
        known.insert(name.to_lowercase(), self.entries.len());
        self.entries.push(Entry {
            row,
            name: name.to_owned(),
            address: address.to_owned(),
            group: text(Column::Group),
            parent: text(Column::Parent),
            responsible: text(Column::Responsible),
            tags,
            notes: text(Column::Notes),
            runbook_url: text(Column::Runbook),
            monitors: monitor.map(|monitor| (row, monitor)).into_iter().collect(),
        });
    }
}

/// Which column stands where, when this row says so: it must name the address.
fn header(cells: &[String]) -> Option<HashMap<Column, usize>> {
    let mut columns = HashMap::new();
    for (at, cell) in cells.iter().enumerate() {
        let cell = cell.trim().to_lowercase();
        if let Some((column, _)) = COLUMNS.iter().find(|(_, names)| names.contains(&cell.as_str())) {
            columns.entry(*column).or_insert(at);
        }
    }
    columns.contains_key(&Column::Address).then_some(columns)
}

/// The monitor of a row; nothing where its cells are empty.
fn monitor(
    kind: Option<&str>,
    target: Option<&str>,
    interval: Option<&str>,
) -> Result<Option<MonitorDraft>, &'static str> {
    let [kind, target, interval] = [kind, target, interval].map(Option::unwrap_or_default);
    if kind.is_empty() && target.is_empty() && interval.is_empty() {
        return Ok(None);
    }
    let kind = match kind.to_lowercase().as_str() {
        "" => Kind::Ping,
        // Its address is told once, to whoever enters it: a table cannot carry it.
        "push" => return Err("kind_unknown"),
        name => Kind::from_name(name).ok_or("kind_unknown")?,
    };
    let target = match kind {
        // A port alone is one of the server.
        Kind::Tcp | Kind::Tls if !target.is_empty() && target.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!(":{target}")
        }
        _ => target.to_owned(),
    };
    let usual = MonitorDraft::default();
    let interval_s = match interval {
        "" => usual.interval_s,
        text => text.trim_end_matches(['s', 'с', ' ']).parse().map_err(|_| "interval_invalid")?,
    };
    Ok(Some(MonitorDraft { kind, target, interval_s, ..usual }))
}

fn note(row: u32, server: &str, code: &str) -> ServerImportNote {
    ServerImportNote { row, server: server.chars().take(100).collect(), code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Row> {
        let cells = |line: &&str| line.split('|').map(ToOwned::to_owned).collect();
        (1..).zip(lines.iter().map(cells)).collect()
    }

    fn codes(notes: &[ServerImportNote]) -> Vec<(u32, &str)> {
        notes.iter().map(|note| (note.row, note.code.as_str())).collect()
    }

    #[test]
    fn a_row_is_a_server_or_one_more_monitor() {
        let table = Table::read(rows(&[
            "Имя|IP-адрес|Группа|Проверка|Порт|Интервал|Этаж",
            "db-02|10.0.0.2|Базы|tcp|5432|60|3",
            "DB-02||||||",
            "db-02|||http|http://db-02/health|30 с|",
            "sw-1|10.0.0.1|Сеть||||",
        ]));
        assert_eq!((table.rows, codes(&table.warnings)), (4, vec![(1, "column_unknown"), (3, "duplicate")]));
        assert_eq!(codes(&table.rejected), []);
        let [db, switch] = &*table.entries else { panic!("two servers") };
        let seen: Vec<_> = db.monitors.iter().map(|(row, m)| (*row, m.kind, m.target.as_str(), m.interval_s)).collect();
        assert_eq!(seen, [(2, Kind::Tcp, ":5432", 60), (4, Kind::Http, "http://db-02/health", 30)]);
        assert_eq!((switch.group.as_deref(), switch.parent.as_deref(), switch.monitors.len()), (Some("Сеть"), None, 0));
    }

    #[test]
    fn the_list_of_a_ping_tool_has_no_header() {
        let table = Table::read(rows(&["10.0.0.1", "", "10.0.0.2|db-02", " |x"]));
        let names: Vec<_> = table.entries.iter().map(|entry| (entry.name.as_str(), entry.address.as_str())).collect();
        assert_eq!(names, [("10.0.0.1", "10.0.0.1"), ("db-02", "10.0.0.2")]);
        assert_eq!(codes(&table.rejected), [(4, "missing_address")]);
    }

    #[test]
    fn what_cannot_be_meant_is_rejected_by_its_row() {
        let table = Table::read(rows(&[
            "name|address|kind|interval",
            "|||x",
            "a|10.0.0.1|telnet|",
            "b|10.0.0.2|push|",
            "c|10.0.0.3|ping|soon",
            "d|10.0.0.4||",
            "d|10.0.0.5||",
        ]));
        let expected =
            [(2, "missing_name"), (3, "kind_unknown"), (4, "kind_unknown"), (5, "interval_invalid"), (7, "duplicate")];
        assert_eq!(codes(&table.rejected), expected);
        assert_eq!(table.entries.len(), 1);
    }
}

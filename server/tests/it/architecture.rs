//! The dependency rule: which module may name which, read from the sources themselves.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What each module of the server may use, beside itself. `*` is everything.
const SERVER: &[(&str, &[&str])] = &[
    // Only these see everything there is to put together.
    ("startup", &["*"]),
    ("cli", &["clock", "config", "database", "services", "shutdown", "startup", "telemetry"]),
    // Edges: never each other, never a store.
    ("http", &["auth", "cache", "clock", "config", "error", "events", "services", "state", "telemetry"]),
    ("bot", &["auth", "clock", "config", "error", "events", "integrations", "services", "state"]),
    ("workers", &["auth", "clock", "events", "integrations", "monitor", "services", "shutdown", "telemetry"]),
    // What edges are given.
    ("state", &["events", "http::assets", "services", "telemetry"]),
    ("events", &["store::notify"]),
    ("services", &["auth", "cache", "config", "directory", "error", "helpdesk", "integrations", "monitor", "store"]),
    ("auth", &["config"]),
    ("database", &["config", "error", "store"]),
    ("telemetry", &["config"]),
    // A hash of a secret is a type of its own; nothing else of `auth` reaches the tables.
    ("store", &["auth::session"]),
    ("cache", &["config"]),
    ("integrations", &["config"]),
    ("directory", &[]),
    ("helpdesk", &[]),
    ("monitor", &[]),
    ("config", &[]),
    ("clock", &[]),
    ("error", &[]),
    ("shutdown", &[]),
];

/// What each module of `app` may use, beside itself.
const APP: &[(&str, &[&str])] = &[
    ("app", &["*"]),
    ("shell", &["*"]),
    (
        "pages",
        &[
            "backend",
            "components",
            "device",
            "directory",
            "fleet",
            "format",
            "helpdesk",
            "i18n",
            "live",
            "model",
            "session",
            "start",
            "telegram",
        ],
    ),
    ("components", &["fleet", "format", "i18n", "live", "model"]),
    ("session", &["backend", "model", "start", "telegram"]),
    ("start", &["model"]),
    ("device", &[]),
    ("backend", &["directory", "model"]),
    ("directory", &["format", "i18n", "model"]),
    ("fleet", &["directory", "format", "i18n", "model"]),
    ("helpdesk", &["directory", "fleet", "format", "i18n", "model"]),
    ("format", &["i18n", "model"]),
    ("i18n", &["model"]),
    ("live", &["model"]),
    ("telegram", &["live", "model"]),
    ("model", &[]),
];

/// Modules without I/O, clock or randomness.
const PURE: &[&str] = &[
    "app/src/model",
    "app/src/fleet",
    "app/src/format",
    "app/src/helpdesk",
    "server/src/auth/init_data",
    "server/src/auth/policy",
    "server/src/directory",
    "server/src/bot/render",
    "server/src/helpdesk",
    "server/src/integrations/otrs/breaker",
    "server/src/integrations/otrs/change",
    "server/src/integrations/otrs/failure",
    "server/src/integrations/otrs/host_clock",
    "server/src/integrations/otrs/request",
    "server/src/integrations/otrs/search",
    "server/src/integrations/otrs/ticket",
    "server/src/integrations/otrs/walk",
    "server/src/integrations/otrs/wire",
    "server/src/services/tickets/clean",
    "server/src/services/tickets/convert",
    "server/src/services/tickets/plan",
    "server/src/services/tickets/shown",
    "server/src/monitor/state",
    "server/src/monitor/schedule",
    "server/src/monitor/maintenance",
    "server/src/monitor/target",
    "server/src/monitor/allowed",
    "server/src/monitor/connectivity",
];

/// What a pure module never names.
const IMPURE: &[&str] = &[
    "sqlx::",
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::net",
    "std::env",
    "now_utc",
    "SystemTime::",
    "Instant::",
    "rand::",
    "crate::clock",
];

#[test]
fn the_server_follows_the_dependency_rule() {
    assert_eq!(violations("server/src", SERVER), Vec::<String>::new());
}

#[test]
fn the_app_follows_the_dependency_rule() {
    assert_eq!(violations("app/src", APP), Vec::<String>::new());
}

#[test]
fn pure_modules_do_no_io_and_read_no_clock() {
    let mut found = Vec::new();
    for place in PURE {
        for file in sources(&root().join(place)) {
            let text = code(&file);
            found.extend(
                IMPURE.iter().filter(|name| text.contains(*name)).map(|name| format!("{}: {name}", shown(&file))),
            );
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn names_are_found_in_every_way_of_writing_them() {
    let text =
        "use crate::{store::{self, b}, cache};\nuse crate::http::x;\nfn f() { crate::events::y() } // crate::bot::z";
    let found = names(&without_comments(text));
    assert_eq!(found, ["cache", "events::y", "http::x", "store::b", "store::self"].map(String::from).into());
}

fn violations(place: &str, table: &[(&str, &[&str])]) -> Vec<String> {
    let top = root().join(place);
    let mut found = Vec::new();
    for file in sources(&top) {
        let path = file.strip_prefix(&top).expect("below");
        let module = path.iter().next().and_then(|first| first.to_str()).expect("text").trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = table.iter().find(|(name, _)| *name == module) else {
            found.push(format!("{}: `{module}` is not in the table", shown(&file)));
            continue;
        };
        for name in names(&code(&file)) {
            let inside = |prefix: &str| name == prefix || name.starts_with(&format!("{prefix}::"));
            if !inside(module) && !allowed.iter().any(|allowed| *allowed == "*" || inside(allowed)) {
                found.push(format!("{}: {name}", shown(&file)));
            }
        }
    }
    found
}

/// The first two parts of each path that begins with `crate::`, groups resolved.
fn names(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$') {
            collect(&text[at + "crate::".len()..], &mut Vec::new(), &mut found);
        }
    }
    found
}

/// Reads one path or group; returns how much of the text it was.
fn collect(text: &str, parts: &mut Vec<String>, found: &mut BTreeSet<String>) -> usize {
    let mut at = text.len() - text.trim_start().len();
    if text[at..].starts_with('{') {
        at += 1;
        while at < text.len() && !text[at..].trim_start().starts_with('}') {
            at += collect(&text[at..], &mut parts.clone(), found);
            at += text[at..]
                .find([',', '}'])
                .map_or(text.len() - at, |end| end + usize::from(text[at + end..].starts_with(',')));
        }
        return text.len().min(at + text[at..].find('}').map_or(0, |end| end + 1));
    }
    let word: String = text[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '*')).collect();
    at += word.len();
    if word.is_empty() {
        return at;
    }
    parts.push(word);
    if text[at..].starts_with("::") {
        return at + 2 + collect(&text[at + 2..], parts, found);
    }
    found.insert(parts.iter().take(2).cloned().collect::<Vec<_>>().join("::"));
    at
}

fn sources(place: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if place.with_extension("rs").is_file() {
        found.push(place.with_extension("rs"));
    }
    let Ok(entries) = fs::read_dir(place) else { return found };
    for entry in entries.map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(sources(&entry).into_iter().filter(|file| file.starts_with(&entry)));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
    found
}

fn code(file: &Path) -> String {
    without_comments(&fs::read_to_string(file).expect("text"))
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or_default() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a parent").to_owned()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

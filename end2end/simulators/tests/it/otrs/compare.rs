//! Whether two answers are alike: the same fields of the same types, and the same values but for what chance or the
//! clock decides.

use serde_json::Value;
use simulators::otrs::recorded::whole_length;

/// Values that are made by chance.
const CHANCE: &[&str] = &["SessionID"];
/// Seconds that depend on when exactly something was done. Two seconds are left for the way.
const SECONDS: &[&str] = &[
    "Age",
    "IncomingTime",
    "UnlockTimeout",
    "UntilTime",
    "RealTillTimeNotUsed",
    "EscalationTime",
    "EscalationTimeWorkingTime",
    "FirstResponseTime",
    "FirstResponseTimeWorkingTime",
    "UpdateTime",
    "UpdateTimeWorkingTime",
    "SolutionTime",
    "SolutionTimeWorkingTime",
];
const NEAR: i64 = 2;

/// How much has to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Fields, types and values.
    Values,
    /// Fields and types: values depend on which of several questions came first.
    Shapes,
}

/// What differs, with its place.
pub fn differences(recorded: &Value, answered: &Value, strictness: Strictness) -> Vec<String> {
    let mut found = Vec::new();
    compare("", recorded, answered, strictness, &mut found);
    found
}

fn compare(path: &str, recorded: &Value, answered: &Value, strictness: Strictness, found: &mut Vec<String>) {
    match (recorded, answered) {
        (Value::Object(one), Value::Object(other)) => {
            for name in one.keys().filter(|name| !other.contains_key(*name)) {
                found.push(format!("{path}.{name} is missing"));
            }
            for name in other.keys().filter(|name| !one.contains_key(*name)) {
                found.push(format!("{path}.{name} is too much: {}", other[name]));
            }
            for (name, value) in one {
                if let Some(other) = other.get(name) {
                    compare(&format!("{path}.{name}"), value, other, strictness, found);
                }
            }
        }
        (Value::Array(one), Value::Array(other)) => arrays(path, one, other, strictness, found),
        (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) => {
            if strictness == Strictness::Values && !same(path, recorded, answered) {
                found.push(format!("{path}: {recorded} is {answered}"));
            }
        }
        (one, other) if one == other => {}
        (one, other) => found.push(format!("{path}: {one} is of another type than {other}")),
    }
}

fn arrays(path: &str, one: &[Value], other: &[Value], strictness: Strictness, found: &mut Vec<String>) {
    let cut = one.last().and_then(Value::as_str).and_then(whole_length);
    let length = cut.unwrap_or(one.len());
    if length != other.len() && strictness == Strictness::Values && !path.ends_with(".History") {
        found.push(format!("{path} has {} items, not {length}", other.len()));
    }
    let shown = if cut.is_some() { &one[..one.len() - 1] } else { one };
    if path.ends_with(".History") {
        // Written only where the clock moved on to another second since the last time.
        let lasting = |items: &[Value]| -> Vec<Value> {
            items.iter().filter(|entry| entry["Name"] != "Reset of unlock time.").cloned().collect()
        };
        let (one, other) = (lasting(one), lasting(other));
        if one.len() != other.len() && strictness == Strictness::Values {
            found.push(format!("{path} has {} entries, not {}", other.len(), one.len()));
        }
        for (n, (one, other)) in one.iter().zip(&other).enumerate() {
            compare(&format!("{path}[{n}]"), one, other, strictness, found);
        }
        return;
    }
    // Numbers that a search found are compared as a set elsewhere: those of one second come in any order.
    if path.ends_with(".TicketID") {
        let strings = other.iter().chain(shown).all(Value::is_string);
        if !strings {
            found.push(format!("{path} holds no texts"));
        }
        return;
    }
    for (n, (one, other)) in shown.iter().zip(other).enumerate() {
        compare(&format!("{path}[{n}]"), one, other, strictness, found);
    }
}

fn same(path: &str, one: &Value, other: &Value) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    if one == other || CHANCE.contains(&name) {
        return true;
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (one, other) = (text(one), text(other));
    if let Some(length) = whole_length(&one) {
        return other.chars().count() == length;
    }
    let near = |one: i64, other: i64| (one - other).abs() <= NEAR;
    let number = |text: &str| text.parse::<i64>().ok();
    if SECONDS.contains(&name)
        && let (Some(one), Some(other)) = (number(&one), number(&other))
    {
        return near(one, other);
    }
    matches!((seconds(&one), seconds(&other)), (Some(one), Some(other)) if near(one, other))
}

/// Of `YYYY-MM-DD HH:MM:SS`, counted as if every month had 31 days: near times stay near within a month.
fn seconds(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text.split(['-', ' ', ':']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [year, month, day, hour, minute, second] = *parts else { return None };
    Some(((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second)
}

//! Reading single variables: presence, secrets from files, parsing, and the sentence when something is wrong.

use std::{collections::BTreeMap, fmt, path::PathBuf, str::FromStr, time::Duration};

use secrecy::SecretString;

/// A variable somebody may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Whether `NAME_FILE` with a path may stand in for it.
    pub secret: bool,
}

impl Variable {
    /// A variable that anybody may see.
    #[must_use]
    pub const fn plain(name: &'static str) -> Self {
        Self { name, secret: false }
    }

    /// A variable nobody may see.
    #[must_use]
    pub const fn secret(name: &'static str) -> Self {
        Self { name, secret: true }
    }
}

/// What is wrong with the configuration, in one sentence that names the variable and never shows a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {problem}")]
pub struct ConfigError {
    /// The variable.
    pub variable: String,
    /// The rest of the sentence.
    pub problem: String,
}

impl ConfigError {
    /// `variable` and what is wrong with it.
    pub fn new(variable: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { variable: variable.into(), problem: problem.into() }
    }
}

/// The variables that are set; an empty one counts as absent.
#[derive(Clone, Default)]
pub struct Vars(BTreeMap<String, String>);

impl fmt::Debug for Vars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into().trim().to_owned()))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        )
    }
}

impl Vars {
    /// The process environment, and `.env` of the working folder for what it does not set.
    ///
    /// # Errors
    /// A `.env` that cannot be read, a name in it that nobody knows, or a name in the environment that is one
    /// slip of the finger away from a known one.
    pub fn from_process() -> Result<Self, ConfigError> {
        let mut pairs = BTreeMap::new();
        match dotenvy::from_filename_iter(".env") {
            Ok(lines) => {
                for line in lines {
                    let (name, value) = line.map_err(|error| match error {
                        dotenvy::Error::LineParse(line, _) => {
                            // The line may hold a secret: name the variable, not the value.
                            let name = line.split('=').next().unwrap_or_default().trim().to_owned();
                            ConfigError::new(".env", format!("has a line that cannot be read, near `{name}`"))
                        }
                        _ => ConfigError::new(".env", "cannot be read"),
                    })?;
                    if !is_known(&name) {
                        return Err(unknown(&format!("{name} in .env"), &name));
                    }
                    pairs.insert(name, value);
                }
            }
            Err(error) if error.not_found() => {}
            Err(error) => return Err(ConfigError::new(".env", format!("cannot be read: {error}"))),
        }
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str() else { continue };
            if !is_known(name) {
                if nearest(name).is_some() {
                    return Err(unknown(name, name));
                }
                continue;
            }
            let value = value.into_string().map_err(|_| ConfigError::new(name, "is not valid UTF-8"))?;
            pairs.insert(name.to_owned(), value);
        }
        Ok(pairs.into_iter().collect())
    }

    /// The text, if set.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The value read by its `FromStr`; `expected` completes "must be …".
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>, ConfigError> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| ConfigError::new(name, format!("must be {expected}, but is `{text}`")))
            })
            .transpose()
    }

    /// Items of a comma list; `expected` completes "must be …".
    ///
    /// # Errors
    /// When an item cannot be read.
    pub fn list<T: FromStr>(&self, name: &str, expected: &str) -> Result<Vec<T>, ConfigError> {
        self.text(name)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| {
                item.parse().map_err(|_| ConfigError::new(name, format!("must be {expected}, but `{item}` is not one")))
            })
            .collect()
    }

    /// A time span such as `90s`, `15m`, `12h`, `30d`.
    ///
    /// # Errors
    /// When it is not one, or zero.
    pub fn span(&self, name: &str, default: Duration) -> Result<Duration, ConfigError> {
        let Some(text) = self.text(name) else { return Ok(default) };
        let wrong =
            || ConfigError::new(name, format!("must be a time span such as 90s, 15m, 12h or 30d, but is `{text}`"));
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &text[digits.len()..] {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return Err(wrong()),
        };
        let count: u32 = digits.parse().map_err(|_| wrong())?;
        // A hundred years is for ever; more would overflow dates.
        match u64::from(count) * unit {
            0 => Err(wrong()),
            seconds if seconds > 36_500 * 86_400 => Err(wrong()),
            seconds => Ok(Duration::from_secs(seconds)),
        }
    }

    /// A secret, given as `NAME` or as a path in `NAME_FILE`.
    ///
    /// # Errors
    /// Both are given, or the file cannot be read or is empty.
    pub fn secret(&self, name: &str) -> Result<Option<SecretString>, ConfigError> {
        let file_name = format!("{name}_FILE");
        match (self.text(name), self.text(&file_name).map(PathBuf::from)) {
            (Some(_), Some(_)) => Err(ConfigError::new(name, format!("and {file_name} are both set; keep one"))),
            (Some(text), None) => Ok(Some(SecretString::from(text))),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(&path).map_err(|error| {
                    ConfigError::new(&file_name, format!("names a file that cannot be read: {error}"))
                })?;
                match text.trim() {
                    "" => Err(ConfigError::new(file_name, "names an empty file")),
                    text => Ok(Some(SecretString::from(text))),
                }
            }
            (None, None) => Ok(None),
        }
    }
}

fn names() -> impl Iterator<Item = String> {
    super::VARIABLES.into_iter().flatten().flat_map(|variable| {
        let file = variable.secret.then(|| format!("{}_FILE", variable.name));
        std::iter::once(variable.name.to_owned()).chain(file)
    })
}

fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

fn unknown(shown: &str, name: &str) -> ConfigError {
    let hint = nearest(name).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    ConfigError::new(shown, format!("is no variable of vakhta{hint}"))
}

/// The known name that differs by one letter, or by two in a long name: a slip, not another program's variable.
fn nearest(name: &str) -> Option<String> {
    names().find(|known| {
        let allowed = if known.len() >= 12 { 2 } else { 1 };
        known.len() >= 8 && distance(known.as_bytes(), name.as_bytes()) <= allowed
    })
}

/// Edit distance with neighbours swapped counted once.
fn distance(a: &[u8], b: &[u8]) -> usize {
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_nonsense_is_refused() {
        let read =
            |text: &str| [("SESSION_IDLE", text)].into_iter().collect::<Vars>().span("SESSION_IDLE", Duration::ZERO);
        for (text, seconds) in [("90s", 90), ("15m", 900), ("12h", 43_200), ("30d", 2_592_000)] {
            assert_eq!(read(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["12", "h", "0h", "-1h", "1.5h", "12 h", "12hours", "4294967295d"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_told_from_other_programs_variables() {
        assert_eq!(nearest("TELEGRAM_BOT_TOKN").as_deref(), Some("TELEGRAM_BOT_TOKEN"));
        assert_eq!(nearest("LISTEN_ADRR").as_deref(), Some("LISTEN_ADDR"));
        for other in ["HOME", "PATH", "TELEGRAM_CHAT_ID", "RUST_BACKTRACE", "CARGO_TARGET_DIR", "LISTEN_FDS"] {
            assert_eq!(nearest(other), None, "{other}");
        }
    }

    #[test]
    fn a_secret_given_twice_is_refused() {
        let vars: Vars = [("METRICS_TOKEN", "a"), ("METRICS_TOKEN_FILE", "/b")].into_iter().collect();
        let error = vars.secret("METRICS_TOKEN").expect_err("one too many");
        assert_eq!(error.to_string(), "METRICS_TOKEN and METRICS_TOKEN_FILE are both set; keep one");
    }
}

//! What an `http` monitor asks for and expects.

use core::ops::RangeInclusive;

use app::model::monitor::Settings;
use url::Url;

use super::{Host, Invalid, JsonPath, of};

/// The status codes that are good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statuses {
    ranges: Vec<RangeInclusive<u16>>,
    text: String,
}

/// What has to be in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// This text.
    Keyword(String),
    /// Something at this place of a JSON document.
    Json {
        /// The place.
        path: JsonPath,
        /// What it has to be, as text.
        value: Option<String>,
    },
}

impl Statuses {
    /// Reads `200`, `200-299`, `200,204,301-308`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = |text: &str| {
            let three = text.len() == 3 && text.bytes().all(|c| c.is_ascii_digit());
            text.parse().ok().filter(|code: &u16| three && (100..600).contains(code))
        };
        let range = |part: &str| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let range = code(from.trim())?..=code(to.trim())?;
            (!range.is_empty()).then_some(range)
        };
        let ranges = text.split(',').take(21).map(|part| range(part.trim())).collect::<Option<Vec<_>>>()?;
        (ranges.len() <= 20).then(|| Self { ranges, text: text.split_whitespace().collect() })
    }

    /// Whether this one is good.
    #[must_use]
    pub fn contain(&self, status: u16) -> bool {
        self.ranges.iter().any(|range| range.contains(&status))
    }

    /// As it was entered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Body {
    /// Reads the settings that speak of the body.
    pub fn read(settings: &Settings) -> Result<Option<Self>, Invalid> {
        match (&settings.keyword, &settings.json_path) {
            (None, None) if settings.json_value.is_some() => Err(of("settings.json_path")("required")),
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(of("settings.keyword")("keyword_or_json")),
            (Some(_), None) if settings.json_value.is_some() => Err(of("settings.json_path")("required")),
            (Some(keyword), None) if keyword.is_empty() => Err(of("settings.keyword")("required")),
            (Some(keyword), None) if keyword.len() > 1_000 => Err(of("settings.keyword")("too_long")),
            (Some(keyword), None) => Ok(Some(Self::Keyword(keyword.clone()))),
            (None, Some(path)) => {
                let path = JsonPath::parse(path).ok_or("json_path").map_err(of("settings.json_path"))?;
                if settings.json_value.as_ref().is_some_and(|value| value.len() > 1_000) {
                    return Err(of("settings.json_value")("too_long"));
                }
                Ok(Some(Self::Json { path, value: settings.json_value.clone() }))
            }
        }
    }
}

/// Reads the address of a page.
pub fn url(text: &str) -> Result<Url, &'static str> {
    if text.is_empty() {
        return Err("required");
    }
    if text.len() > 2_000 {
        return Err("too_long");
    }
    let mut url = Url::parse(text).map_err(|_| "url")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("url_scheme");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("url_credentials");
    }
    if url.port() == Some(0) || Host::of_url(&url).is_none() {
        return Err("url");
    }
    url.set_fragment(None);
    Ok(url)
}

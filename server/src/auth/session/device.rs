//! A line that lets somebody recognise his own sign-in, made of the `User-Agent`. Pure, and no proof of
//! anything: a client says what it likes.

/// Where it runs; the first that is named wins, because Android also says Linux and iPads say Mac.
const SYSTEMS: [(&str, &str); 8] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
];

/// What shows the app; the first that is named wins, because nearly all say Safari and most say Chrome.
const PROGRAMS: [(&str, &str); 11] = [
    ("Telegram", "Telegram"),
    ("YaBrowser", "Yandex Browser"),
    ("OPR/", "Opera"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
];

/// Longest name of a program nobody knows, in characters.
const MAX_NAME: usize = 40;

/// "Android · Telegram", "Windows · Chrome"; empty when nothing is known. A program that is no browser
/// gives its own name: "curl".
#[must_use]
pub fn describe(user_agent: &str) -> String {
    let named = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&SYSTEMS), named(&PROGRAMS)) {
        (Some(system), Some(program)) => format!("{system} · {program}"),
        // Telegram's own web view on iOS and macOS names no browser.
        (Some(system @ ("iPhone" | "iPad" | "macOS")), None) if user_agent.contains("AppleWebKit") => {
            format!("{system} · Telegram")
        }
        (Some(system), None) => system.to_owned(),
        (None, Some(program)) => program.to_owned(),
        (None, None) => {
            let name = user_agent.split(['/', ' ']).next().unwrap_or_default();
            name.chars().filter(char::is_ascii_graphic).take(MAX_NAME).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn devices_are_told_apart() {
        let table = [
            (
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 \
                 Mobile Safari/537.36 Telegram-Android/11.3.3 (Samsung SM-S911B; Android 14; SDK 34; HIGH)",
                "Android · Telegram",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Mobile/15E148",
                "iPhone · Telegram",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.1 Mobile/15E148 Safari/604.1",
                "iPhone · Safari",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
                 Safari/537.36 Edg/130.0.0.0",
                "Windows · Edge",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
                 Safari/537.36",
                "Windows · Chrome",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
                "macOS · Telegram",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Linux · Firefox"),
            ("curl/8.5.0", "curl"),
            ("python-requests/2.32", "python-requests"),
            ("", ""),
        ];
        for (user_agent, expected) in table {
            assert_eq!(describe(user_agent), expected, "{user_agent}");
        }
        assert_eq!(describe(&"x".repeat(10_000)).len(), 40);
    }
}

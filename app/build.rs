//! Turns `locales/{ru,en}.json` into typed accessors: a text that one language lacks, or whose arguments
//! differ between the two, stops the build.
//!
//! A locale is an object of sections, a section an object of texts. A text is a string, or for a
//! counted one an object of plural forms: `one`, `few`, `many` in Russian, `one`, `other` in English.
//! `{name}` stands for a text (`&str`), `{#rows}` for a number (`u64`, grouped by thousands);
//! `{#count}` is the number that chooses the form. Section and name joined by `_` name the accessor; it
//! takes its arguments in the order of the English text, a count first.

use std::{collections::BTreeMap, env, fs, path::Path};

use serde_json::Value;

/// A text in one language.
enum Text {
    Plain(Vec<Piece>),
    Counted(Vec<(String, Vec<Piece>)>),
}

/// A piece of a text.
enum Piece {
    Literal(String),
    Word(String),
    Number(String),
}

/// The argument that chooses the plural form.
const COUNT: &str = "count";

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder")).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    let ru = read(&folder.join("ru.json"), &["one", "few", "many"]);
    let en = read(&folder.join("en.json"), &["one", "other"]);
    for (name, texts, others) in [("en", &en, &ru), ("ru", &ru, &en)] {
        let missing: Vec<_> = others.keys().filter(|key| !texts.contains_key(*key)).collect();
        assert!(missing.is_empty(), "locales/{name}.json lacks {missing:?}, which the other language has");
    }
    let mut code = String::from("impl Texts {\n");
    for (key, russian) in &ru {
        code += &accessor(key, russian, &en[key]);
    }
    code += "}\n";
    let out = env::var("OUT_DIR").expect("cargo names the output folder");
    fs::write(Path::new(&out).join("texts.rs"), code).expect("the output folder can be written");
}

/// All texts of a locale by accessor name.
fn read(path: &Path, forms: &[&str]) -> BTreeMap<String, Text> {
    let name = path.display();
    let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let root: Value = serde_json::from_str(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
    let sections = root.as_object().unwrap_or_else(|| panic!("{name}: an object of sections is expected"));
    let mut texts = BTreeMap::new();
    for (section, entries) in sections {
        let entries = entries.as_object().unwrap_or_else(|| panic!("{name}: section `{section}` is no object"));
        for (key, value) in entries {
            let key = format!("{section}_{key}");
            assert!(
                key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                "{name}: `{key}` is not in snake_case"
            );
            let text = parse(value, forms).unwrap_or_else(|error| panic!("{name}: `{key}`: {error}"));
            assert!(texts.insert(key.clone(), text).is_none(), "{name}: `{key}` appears twice");
        }
    }
    texts
}

fn parse(value: &Value, forms: &[&str]) -> Result<Text, String> {
    match value {
        Value::String(text) => Ok(Text::Plain(pieces(text)?)),
        Value::Object(object) => {
            if let Some(strange) = object.keys().find(|key| !forms.contains(&key.as_str())) {
                return Err(format!("`{strange}` is no plural form of this language, they are {forms:?}"));
            }
            forms
                .iter()
                .map(|form| {
                    let text =
                        object.get(*form).and_then(Value::as_str).ok_or(format!("the form `{form}` is missing"))?;
                    Ok(((*form).to_owned(), pieces(text)?))
                })
                .collect::<Result<_, String>>()
                .map(Text::Counted)
        }
        _ => Err("a string or an object of plural forms is expected".into()),
    }
}

/// Splits a text at its arguments.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        if start > 0 {
            pieces.push(Piece::Literal(rest[..start].to_owned()));
        }
        let end = rest[start..].find('}').ok_or("a `{` is not closed")? + start;
        let name = &rest[start + 1..end];
        let (name, number) = name.strip_prefix('#').map_or((name, false), |name| (name, true));
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Err(format!("`{{{name}}}` is no argument name"));
        }
        let name = name.to_owned();
        pieces.push(if number { Piece::Number(name) } else { Piece::Word(name) });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Ok(pieces)
}

impl Text {
    /// Its arguments with their types in the order they appear; the count of a counted text first.
    fn arguments(&self) -> Vec<(String, &'static str)> {
        let (mut arguments, all): (Vec<(String, &'static str)>, Vec<&Piece>) = match self {
            Self::Plain(pieces) => (Vec::new(), pieces.iter().collect()),
            Self::Counted(forms) => {
                (vec![(COUNT.to_owned(), "u64")], forms.iter().flat_map(|(_, pieces)| pieces).collect())
            }
        };
        for piece in all {
            let (name, kind) = match piece {
                Piece::Literal(_) => continue,
                Piece::Word(name) => (name, "&str"),
                Piece::Number(name) => (name, "u64"),
            };
            if !arguments.iter().any(|(known, _)| known == name) {
                arguments.push((name.clone(), kind));
            }
        }
        arguments
    }

    /// The text as people see it in the documentation of its accessor.
    fn shown(&self) -> String {
        let pieces = match self {
            Self::Plain(pieces) => pieces,
            Self::Counted(forms) => &forms[forms.len() - 1].1,
        };
        let text: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Word(name) | Piece::Number(name) => format!("{{{name}}}"),
            })
            .collect();
        text.replace('\n', " ")
    }

    /// An expression that gives the text.
    fn expression(&self) -> String {
        match self {
            Self::Plain(pieces) => concatenation(pieces),
            Self::Counted(forms) => {
                let arms: String = forms
                    .iter()
                    .enumerate()
                    .map(|(at, (form, pieces))| {
                        let pattern =
                            if at + 1 == forms.len() { "_".to_owned() } else { format!("Plural::{}", capital(form)) };
                        format!("{pattern} => {},", concatenation(pieces))
                    })
                    .collect();
                format!("match plural(self.language, count) {{ {arms} }}")
            }
        }
    }
}

fn concatenation(pieces: &[Piece]) -> String {
    let parts: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => format!("{text:?}"),
            Piece::Word(name) => name.clone(),
            Piece::Number(name) => format!("&grouped(self.language, {name})"),
        })
        .collect();
    format!("[{}].concat()", parts.join(", "))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn accessor(key: &str, ru: &Text, en: &Text) -> String {
    let arguments = en.arguments();
    let by_name = |text: &Text| text.arguments().into_iter().collect::<BTreeMap<_, _>>();
    let counted = |text: &Text| matches!(text, Text::Counted(_));
    assert!(
        by_name(ru) == by_name(en) && counted(ru) == counted(en),
        "`{key}` takes {:?} in locales/ru.json and {arguments:?} in locales/en.json",
        ru.arguments()
    );
    // An alias is looked for as it is typed.
    let typed = ru.shown().replace('\u{a0}', " ");
    let doc = format!("/// `{}`\n    #[doc(alias = {typed:?})]", en.shown().replace('`', "'"));
    if arguments.is_empty() {
        let literal = |text: &Text| match text {
            Text::Plain(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => text.as_str(),
                    Piece::Word(_) | Piece::Number(_) => "",
                })
                .collect::<String>(),
            Text::Counted(_) => String::new(),
        };
        return format!(
            "    {doc}\n    #[must_use]\n    pub const fn {key}(self) -> &'static str {{\n        match self.language {{ Language::Ru => {:?}, Language::En => {:?} }}\n    }}\n",
            literal(ru),
            literal(en)
        );
    }
    let parameters: Vec<String> = arguments.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    format!(
        "    {doc}\n    #[must_use]\n    pub fn {key}(self, {}) -> String {{\n        match self.language {{ Language::Ru => {}, Language::En => {} }}\n    }}\n",
        parameters.join(", "),
        ru.expression(),
        en.expression()
    )
}

//! Query strings as the product reads them: `&` and `;` separate, a value ends at a second `=`, `+` is a blank.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::perl::Params;

/// Bytes that are no UTF-8 end in an error that names nothing (366).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoText;

/// Reads a query string; a repeated name makes a list, a name without a value is none.
pub(super) fn read(query: &str) -> Result<Params, NoText> {
    let mut params = Params::new();
    for pair in query.split(['&', ';']).filter(|pair| !pair.is_empty()) {
        let mut parts = pair.split('=');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
        let (name, value) = (text(name)?, Value::String(text(value)?));
        match params.get_mut(&name) {
            None => drop(params.insert(name, value)),
            Some(Value::Array(items)) => items.push(value),
            Some(one) => *one = json!([one.take(), value]),
        }
    }
    Ok(params)
}

pub(super) fn text(encoded: &str) -> Result<String, NoText> {
    let blanks = encoded.replace('+', " ");
    percent_decode_str(&blanks).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| NoText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_as_recorded() {
        let params =
            read("States=new&States=open&Title=a=b;Limit=2&Title2&Name=closed+successful&Bad=100%").expect("text");
        let expected = json!({
            "States": ["new", "open"], "Title": "a", "Limit": "2", "Name": "closed successful", "Bad": "100%",
        });
        assert_eq!(Value::Object(params), expected);
        assert_eq!(read("Title=%FF%FE"), Err(NoText));
    }
}

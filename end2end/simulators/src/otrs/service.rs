//! The web services: routes, bodies, and what the transport says where no operation is reached.

use encoding_rs::Encoding;
use serde_json::{Value, json};

use super::{perl::Params, query, reply::Reply, world::World};

/// A web service: routes are data of an installation.
#[derive(Debug)]
pub(super) struct WebService {
    name: &'static str,
    number: &'static str,
    routes: &'static [(&'static [&'static str], &'static str, &'static str)],
    /// Whether changes are answered with the ticket.
    includes_data: bool,
    /// Bytes of a body.
    max_length: usize,
}

/// The sample configuration, a second one with other routes, and one as it is best for the product: sessions stand in
/// no address.
const SERVICES: [WebService; 3] = [
    WebService {
        name: "GenericTicketConnectorREST",
        number: "2",
        routes: &[
            (&["POST"], "/Session", "SessionCreate"),
            (&["GET"], "/Session/:SessionID", "SessionGet"),
            (&["POST"], "/Ticket", "TicketCreate"),
            (&["GET"], "/Ticket", "TicketSearch"),
            (&["GET"], "/Ticket/:TicketID", "TicketGet"),
            (&["GET"], "/TicketList", "TicketGet"),
            (&["PATCH"], "/Ticket/:TicketID", "TicketUpdate"),
            (&["GET"], "/TicketHistory/:TicketID", "TicketHistoryGet"),
        ],
        includes_data: false,
        max_length: 100_000_000,
    },
    WebService {
        name: "VariantREST",
        number: "3",
        routes: &[
            (&["POST"], "/Session", "SessionCreate"),
            (&["POST"], "/Ticket", "TicketCreate"),
            (&["POST"], "/TicketSearch", "TicketSearch"),
            (&["POST"], "/TicketGet", "TicketGet"),
            (&["POST", "PUT"], "/TicketUpdate/:TicketID", "TicketUpdate"),
            (&["POST"], "/TicketHistory", "TicketHistoryGet"),
        ],
        includes_data: true,
        max_length: 20_000,
    },
    WebService {
        name: "Vakhta",
        number: "4",
        routes: &[
            (&["POST"], "/Session", "SessionCreate"),
            (&["POST"], "/Ticket", "TicketCreate"),
            (&["PATCH"], "/Ticket/:TicketID", "TicketUpdate"),
            (&["POST"], "/TicketGet", "TicketGet"),
            (&["POST"], "/TicketSearch", "TicketSearch"),
            (&["POST"], "/TicketHistory", "TicketHistoryGet"),
        ],
        includes_data: false,
        max_length: 100_000_000,
    },
];

/// A question.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub method: String,
    pub path: String,
    pub query: String,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub status: u16,
    pub content_type: Option<&'static str>,
    pub body: String,
}

const JSON: &str = "application/json; charset=UTF-8";
const TEXT: &str = "text/plain; charset=UTF-8";

impl Answered {
    fn json(body: &Value) -> Self {
        Self { status: 200, content_type: Some(JSON), body: body.to_string() }
    }

    fn text(status: u16, body: impl Into<String>) -> Self {
        Self { status, content_type: Some(TEXT), body: body.into() }
    }

    /// What the application server says of an error that nobody caught.
    pub fn bare() -> Self {
        Self { status: 500, content_type: Some("text/plain"), body: "Internal Server Error".to_owned() }
    }

    fn nothing() -> Self {
        Self { status: 500, content_type: None, body: String::new() }
    }

    /// What a proxy says of a server that is away.
    pub fn bad_gateway() -> Self {
        let body = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
        Self { status: 502, content_type: Some("text/html"), body: body.to_owned() }
    }

    /// Where nothing of the product is.
    pub fn not_found() -> Self {
        let body = "<!DOCTYPE html>\n<html>\n<head>\n    <title>404 Not Found</title>\n</head>\n<body>\n    \
                    <h1>Not Found</h1>\n    <p>The requested URL was not found on this server.</p>\n    <p>Go back to \
                    the <a href=\"/index.html\">start page</a>.</p>\n</body>\n</html>\n";
        Self { status: 404, content_type: Some("text/html"), body: body.to_owned() }
    }
}

/// A question that reached an operation.
#[derive(Debug)]
pub(super) struct Reached {
    service: &'static WebService,
    pub operation: &'static str,
    params: Params,
}

/// Finds the operation and its parameters: the route counts more than the query, the query more than the body.
pub(super) fn reach(prefix: &str, asked: &Asked) -> Result<Reached, Answered> {
    let base = format!("/{prefix}/nph-genericinterface.pl/");
    let place = asked.path.strip_prefix(&base).ok_or_else(Answered::not_found)?;
    let (by, rest) = place.split_once('/').unwrap_or((place, ""));
    let name = rest.split('/').next().unwrap_or_default();
    let service = SERVICES.iter().find(|service| match by {
        "Webservice" => service.name == name,
        "WebserviceID" => service.number == name,
        _ => false,
    });
    let service = service.ok_or_else(Answered::nothing)?;
    let below = &rest[name.len()..];
    let shown = if below.is_empty() { &asked.path } else { below };
    let unknown =
        || Answered::text(500, format!("HTTP::REST Error while determine Operation for request URI '{shown}'."));
    let fits = |route: &&(&[&str], &str, &'static str)| route.0.contains(&&*asked.method);
    let found =
        service.routes.iter().filter(fits).find_map(|(_, path, operation)| Some((place_in(path, below)?, *operation)));
    let (of_route, operation) = found.ok_or_else(unknown)?;
    let mut params = if asked.method == "GET" { Params::new() } else { body(service, asked)? };
    params.extend(query::read(&asked.query).map_err(|_| Answered::bare())?);
    for (name, value) in of_route {
        params.insert(name, Value::String(query::text(&value).map_err(|_| Answered::bare())?));
    }
    Ok(Reached { service, operation, params })
}

/// The parameters in a path that fits a route.
fn place_in(route: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (mut wanted, mut given) = (route.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(wanted), Some(given)) => match wanted.strip_prefix(':') {
                Some(name) if !given.is_empty() => found.push((name.to_owned(), given.to_owned())),
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// The JSON of a body, whatever its type says; no body is no parameters.
fn body(service: &WebService, asked: &Asked) -> Result<Params, Answered> {
    let content_type = asked.content_type.as_deref().unwrap_or_default();
    if content_type.starts_with("multipart/") {
        return Err(Answered::nothing());
    }
    if asked.body.len() > service.max_length {
        return Err(Answered::text(413, "Payload Too Large"));
    }
    if asked.body.is_empty() {
        return Ok(Params::new());
    }
    let undecodable = || Answered::text(500, "Error while decoding request content.");
    let charset = content_type.split_once("charset=").and_then(|(_, name)| Encoding::for_label(name.trim().as_bytes()));
    let encoding = charset.unwrap_or(encoding_rs::UTF_8);
    let text = encoding.decode_without_bom_handling_and_without_replacement(&asked.body).ok_or_else(undecodable)?;
    match serde_json::from_str::<Value>(&text).map_err(|_| undecodable())? {
        Value::Object(params) if !params.is_empty() => Ok(params),
        // What Perl takes for false is as good as unreadable (332, 333).
        Value::Null | Value::Bool(false) => Err(undecodable()),
        Value::Number(number) if number.as_f64() == Some(0.0) => Err(undecodable()),
        // A list gets past the transport and makes the operation fail (329).
        Value::Array(items) if !items.is_empty() => Err(Answered::bare()),
        _ => Err(Answered::text(500, "Unsupported request content structure.")),
    }
}

/// Carries it out.
pub(super) fn carry_out(world: &mut World, reached: &Reached) -> Answered {
    let params = &reached.params;
    let answer = match reached.operation {
        "SessionCreate" => world.session_create(params),
        "SessionGet" => world.session_get(params),
        "TicketCreate" => world.ticket_create(params),
        "TicketUpdate" => world.ticket_update(params),
        "TicketGet" => world.ticket_get(params),
        "TicketSearch" => world.ticket_search(params),
        _ => world.ticket_history_get(params),
    };
    match answer {
        Ok(mut body) => {
            if reached.service.includes_data && matches!(reached.operation, "TicketCreate" | "TicketUpdate") {
                world.include_data(&mut body);
            }
            Answered::json(&body)
        }
        Err(Reply::Error(body)) => Answered::json(&body),
        Err(Reply::Fault(words)) => {
            Answered::text(500, json!({"faultcode": "Server", "faultstring": words}).to_string())
        }
    }
}

//! Every answer of the REST interface that a test sees is one that the interface's own description allows:
//! its status, its content type and, where it is JSON, its body, with no property that is not described.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use jsonschema::Validator;
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde_json::{Map, Value};
use tokio::sync::OnceCell;

const PREFIX: &str = "/api/v1";
const PROBLEM: &str = "application/problem+json";

/// Sends a request and looks at the answer.
pub trait Answered {
    /// The answer, which is one that the description allows.
    async fn answered(self) -> Response;
}

impl Answered for RequestBuilder {
    async fn answered(self) -> Response {
        let (client, request) = self.build_split();
        let request = request.expect("a request");
        let (method, url) = (request.method().clone(), request.url().clone());
        let response = client.execute(request).await.expect("an answer");
        let path = url.path().strip_prefix(PREFIX).filter(|path| *path != "/openapi.json");
        match path {
            Some(path) if method != Method::HEAD => check(&method, path, &url, response).await,
            _ => response,
        }
    }
}

/// The description, the same for all servers of this process.
pub struct Description {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

static DESCRIPTION: OnceCell<Description> = OnceCell::const_new();

async fn check(method: &Method, path: &str, url: &Url, response: Response) -> Response {
    let description = DESCRIPTION.get_or_init(|| Description::of(url)).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let kind = headers.get("content-type").map(|kind| kind.to_str().expect("text").to_owned());
    let body = response.bytes().await.expect("a body");
    let what = format!("{method} {path}: {status} {}", kind.as_deref().unwrap_or("without a body"));
    description.allows(method, path, status, kind.as_deref(), &body).unwrap_or_else(|why| panic!("{what}: {why}"));
    let mut copy = http::Response::new(body);
    (*copy.status_mut(), *copy.headers_mut()) = (status, headers);
    copy.into()
}

impl Description {
    /// The one that this server gives.
    pub async fn of(url: &Url) -> Self {
        let address = url.join("/api/v1/openapi.json").expect("an address");
        let mut document: Value = reqwest::get(address).await.expect("an answer").json().await.expect("JSON");
        close(&mut document["components"]["schemas"]);
        Self { document, validators: Mutex::default() }
    }

    /// Whether this answer may be given; why not.
    pub fn allows(
        &self,
        method: &Method,
        path: &str,
        status: StatusCode,
        kind: Option<&str>,
        body: &[u8],
    ) -> Result<(), String> {
        let Some(pointer) = self.operation(method, path) else {
            let refused = matches!(status.as_u16(), 400 | 403 | 404 | 405 | 413 | 429 | 503) && kind == Some(PROBLEM);
            let problem = "#/components/schemas/Problem".to_owned();
            return if refused { self.valid(problem, body) } else { Err("no such operation is described".into()) };
        };
        let answer = format!("{pointer}/responses/{}", status.as_u16());
        let described = self.document.pointer(&answer).ok_or("no such status is described")?;
        let Some(kind) = kind else {
            let silent = described.get("content").is_none() && body.is_empty();
            return if silent { Ok(()) } else { Err("a body is described".into()) };
        };
        let kind = kind.split(';').next().unwrap_or_default().trim();
        described["content"].get(kind).ok_or("no such content type is described")?;
        if kind != "application/json" && kind != PROBLEM {
            return Ok(());
        }
        self.valid(format!("#{answer}/content/{}/schema", escaped(kind)), body)
    }

    /// Where the operation is described; a path that is written out goes before one with names in it.
    fn operation(&self, method: &Method, path: &str) -> Option<String> {
        let paths = self.document["paths"].as_object().expect("paths");
        let method = method.as_str().to_lowercase();
        let fits = |template: &&String| {
            let mut pairs = template.split('/').zip(path.split('/'));
            template.split('/').count() == path.split('/').count()
                && pairs.all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
        };
        let template = paths.keys().filter(fits).min_by_key(|template| template.matches('{').count())?;
        paths[template].get(&method)?;
        Some(format!("/paths/{}/{method}", escaped(template)))
    }

    fn valid(&self, schema: String, body: &[u8]) -> Result<(), String> {
        let body = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let mut validators = self.validators.lock().expect("no panic");
        let validator = validators.entry(schema).or_insert_with_key(|schema| {
            // The whole document around it, so that references lead somewhere.
            let mut root = self.document.clone();
            root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
            root["$ref"] = schema.replace('{', "%7B").replace('}', "%7D").replace('+', "%2B").into();
            Arc::new(jsonschema::options().should_validate_formats(true).build(&root).expect("a schema"))
        });
        let validator = validator.clone();
        drop(validators);
        let wrong: Vec<_> =
            validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n{body:#}", wrong.join("\n"))) }
    }
}

/// Part of a JSON pointer.
fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// What is not described is not there.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("type").is_some_and(|kind| kind == "object") && is_closed(object) {
                object.insert("additionalProperties".into(), false.into());
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn is_closed(object: &Map<String, Value>) -> bool {
    object.contains_key("properties") && !object.contains_key("additionalProperties") && !object.contains_key("allOf")
}

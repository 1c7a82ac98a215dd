//! The OpenAPI document: what all operations have in common is added here, so that handlers only say what is
//! their own.

use app::model::error::Problem;
use axum::{
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder, ServerBuilder,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        schema::{ObjectBuilder, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

const PROBLEMS: [(&str, &str); 9] = [
    ("400", "The request cannot be read"),
    ("401", "Nobody is signed in"),
    ("403", "The caller may not do this"),
    ("404", "There is no such thing"),
    ("409", "It moved on since the caller looked at it"),
    ("413", "More than is accepted"),
    ("415", "A kind of body that is not read here"),
    ("422", "Readable but wrong"),
    ("429", "Too many requests"),
];

/// Adds what all operations share and writes the document down.
pub fn finish(mut document: OpenApi) -> Bytes {
    document.info = InfoBuilder::new()
        .title("Vakhta")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Everything the browser uses, for other programs."))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url("/api/v1").build()]);
    let components = document.components.get_or_insert_default();
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    components.schemas.extend(schemas);
    components.security_schemes.insert(
        "session".to_owned(),
        SecurityScheme::Http(
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("The token of a session")).build(),
        )
        .into(),
    );
    components
        .security_schemes
        .insert("cookie".to_owned(), SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("vakhta_session"))).into());
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(name(method, path));
            complete(operation);
            if method == "post" && operation.security.as_ref().is_some_and(|ways| ways.len() > 1) {
                operation.parameters.get_or_insert_default().push(idempotency_key().into());
            }
        }
    }
    Bytes::from(serde_json::to_vec(&document).unwrap_or_default())
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    let all = [("get", get), ("post", post), ("put", put), ("patch", patch), ("delete", delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// A name of its own for each operation; the handlers' names repeat from resource to resource.
fn name(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

/// What makes the repetition of a `POST` harmless.
fn idempotency_key() -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^[!-~]+$"))
        .min_length(Some(1))
        .max_length(Some(200));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The same key and body get the same answer for 7 days"))
        .schema(Some(schema))
        .build()
}

/// Unless a handler says otherwise, an operation wants a session and may answer with any problem.
fn complete(operation: &mut Operation) {
    operation.security.get_or_insert_with(|| {
        vec![
            SecurityRequirement::new("session", Vec::<String>::new()),
            SecurityRequirement::new("cookie", Vec::<String>::new()),
        ]
    });
    for (status, description) in PROBLEMS.into_iter().chain([("503", "A dependency is away")]) {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| {
            let schema = RefOr::Ref(Ref::from_schema_name(Problem::name()));
            let content = ContentBuilder::new().schema(Some(schema)).build();
            RefOr::T(
                ResponseBuilder::new().description(description).content("application/problem+json", content).build(),
            )
        });
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required.get_or_insert(Required::True);
    }
}

/// `GET /api/v1/openapi.json`.
pub async fn serve(document: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], document).into_response()
}

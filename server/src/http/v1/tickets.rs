//! `/tickets` and `/queues`: lists, one ticket, its files. What is done to them is in [`actions`], as whom in [`link`],
//! figures in [`statistics`].

mod actions;
mod link;
mod mailing;
mod replies;
mod statistics;
mod uploads;

use app::{
    backend::Tickets as _,
    model::{
        Error,
        action::LARGEST_FILES,
        ids::TicketId,
        import::Download,
        page::Page,
        ticket::{Owner, Queue, Ticket, TicketChoices, TicketCounts, TicketList, TicketQuery, TicketSort, View},
    },
};
use axum::{
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{examples, imports::Workbook as Bytes};
use crate::{
    http::{
        extract::{Json, Path, Query},
        files::{self, Asking},
        page::PageQuery,
        problem::Failure,
    },
    services::{Caller, Deps, tickets::Tickets},
    state::AppState,
};

/// Where tickets are made and files are sent: more may be sent there than elsewhere.
pub const ADDRESSES: [&str; 2] = ["/api/v1/tickets", "/api/v1/uploads"];
/// How much: files in base64 and what is around them.
pub const BODY: usize = LARGEST_FILES as usize / 3 * 4 + 512 * 1024;

/// All of `/tickets`, `/queues`, `/actions`, `/uploads`, `/replies`, `/otrs-link` and `/settings/tickets`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, actions::create))
        .layer(DefaultBodyLimit::max(BODY))
        .routes(routes!(counts))
        .routes(routes!(choices))
        .routes(routes!(read))
        .routes(routes!(seen))
        .routes(routes!(watch, unwatch))
        .routes(routes!(attachment))
        .routes(routes!(attachment_download))
        .routes(routes!(preview, preview_download))
        .routes(routes!(queues))
        .merge(actions::routes())
        .merge(link::routes())
        .merge(statistics::routes())
        .merge(replies::routes())
        .merge(uploads::routes())
        .merge(mailing::routes())
}

/// Which tickets are wanted; all conditions hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Words of title, articles or customer, or part of the number.
    #[param(required = false, example = "принтер")]
    #[serde(default)]
    q: String,
    /// A saved view.
    #[param(required = false, value_type = View)]
    #[serde(default)]
    view: String,
    /// In this queue or below it.
    #[param(required = false, example = "Helpdesk")]
    #[serde(default)]
    queue: String,
    /// In this state, or in states of this type.
    #[param(required = false, example = "open")]
    #[serde(default)]
    state: String,
    /// `me`, `none` or a login.
    #[param(required = false, example = "me")]
    #[serde(default)]
    owner: String,
    /// Asked by the customer with this login.
    #[param(required = false)]
    #[serde(default)]
    customer: String,
    /// The order.
    #[param(required = false, value_type = String, pattern = "^(changed|newest|oldest|escalation|priority)?$", example = "changed")]
    #[serde(default)]
    sort: String,
    /// These, at most 100, in this order; then nothing else counts.
    #[param(required = false, value_type = String, pattern = "^([0-9]{1,18}(,[0-9]{1,18})*)?$", example = "7,12")]
    #[serde(default)]
    ids: String,
}

impl Wanted {
    fn query(self) -> Result<TicketQuery, Error> {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let view =
            some(self.view).map(|name| View::from_name(&name).ok_or_else(|| Error::invalid("view", "view_unknown")));
        let sort =
            some(self.sort).map(|name| TicketSort::from_name(&name).ok_or_else(|| Error::invalid("sort", "invalid")));
        if self.q.chars().count() > 200 {
            return Err(Error::invalid("q", "too_long"));
        }
        Ok(TicketQuery {
            text: self.q,
            view: view.transpose()?,
            queue: some(self.queue),
            state: some(self.state),
            owner: some(self.owner).map(|owner| match owner.as_str() {
                "me" => Owner::Me,
                "none" => Owner::None,
                _ => Owner::Agent(owner),
            }),
            customer: some(self.customer),
            sort: sort.transpose()?.unwrap_or_default(),
        })
    }
}

/// Tickets that fit.
#[utoipa::path(
    get, path = "/tickets", tag = "tickets", params(Wanted, PageQuery),
    responses((status = 200, description = "A piece of the list", body = TicketList))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<TicketList>, Failure> {
    let tickets = Tickets::new(deps, caller);
    if wanted.ids.is_empty() {
        return Ok(Json(tickets.list(wanted.query()?, page.request()?).await?));
    }
    let ids = wanted.ids.split(',').map(str::parse).collect::<Result<Vec<TicketId>, _>>();
    let items = tickets.by_ids(ids.map_err(|_| Error::invalid("ids", "invalid"))?).await?;
    let one = app::model::page::PageRequest { limit: 1, cursor: None };
    let list = tickets.list(TicketQuery::default(), one).await?;
    Ok(Json(TicketList { items, next: None, ..list }))
}

/// How many tickets there are in each view.
#[utoipa::path(
    get, path = "/tickets/counts", tag = "tickets",
    responses((status = 200, description = "The numbers", body = TicketCounts))
)]
async fn counts(State(deps): State<Deps>, caller: Caller) -> Result<Json<TicketCounts>, Failure> {
    Ok(Json(Tickets::new(deps, caller).counts().await?))
}

/// What forms offer.
#[utoipa::path(
    get, path = "/tickets/choices", tag = "tickets",
    responses((status = 200, description = "The choices", body = TicketChoices))
)]
async fn choices(State(deps): State<Deps>, caller: Caller) -> Result<Json<TicketChoices>, Failure> {
    Ok(Json(Tickets::new(deps, caller).choices().await?))
}

/// One ticket with its articles and its history. The right to see it is proven again.
#[utoipa::path(
    get, path = "/tickets/{id}", tag = "tickets", params(("id" = TicketId, Path, example = "7")),
    responses((status = 200, description = "The ticket", body = Ticket))
)]
async fn read(State(deps): State<Deps>, caller: Caller, Path(id): Path<TicketId>) -> Result<Json<Ticket>, Failure> {
    Ok(Json(Tickets::new(deps, caller).ticket(id).await?))
}

/// The caller has seen everything that is in it now.
#[utoipa::path(
    post, path = "/tickets/{id}/seen", tag = "tickets", params(("id" = TicketId, Path, example = "7")),
    responses((status = 204, description = "Noted"))
)]
async fn seen(State(deps): State<Deps>, caller: Caller, Path(id): Path<TicketId>) -> Result<StatusCode, Failure> {
    Tickets::new(deps, caller).seen(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller watches it from now on.
#[utoipa::path(
    post, path = "/tickets/{id}/watch", tag = "tickets", params(("id" = TicketId, Path, example = "7")),
    responses((status = 204, description = "Noted"))
)]
async fn watch(State(deps): State<Deps>, caller: Caller, Path(id): Path<TicketId>) -> Result<StatusCode, Failure> {
    Tickets::new(deps, caller).watch(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller watches it no longer.
#[utoipa::path(
    delete, path = "/tickets/{id}/watch", tag = "tickets", params(("id" = TicketId, Path, example = "7")),
    responses((status = 204, description = "Noted"))
)]
async fn unwatch(State(deps): State<Deps>, caller: Caller, Path(id): Path<TicketId>) -> Result<StatusCode, Failure> {
    Tickets::new(deps, caller).unwatch(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file of a ticket, with a safe name and a type that a browser only shows; fetched from OTRS when it is wanted.
#[utoipa::path(
    get, path = "/tickets/{id}/attachments/{n}", tag = "tickets",
    params(("id" = TicketId, Path, example = "7"), ("n" = u32, Path, example = 1)),
    responses((status = 200, description = "The file", content(
        (Bytes = "application/octet-stream"), (Bytes = "application/pdf"), (Bytes = "text/plain"), (Bytes = "image/png"),
        (Bytes = "image/jpeg"), (Bytes = "image/gif"), (Bytes = "image/webp"), (Bytes = "audio/mpeg"), (Bytes = "video/mp4")
    )))
)]
async fn attachment(
    State(deps): State<Deps>,
    caller: Caller,
    asking: Asking,
    Path((id, n)): Path<(TicketId, u32)>,
) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Tickets::new(deps, caller).attachment(id, n).await?, asking, &reference).await
}

/// A one-time address of a file.
#[utoipa::path(
    post, path = "/tickets/{id}/attachments/{n}/download", tag = "tickets",
    params(("id" = TicketId, Path, example = "7"), ("n" = u32, Path, example = 1)),
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("photo.jpg"))))
)]
async fn attachment_download(
    State(deps): State<Deps>,
    caller: Caller,
    Path((id, n)): Path<(TicketId, u32)>,
) -> Result<Json<Download>, Failure> {
    Ok(Json(Tickets::new(deps, caller).attachment_download(id, n).await?))
}

/// The first page of a PDF as a picture; 404 where there is none, 415 for other files.
#[utoipa::path(
    get, path = "/tickets/{id}/attachments/{n}/preview", tag = "tickets",
    params(("id" = TicketId, Path, example = "7"), ("n" = u32, Path, example = 1)),
    responses((status = 200, description = "The picture", content((Bytes = "image/jpeg"))))
)]
async fn preview(
    State(deps): State<Deps>,
    caller: Caller,
    asking: Asking,
    Path((id, n)): Path<(TicketId, u32)>,
) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Tickets::new(deps, caller).preview(id, n).await?, asking, &reference).await
}

/// A one-time address of that picture.
#[utoipa::path(
    post, path = "/tickets/{id}/attachments/{n}/preview", tag = "tickets",
    params(("id" = TicketId, Path, example = "7"), ("n" = u32, Path, example = 1)),
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("act.pdf.jpg"))))
)]
async fn preview_download(
    State(deps): State<Deps>,
    caller: Caller,
    Path((id, n)): Path<(TicketId, u32)>,
) -> Result<Json<Download>, Failure> {
    Ok(Json(Tickets::new(deps, caller).attachment_preview(id, n).await?))
}

/// Queues the caller may see, by name.
#[utoipa::path(
    get, path = "/queues", tag = "tickets",
    responses((status = 200, description = "All of them", body = Page<Queue>))
)]
async fn queues(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Queue>>, Failure> {
    Ok(Json(Page { items: Tickets::new(deps, caller).queues().await?, next: None }))
}

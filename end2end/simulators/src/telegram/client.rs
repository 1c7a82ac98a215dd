//! What the client page asks: the chats of one user, and his actions.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

mod view;

use super::{Shared, faults::Outage, world::World};
use crate::{
    cast,
    launch::{Launch, component},
};

const LONGEST_WAIT: Duration = Duration::from_secs(25);

type App = State<Arc<Shared>>;
type Answer = Result<Json<Value>, StatusCode>;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/state", get(state))
        .route("/send", post(send))
        .route("/press", post(press))
        .route("/launch", post(launch))
        .route("/block", post(block))
        .route("/write-access", post(write_access))
        .route("/outage", post(outage))
        .with_state(shared)
}

#[derive(Deserialize)]
struct Ask {
    user: i64,
    language: String,
    /// Revision that the page has; the answer waits for another one.
    after: Option<u64>,
}

async fn state(State(shared): App, Query(ask): Query<Ask>) -> Json<Value> {
    let mut changed = shared.changed();
    let differs = changed.wait_for(|revision| Some(*revision) != ask.after);
    let _ = tokio::time::timeout(LONGEST_WAIT, differs).await;
    let revision = *shared.revision.borrow();
    let options = &shared.options;
    Json(shared.quietly(|world| {
        speak(world, ask.user, &ask.language);
        let mut view = view::of(world, ask.user, &ask.language, options.demo);
        view["revision"] = json!(revision);
        view["fleet"] = json!(options.fleet.is_some());
        view["otrs"] = json!(options.otrs.is_some());
        view["mail"] = json!(options.mail.is_some());
        view["app"] = json!({"url": options.app_url, "name": options.app_name});
        view
    }))
}

/// The demo's people have a name in each language, and their client is set to the language of the page.
fn speak(world: &mut World, user: i64, language: &str) {
    if let Some(actor) = cast::ALL.iter().find(|actor| actor.id == user)
        && let Some(person) = world.people.get_mut(&user)
        && person.language_code.as_deref() != Some(language)
    {
        *person = actor.person(language);
    }
}

#[derive(Deserialize)]
struct Send {
    user: i64,
    chat: i64,
    thread: Option<i64>,
    text: String,
    /// The same in English, for the demo.
    english: Option<String>,
}

async fn send(State(shared): App, Json(send): Json<Send>) -> Answer {
    let text = send.text.trim();
    if text.is_empty() || text.chars().count() > 4_096 {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let message = shared.change(|world| {
        let id = world.say(send.user, send.chat, send.thread, text)?;
        let messages = world.chats.get_mut(&send.chat).map(|chat| &mut chat.messages).into_iter().flatten();
        messages.filter(|message| message.id == id).for_each(|message| message.english.clone_from(&send.english));
        Some(id)
    });
    message.map(|id| Json(json!({"message_id": id}))).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
struct Press {
    user: i64,
    chat: i64,
    message: i64,
    data: String,
}

async fn press(State(shared): App, Json(press): Json<Press>) -> Answer {
    let query = shared.change(|world| world.press(press.user, press.chat, press.message, &press.data));
    query.map(|id| Json(json!({"query_id": id}))).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
struct Open {
    user: i64,
    language: String,
    chat: i64,
    /// The address of the button; absent for a direct link, which opens the address of the app.
    url: Option<String>,
    start_param: Option<String>,
    platform: String,
    version: String,
    theme: Value,
}

/// The address for the frame: the app with launch parameters in its fragment.
async fn launch(State(shared): App, Json(open): Json<Open>) -> Answer {
    let app_url = &shared.options.app_url;
    let out = shared.quietly(|world| {
        speak(world, open.user, &open.language);
        let person = world.people.get(&open.user)?;
        let chat = world.chats.get(&open.chat)?;
        let start = open.start_param.as_deref();
        let launch = match &open.url {
            Some(_) => Launch::from_button(person, world.now_s()),
            None => Launch::from_link(person, world.now_s(), chat.type_name(), &chat.instance(), start),
        };
        let base = open.url.as_ref().unwrap_or(app_url);
        let query = start.map(|start| format!("tgWebAppStartParam={}", component(start))).unwrap_or_default();
        let joint = match (query.is_empty(), base.contains('?')) {
            (true, _) => "",
            (false, false) => "?",
            (false, true) => "&",
        };
        let base = base.split('#').next().unwrap_or_default();
        Some(format!(
            "{base}{joint}{query}#tgWebAppData={}&tgWebAppVersion={}&tgWebAppPlatform={}&tgWebAppThemeParams={}",
            component(&launch.sign(&world.bot.token)),
            component(&open.version),
            component(&open.platform),
            component(&open.theme.to_string()),
        ))
    });
    out.map(|url| Json(json!({"url": url}))).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
struct Block {
    user: i64,
    blocked: bool,
}

async fn block(State(shared): App, Json(block): Json<Block>) -> Answer {
    shared.change(|world| world.set_blocked(block.user, block.blocked));
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Allow {
    user: i64,
}

async fn write_access(State(shared): App, Json(allow): Json<Allow>) -> Answer {
    shared.change(|world| world.allow_writing(allow.user));
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Outages {
    mode: String,
}

async fn outage(State(shared): App, Json(outage): Json<Outages>) -> Answer {
    let outage = Outage::from_name(&outage.mode).ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    shared.change(|world| world.faults.outage = outage);
    Ok(Json(json!({})))
}

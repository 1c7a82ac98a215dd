//! Telegram: the Bot API and a client for people, as one server on one port.
//!
//! Here: starting it, and what tests do with it in process. Users' actions are in `actions`, the Bot API in
//! `api`, the client page and what it asks in `client` and `page`.

mod actions;
mod api;
pub mod chat;
mod client;
pub mod demo;
pub mod faults;
mod keyboard;
mod limits;
mod markup;
pub(crate) mod page;
mod updates;
mod webhook;
pub mod world;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{Router, extract::Request, routing::get};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

pub use self::{
    chat::{Chat, ChatKind, Message, Sender, Topic},
    faults::{Failure, Outage},
    world::{Bot, Call, CallbackAnswer, World},
};
use crate::{
    clock, fleet,
    fleet::Fleet,
    launch::{Launch, Person},
    mail::{self, Sink},
    otrs::{self, Otrs},
};

/// How a simulated Telegram is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The token of its only bot.
    pub bot_token: String,
    /// `@username` of the bot without the sign.
    pub bot_username: String,
    /// Short name of the Mini App in `https://t.me/<bot>/<app>`.
    pub app_name: String,
    /// Address of the Mini App: what direct links open.
    pub app_url: String,
    /// Whether sending too often is answered with 429.
    pub rate_limits: bool,
    /// Starts with the people and chats of the demo; otherwise with nobody.
    pub demo: bool,
    /// A fleet whose page is served at `/fleet`.
    pub fleet: Option<Arc<Fleet>>,
    /// A ticket system whose page is served at `/tickets`.
    pub otrs: Option<Arc<Otrs>>,
    /// A mail server whose inbox is served at `/mail`.
    pub mail: Option<Arc<Sink>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            bot_token: "5138200100:AAE-simulated-bot-token-000000000000".to_owned(),
            bot_username: "vakhta_demo_bot".to_owned(),
            app_name: "app".to_owned(),
            app_url: "http://127.0.0.1:3000".to_owned(),
            rate_limits: true,
            demo: false,
            fleet: None,
            otrs: None,
            mail: None,
        }
    }
}

/// State behind its lock, and the news that it changed.
struct Shared {
    world: Mutex<World>,
    shift_ms: Mutex<i64>,
    revision: watch::Sender<u64>,
    options: Options,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, World> {
        let shift = *self.shift_ms.lock().unwrap_or_else(PoisonError::into_inner);
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now_ms = clock::now_ms() + shift;
        world
    }

    fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let out = act(&mut self.lock());
        self.revision.send_modify(|revision| *revision += 1);
        out
    }

    /// Changes nothing that anybody waits for.
    fn quietly<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.lock())
    }

    fn changed(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }
}

/// A running simulated Telegram; it stops when this is dropped.
pub struct Telegram {
    shared: Arc<Shared>,
    address: SocketAddr,
    tasks: JoinSet<()>,
}

impl Telegram {
    /// Starts it.
    ///
    /// # Errors
    /// When the address is taken or the token has no bot id before its colon.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let id = options.bot_token.split(':').next().and_then(|id| id.parse().ok());
        let id = id.ok_or_else(|| anyhow::anyhow!("a bot token is <number>:<secret>"))?;
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let (token, username) = (options.bot_token.clone(), options.bot_username.clone());
        let bot = Bot { id, token, username, name: "Вахта".to_owned() };
        let mut world = World::new(bot, options.rate_limits, clock::now_ms());
        if options.demo {
            demo::fill(&mut world, &options);
        }
        let (revision, _) = watch::channel(0);
        let shared = Arc::new(Shared { world: Mutex::new(world), shift_ms: Mutex::new(0), revision, options });
        let mut tasks = JoinSet::new();
        tasks.spawn(webhook::deliver(shared.clone(), reqwest::Client::new()));
        let router = router(shared.clone());
        tasks.spawn(async move {
            // Serving ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { shared, address, tasks })
    }

    /// Serves until the task is cancelled.
    pub async fn run(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Base address of the Bot API, for `TELEGRAM_API_URL`; no slash at its end.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The token of the bot.
    #[must_use]
    pub fn bot_token(&self) -> &str {
        &self.shared.options.bot_token
    }

    /// `@username` of the bot without the sign.
    #[must_use]
    pub fn bot_username(&self) -> &str {
        &self.shared.options.bot_username
    }

    /// Looks at everything.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.read(look)
    }

    /// Changes anything; the methods below are shorter for the usual things.
    pub fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(act)
    }

    /// Adds a user (or changes his name and language). He has not pressed Start yet.
    pub fn add_person(&self, person: Person) {
        self.change(|world| world.meet(person));
    }

    /// Adds a chat that the bot is in.
    pub fn add_chat(&self, chat: Chat) {
        self.change(|world| world.chats.insert(chat.id, chat));
    }

    /// A known user writes to the bot in his private chat; gives the id of his message.
    pub fn send(&self, user: i64, text: &str) -> i64 {
        self.send_to(user, user, None, text)
    }

    /// A user writes into any known chat; gives the id of his message, 0 for an unknown chat.
    pub fn send_to(&self, user: i64, chat: i64, thread: Option<i64>, text: &str) -> i64 {
        self.change(|world| world.say(user, chat, thread, text)).unwrap_or_default()
    }

    /// A user presses a button with this `callback_data`; gives the id of the query.
    pub fn press(&self, user: i64, chat: i64, message: i64, data: &str) -> Option<String> {
        self.change(|world| world.press(user, chat, message, data))
    }

    /// The messages of a chat, oldest first.
    #[must_use]
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        self.look(|world| world.chats.get(&chat).map(|chat| chat.messages.clone()).unwrap_or_default())
    }

    /// The bot's last message in a chat.
    #[must_use]
    pub fn last_from_bot(&self, chat: i64) -> Option<Message> {
        self.messages(chat).into_iter().rev().find(|message| message.sender == Sender::Bot)
    }

    /// Calls of one method of the Bot API so far, oldest first.
    #[must_use]
    pub fn calls(&self, method: &str) -> Vec<Call> {
        let method = method.to_ascii_lowercase();
        self.look(|world| world.calls.iter().filter(|call| call.method == method).cloned().collect())
    }

    /// A user blocks the bot, or lets it in again.
    pub fn set_blocked(&self, user: i64, blocked: bool) {
        self.change(|world| world.set_blocked(user, blocked));
    }

    /// A group becomes a supergroup; gives its new id.
    pub fn migrate(&self, group: i64) -> Option<i64> {
        self.change(|world| world.migrate(group))
    }

    /// Begins or ends an outage of the Bot API.
    pub fn set_outage(&self, outage: Outage) {
        self.change(|world| world.faults.outage = outage);
    }

    /// The next call of this method fails; several are taken in their order.
    pub fn fail_next(&self, method: &str, failure: Failure) {
        let method = method.to_ascii_lowercase();
        self.change(|world| world.faults.next.entry(method).or_default().push(failure));
    }

    /// Switches the limits of sending.
    pub fn set_rate_limits(&self, enabled: bool) {
        self.change(|world| world.limits.enable(enabled));
    }

    /// Delivers the update confirmed last once more, as Telegram sometimes does; gives its id.
    pub fn repeat_last_update(&self) -> Option<i64> {
        self.change(|world| world.updates.repeat_last())
    }

    /// How many updates the bot has not confirmed.
    #[must_use]
    pub fn pending_updates(&self) -> usize {
        self.look(World::pending_updates)
    }

    /// Shifts Telegram's clock: for what happens after minutes or days.
    pub fn advance(&self, by: Duration) {
        *self.shared.shift_ms.lock().unwrap_or_else(PoisonError::into_inner) +=
            i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.change(|_| ());
    }

    /// Waits until `find` gives something; at most half a minute, because clients of the Bot API rest for ten
    /// seconds and more after a server error.
    ///
    /// # Errors
    /// When the time is over.
    pub async fn wait_for<T>(&self, mut find: impl FnMut(&World) -> Option<T>) -> anyhow::Result<T> {
        let mut changed = self.shared.changed();
        let search = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = self.look(&mut find) {
                    return Ok(found);
                }
                changed.changed().await?;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), search).await?
    }

    /// Launch data of a known user from the menu button, signed, as old as Telegram's clock says.
    #[must_use]
    pub fn launch(&self, user: i64) -> Option<String> {
        self.look(|world| {
            let person = world.people.get(&user)?;
            Some(Launch::from_button(person, world.now_s()).sign(&world.bot.token))
        })
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let api = shared.clone();
    let fleet = shared.options.fleet.clone().map(fleet::control::router).unwrap_or_default();
    let otrs = shared.options.otrs.clone().map(otrs::control::router).unwrap_or_default();
    let mail = shared.options.mail.clone().map(mail::page::router).unwrap_or_default();
    fleet
        .merge(otrs)
        .merge(mail)
        .route("/", get(page::index))
        .route("/page/{file}", get(page::file))
        .nest("/client", client::router(shared))
        .fallback(move |request: Request| answer(api.clone(), request))
}

async fn answer(shared: Arc<Shared>, request: Request) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    if request.uri().path().starts_with("/bot") {
        api::handle(shared, request).await
    } else {
        axum::http::StatusCode::NOT_FOUND.into_response()
    }
}

//! `/api/v1/live`: the live channel. The first frame says who listens to what; after that the client has little to say.
//!
//! A session is looked at again every few seconds, so that an ended one hears no more. A client that does not read
//! falls behind and is told to reload; one that does not even answer is cut. Later it says what it looks at: [`looking`].

mod looking;

use std::{collections::VecDeque, time::Duration};

use app::model::{
    error::Reference,
    live::{Hello, Topic},
};
use axum::{
    extract::{
        Extension, Request, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::Method,
    response::Response,
};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use self::looking::Screen;
use crate::{
    auth::{
        AuthUser,
        policy::allowed,
        session::{
            Token,
            credential::{self, Credential},
        },
    },
    clock,
    http::middleware::rate_limit::address_of,
    services::{
        Deps,
        live::{News, needs},
        sessions::Sessions,
        tickets::Ears,
    },
    state::AppState,
};

/// The longest frame of a client.
const FRAME: usize = 8 * 1024;
/// Small, for there are many: tungstenite takes 128 KiB each unless told otherwise.
const BUFFER: usize = 4 * 1024;
/// The first frame has to come by then.
const HELLO: Duration = Duration::from_secs(10);
/// How often a client is asked for a sign of life, and how many it may miss.
const PING: Duration = Duration::from_secs(20);
const SILENT: Duration = Duration::from_secs(65);
/// A frame that is not taken in by then has no reader.
const SEND: Duration = Duration::from_secs(20);
/// How often the session is looked at again.
const STILL_SIGNED_IN: Duration = Duration::from_secs(5);
/// Frames of a client in a [`PING`].
const FRAMES: u32 = 100;

/// Close codes: the contract's own, and those of RFC 6455.
const SESSION_ENDED: u16 = 4401;
const GOING_AWAY: u16 = 1001;
const POLICY: u16 = 1008;
const TRY_LATER: u16 = 1013;

/// Opens the channel.
#[utoipa::path(
    get, path = "/live", tag = "live", security(()),
    responses((status = 101, description = "The WebSocket. The first frame is {\"token\", \"topics\", \"resume\"}"))
)]
pub(super) async fn open(
    State(state): State<AppState>,
    Extension(reference): Extension<Reference>,
    upgrade: WebSocketUpgrade,
    request: Request,
) -> Response {
    let from = address_of(&request);
    // A page that only has the cookie sends an empty token. Any page may open a socket, so the cookie
    // counts for ours alone, as for a change.
    let cookie = match credential::read(&Method::POST, request.headers(), &state.deps.public_url) {
        Credential::Token(token) => Some(token),
        Credential::None | Credential::ForeignOrigin => None,
    };
    upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(FRAME)
        .max_frame_size(FRAME)
        .on_upgrade(move |socket| async move {
            let mut client = Client { socket, state, reference, from, cookie };
            if let Err(Closed(code)) = client.serve().await {
                let close = CloseFrame { code, reason: "".into() };
                let _ = timeout(SEND, client.socket.send(Message::Close(Some(close)))).await;
            }
        })
}

/// The channel ends with this code.
struct Closed(u16);

struct Client {
    socket: WebSocket,
    state: AppState,
    reference: Reference,
    from: String,
    cookie: Option<Token>,
}

impl Client {
    async fn serve(&mut self) -> Result<(), Closed> {
        let hello = self.hello().await?;
        let token = if hello.token.is_empty() { self.cookie.take() } else { Token::parse(&hello.token) };
        let token = token.ok_or(Closed(SESSION_ENDED))?;
        let mut user = self.recognise(&token).await?;
        let hears_tickets = hello.topics.contains(&Topic::Tickets) && self.state.deps.otrs.is_some();
        let deps = self.state.deps.clone();
        let mut ears = ears_of(&deps, hears_tickets, &user).await?;
        let (feed, db) = (self.state.live.clone(), self.state.deps.db.clone());
        // Before looking at what was missed, so that nothing falls between.
        let mut heard = feed.subscribe();
        let mut known = 0;
        let mut waiting: VecDeque<News> = match hello.resume {
            None => VecDeque::new(),
            Some(resume) => match feed.missed(&db, resume).await.map_err(|_| Closed(TRY_LATER))? {
                Some(missed) => missed.into(),
                None => VecDeque::from([feed.reload()]),
            },
        };
        waiting.push_back(feed.now(&db, clock::now()).await.map_err(|_| Closed(TRY_LATER))?);
        for news in waiting {
            known = known.max(news.seq);
            self.tell(&user, &ears, &hello.topics, &news).await?;
        }
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut look = interval(STILL_SIGNED_IN);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut alive, mut frames) = (Instant::now(), 0);
        let mut screen = Screen::new(&self.state, hears_tickets);
        let stop = self.state.stop.clone();
        loop {
            tokio::select! {
                () = stop.cancelled() => return Err(Closed(GOING_AWAY)),
                news = heard.recv() => match news {
                    // What was read as missed may be heard once more.
                    Ok(news) if news.topic.is_some() && news.seq <= known => {}
                    Ok(news) => {
                        known = known.max(news.seq);
                        self.tell(&user, &ears, &hello.topics, &news).await?;
                    }
                    Err(RecvError::Lagged(_)) => self.tell(&user, &ears, &[], &feed.reload()).await?,
                    Err(RecvError::Closed) => return Err(Closed(GOING_AWAY)),
                },
                () = screen.changed() => self.show(&mut screen, &user, known).await?,
                message = self.socket.recv() => {
                    match message {
                        None | Some(Err(_) | Ok(Message::Close(_))) => return Ok(()),
                        Some(Ok(message)) => {
                            alive = Instant::now();
                            if screen.says(&message, &user).await {
                                self.show(&mut screen, &user, known).await?;
                            }
                        }
                    }
                    frames += 1;
                    if frames > FRAMES {
                        return Err(Closed(POLICY));
                    }
                }
                _ = ping.tick() => {
                    if alive.elapsed() > SILENT {
                        return Ok(());
                    }
                    frames = 0;
                    self.send(Message::Ping(Default::default())).await?;
                }
                _ = look.tick() => {
                    user = self.recognise(&token).await?;
                    ears = ears_of(&deps, hears_tickets, &user).await?;
                    screen.still(&user, alive.elapsed()).await;
                }
            }
        }
    }

    /// Says who else looks, if that is not what was said last.
    async fn show(&mut self, screen: &mut Screen, user: &AuthUser, seq: i64) -> Result<(), Closed> {
        match screen.news(user, seq) {
            Some(text) => self.send(Message::Text(text.into())).await,
            None => Ok(()),
        }
    }

    async fn hello(&mut self) -> Result<Hello, Closed> {
        let first = timeout(HELLO, self.socket.recv()).await.map_err(|_| Closed(POLICY))?;
        match first {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).map_err(|_| Closed(POLICY)),
            _ => Err(Closed(POLICY)),
        }
    }

    async fn recognise(&mut self, token: &Token) -> Result<AuthUser, Closed> {
        let sessions = Sessions::new(self.state.deps.clone());
        match sessions.recognise(token, &self.from, clock::now(), &self.reference).await {
            Ok(Some(user)) => Ok(user),
            Ok(None) => Err(Closed(SESSION_ENDED)),
            // The client comes back; what it missed is in the log.
            Err(_) => Err(Closed(TRY_LATER)),
        }
    }

    /// Sends a frame if this user listens to it and may hear it.
    async fn tell(&mut self, user: &AuthUser, ears: &Ears, topics: &[Topic], news: &News) -> Result<(), Closed> {
        let wanted = news.topic.is_none_or(|topic| topics.contains(&topic) && allowed(user.role, needs(topic)));
        let may_hear = news.audience.as_ref().is_none_or(|audience| ears.hear(audience));
        if wanted && may_hear { self.send(Message::Text((&*news.text).into())).await } else { Ok(()) }
    }

    async fn send(&mut self, message: Message) -> Result<(), Closed> {
        match timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Closed(GOING_AWAY)),
        }
    }
}

/// What this user may hear of tickets.
async fn ears_of(deps: &Deps, hears_tickets: bool, user: &AuthUser) -> Result<Ears, Closed> {
    if !hears_tickets {
        return Ok(Ears::default());
    }
    Ears::of(deps, user, clock::now()).await.map_err(|_| Closed(TRY_LATER))
}

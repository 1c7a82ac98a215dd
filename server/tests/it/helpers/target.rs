//! A port that is there or not, and a server that is watched at it by the real runner.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinSet,
    time::timeout,
};
use vakhta::store::notify::{self, Event};

/// A port that a test opens and closes.
pub struct Target {
    /// Where it is.
    pub address: SocketAddr,
    accepting: JoinSet<()>,
    asked: Arc<AtomicUsize>,
}

impl Target {
    /// One that is open.
    pub async fn open() -> Self {
        // Not 127.0.0.1: nobody else takes the port while it is closed.
        let any = SocketAddr::from(([127, 57, 0, 1], 0));
        let mut target = Self { address: any, accepting: JoinSet::new(), asked: Arc::default() };
        target.open_again().await;
        target
    }

    /// Opens it again.
    pub async fn open_again(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the port");
        self.address = listener.local_addr().expect("an address");
        let asked = self.asked.clone();
        self.accepting.spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                asked.fetch_add(1, Ordering::SeqCst);
                drop(connection);
            }
        });
    }

    /// Closes it: whoever connects is refused.
    pub async fn close(&mut self) {
        self.accepting.shutdown().await;
    }

    /// How often somebody connected.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// It as a server to be entered: looked at every five seconds, down after two bad checks, up after two good ones.
    pub fn draft(&self, name: &str, parent: Option<&Value>) -> Value {
        let settings = json!({ "bad_to_go_down": 2, "retry_interval_s": 5, "timeout_ms": 1_000 });
        json!({
            "name": name, "address": self.address.ip(), "parent_id": parent.map(|parent| &parent["id"]),
            "monitors": [{
                "kind": "tcp", "target": format!(":{}", self.address.port()), "interval_s": 5, "settings": settings
            }]
        })
    }
}

/// A port behind a line that can go dead: nothing comes back then, not even a refusal.
pub struct DeadEnd {
    /// Where it is.
    pub address: SocketAddr,
    listener: Arc<TcpListener>,
    accepting: JoinSet<()>,
    crowd: JoinSet<()>,
}

impl DeadEnd {
    /// One that answers.
    pub fn open() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 57, 0, 2], 0))).expect("a port");
        // A short queue is soon full, and then the kernel is silent.
        let listener = Arc::new(socket.listen(1).expect("it listens"));
        let address = listener.local_addr().expect("an address");
        let mut end = Self { address, listener, accepting: JoinSet::new(), crowd: JoinSet::new() };
        end.mend();
        end
    }

    /// It goes dead.
    pub async fn die(&mut self) {
        self.accepting.shutdown().await;
        let address = self.address;
        // Until somebody waits in vain.
        while let Ok(connected) = timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
            self.crowd.spawn(async move {
                let _held = connected.expect("a connection");
                std::future::pending::<()>().await;
            });
        }
    }

    /// It answers again.
    pub fn mend(&mut self) {
        self.crowd.abort_all();
        let listener = self.listener.clone();
        self.accepting.spawn(async move { while listener.accept().await.is_ok() {} });
    }
}

/// Waits until it is so. While it is not, all servers are looked at at once, so that nobody waits for intervals.
pub async fn until(db: &PgPool, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let patience = tokio::time::Instant::now() + Duration::from_secs(90);
    while !is_so().await {
        assert!(tokio::time::Instant::now() < patience, "never: {what}");
        hurry(db).await;
    }
}

/// Asks for all servers to be looked at now, and gives whoever looks a moment.
pub async fn hurry(db: &PgPool) {
    let ids = sqlx::query_scalar::<_, i64>("select id from monitoring.server").fetch_all(db).await.expect("ids");
    let mut connection = db.acquire().await.expect("a connection");
    for id in ids {
        notify::announce(&mut connection, &Event::CheckNow { id: id.into() }).await.expect("announced");
    }
    drop(connection);
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// How many incidents of this server are open.
pub async fn open_incidents(db: &PgPool, name: &str) -> i64 {
    sqlx::query_scalar(
        "select count(*) from monitoring.incident i join monitoring.server s on s.id = i.server_id
         where s.name = $1 and i.state = 'open'",
    )
    .bind(name)
    .fetch_one(db)
    .await
    .expect("a number")
}

/// The state of this server.
pub async fn state_of(db: &PgPool, name: &str) -> String {
    let state = sqlx::query_scalar("select state from monitoring.server where name = $1").bind(name);
    state.fetch_one(db).await.expect("a state")
}

/// So many outages of this server, each seen and over before the next.
pub async fn fails(db: &PgPool, name: &str, target: &mut Target, outages: usize) {
    until(db, "it is up", async || state_of(db, name).await == "up").await;
    for _ in 0..outages {
        target.close().await;
        until(db, "an incident", async || open_incidents(db, name).await > 0).await;
        target.open_again().await;
        until(db, "it is over", async || open_incidents(db, name).await == 0 && state_of(db, name).await == "up").await;
    }
}

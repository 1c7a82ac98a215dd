//! The live channel with two thousand clients: how late news arrive, and what a client costs in memory.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use app::model::live::Topic;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{json, value::RawValue};
use sqlx::{Connection, PgConnection};
use tokio::{net::TcpStream, task::JoinSet};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};
use vakhta::{
    clock,
    store::live_log::{self, News},
};

use crate::{
    machine::{Database, Server},
    processor::{self, Meter},
    report::{Budget, Report, Row, percentile},
};

const CLIENTS: usize = 2_000;
const EVENTS: usize = 400;
/// Twenty a second.
const EVERY: Duration = Duration::from_millis(50);
/// How long the last ones may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// An event is about as long as the row of a server.
const FILLING: usize = 400;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Adds its rows.
pub async fn crowded(report: &mut Report) -> anyhow::Result<()> {
    let database = Database::create("bench_live").await?;
    let server = Server::start(&database, "web").await?;
    let mut db = PgConnection::connect(&database.url).await?;
    let before = server.resident_mb()?;
    let base = Instant::now();
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(listen(open(&server).await?, base));
    }
    let pid = server.pid()?;
    let meter = Meter::start(vec![
        Box::new(move || processor::seconds(pid)),
        Box::new(|| processor::seconds(std::process::id())),
    ])?;
    let mut tick = tokio::time::interval(EVERY);
    for _ in 0..EVENTS {
        tick.tick().await;
        let data = json!({ "sent": base.elapsed().as_micros(), "filling": "x".repeat(FILLING) });
        let news = News {
            topic: Topic::Servers,
            event: "server.state",
            data: RawValue::from_string(data.to_string())?,
            audience: None,
        };
        let mut tx = db.begin().await?;
        live_log::append(&mut tx, &[news], clock::now()).await?;
        tx.commit().await?;
    }
    let busy = meter.cores()?;
    let (mut delays, mut sockets) = (Vec::new(), Vec::new());
    let arrive = async {
        while let Some(client) = clients.join_next().await {
            let (socket, late) = client??;
            sockets.push(socket);
            delays.extend(late);
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, arrive).await.context("all news arrive")??;
    // All of them are still there.
    let after = server.resident_mb()?;
    drop(sockets);
    server.stop().await?;
    db.close().await?;
    database.drop().await?;

    let what = |what: &str| format!("live channel, {CLIENTS} clients, 20 events/s, {what}");
    let cores = std::thread::available_parallelism()?;
    let [ours, theirs] = *busy else { anyhow::bail!("two programs were measured") };
    let median = percentile(&mut delays, 50);
    report.add(
        Row::new(what("p99 delay"), percentile(&mut delays, 99), "ms", Budget::AtMost(250.0))
            .beside("median", median)
            .note(format!("on {cores} cores with its clients: vakhta {ours:.2} of them, the clients {theirs:.2}")),
    );
    let each = (after - before) * 1024.0 / CLIENTS as f64;
    report.add(Row::new(what("memory for each"), each, "KiB", Budget::AtMost(40.0)));
    Ok(())
}

async fn open(server: &Server) -> anyhow::Result<Socket> {
    let url = format!("{}/api/v1/live", server.url.replace("http://", "ws://"));
    let small = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(1024);
    let (mut socket, _) = connect_async_with_config(url, Some(small), true).await?;
    let hello = json!({ "token": server.token, "topics": ["servers"] });
    socket.send(Message::text(hello.to_string())).await?;
    // The first frame says that it is heard.
    socket.next().await.context("it stays open")??;
    Ok(socket)
}

/// How late each event came, in milliseconds.
async fn listen(mut socket: Socket, base: Instant) -> anyhow::Result<(Socket, Vec<f64>)> {
    let mut delays = Vec::new();
    while delays.len() < EVENTS {
        let message = socket.next().await.context("it stays open")??;
        let now = base.elapsed();
        let Message::Text(text) = message else { continue };
        let Some((_, sent)) = text.split_once("\"sent\":") else { continue };
        let digits = sent.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
        let sent = Duration::from_micros(digits.context("when it was sent")?.parse()?);
        delays.push(now.saturating_sub(sent).as_secs_f64() * 1e3);
    }
    Ok((socket, delays))
}

//! Looking at real sockets on loopback that behave badly.

mod dns;
mod http;
mod ping;
mod tcp;
mod tls;

use std::{
    io::Read as _,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use app::model::monitor::{Kind, Settings};

use super::{super::target, *};

/// Answers each connection, one after the other, until the tests end.
fn serve(answer: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || listener.incoming().flatten().for_each(answer));
    address
}

/// A port where nobody is to come, and how many came.
fn guarded() -> (SocketAddr, Arc<AtomicUsize>) {
    let came = Arc::new(AtomicUsize::new(0));
    let counted = came.clone();
    let address = serve(move |_| {
        counted.fetch_add(1, Relaxed);
    });
    (address, came)
}

/// Says nothing until the other side gives up.
fn silent(mut stream: TcpStream) {
    while stream.read(&mut [0; 1_024]).is_ok_and(|read| read > 0) {}
}

/// Settings with a timeout that is long enough for what answers, and short for what does not.
fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings { timeout_ms: 10_000, ..Settings::default() };
    change(&mut settings);
    settings
}

/// For who waits for the timeout.
fn short(settings: &mut Settings) {
    settings.timeout_ms = 150;
}

fn parsed(kind: Kind, target: &str, settings: &Settings) -> Look {
    match target::parse(kind, target, "127.0.0.1", 60, settings) {
        Ok(look) => look,
        Err(invalid) => panic!("{target}: {invalid:?}"),
    }
}

async fn look(kind: Kind, target: &str, settings: &Settings) -> Outcome {
    Probes::new().look(&parsed(kind, target, settings), &Allowed::default()).await.outcome
}

fn bad(code: &str) -> Outcome {
    Outcome::Bad(Reason::new(code))
}

fn is_good(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Good { .. })
}

fn timed_out() -> Outcome {
    Outcome::Bad(Reason::new("timeout").wanted(150))
}

#[tokio::test]
async fn a_push_is_not_looked_at() {
    let not_yet = Outcome::Unjudged(Reason::new("not_checked_yet"));
    assert_eq!(look(Kind::Push, "", &Settings::default()).await, not_yet);
}

#[tokio::test]
async fn our_line_is_up_when_anybody_answers() {
    let listens = serve(drop).to_string();
    let refuses = tcp::refusing().to_string();
    let hangs = tcp::full();
    let hangs_at = hangs.address.to_string();
    let probes = Probes::new();
    let line = async |addresses: &[&str]| {
        let looks = connectivity::looks(addresses.iter().copied()).expect("addresses");
        probes.line(&looks, &Allowed::default()).await
    };
    assert_eq!(line(&[]).await, Line::NotAsked);
    assert_eq!(line(&[&listens]).await, Line::Up);
    assert_eq!(line(&[&refuses]).await, Line::Up);
    let begun = tokio::time::Instant::now();
    assert_eq!(line(&[&hangs_at, &listens]).await, Line::Up);
    assert!(begun.elapsed() < Duration::from_secs(2), "who does not answer is not waited for");
    let looks = [parsed(Kind::Tcp, &hangs_at, &settings(short))];
    assert_eq!(probes.line(&looks, &Allowed::default()).await, Line::Down);
}

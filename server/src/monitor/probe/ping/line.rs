//! One socket through which many ping at a time.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use app::model::monitor::Reason;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    net::UdpSocket,
    sync::{Mutex as Turn, oneshot},
    time::Instant,
};

use super::packet::{self, Family, Incoming};

/// Longer than any echo or fault that is of interest; what is cut off is not looked at.
const MOST_BYTES: usize = 256;
/// The system is asked for so much room for answers that wait to be read.
const ROOM: usize = 1024 * 1024;

/// A socket and who waits for answers from it.
#[derive(Debug)]
pub struct Line {
    family: Family,
    socket: UdpSocket,
    /// Ours among those of everybody who pings from this machine; an unprivileged socket has its own.
    identifier: u16,
    waiting: Mutex<Waiting>,
    /// Whose turn it is to read.
    turn: Turn<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    last: u16,
    by_sequence: HashMap<u16, Waiter>,
}

#[derive(Debug)]
struct Waiter {
    address: IpAddr,
    mark: u64,
    told: oneshot::Sender<Result<Instant, Reason>>,
}

/// Takes the waiter away, answered or not.
struct Ticket<'a> {
    line: &'a Line,
    sequence: u16,
    mark: u64,
}

impl Line {
    /// Opens a socket, if the system allows any.
    pub fn open(family: Family) -> Option<Self> {
        let socket = socket(family, Type::DGRAM).or_else(|_| socket(family, Type::RAW)).ok()?;
        // More room is a wish: without it a burst of answers may be lost, and asked for again at the next check.
        socket.set_recv_buffer_size(ROOM).ok();
        let socket = UdpSocket::from_std(socket.into()).ok()?;
        Some(Self { family, socket, identifier: rand::random(), waiting: Mutex::default(), turn: Turn::new(()) })
    }

    /// How long an echo takes.
    pub async fn ping(&self, address: IpAddr) -> Result<Duration, Reason> {
        let (told, mut answer) = oneshot::channel();
        let ticket = self.enter(address, told);
        let packet = packet::request(self.family, self.identifier, ticket.sequence, ticket.mark);
        let begun = Instant::now();
        // A socket that cannot send says that there is no way: no route, or one into nowhere.
        let sent = self.socket.send_to(&packet, SocketAddr::new(address, 0)).await;
        sent.map_err(|_| Reason::new("unreachable"))?;
        let result = tokio::select! {
            biased;
            told = &mut answer => told,
            () = self.read_for_all() => answer.await,
        };
        let at = result.map_err(|_| Reason::new("unreachable"))??;
        Ok(at.saturating_duration_since(begun))
    }

    fn enter(&self, address: IpAddr, told: oneshot::Sender<Result<Instant, Reason>>) -> Ticket<'_> {
        let mark = rand::random();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let free = (0..=u16::MAX).map(|step| waiting.last.wrapping_add(step + 1));
        let sequence = free.take(1_000).find(|sequence| !waiting.by_sequence.contains_key(sequence));
        let sequence = sequence.unwrap_or(waiting.last);
        waiting.last = sequence;
        waiting.by_sequence.insert(sequence, Waiter { address, mark, told });
        Ticket { line: self, sequence, mark }
    }

    /// Reads, when it is our turn, until somebody drops it: the answer we wait for has come.
    async fn read_for_all(&self) {
        let _turn = self.turn.lock().await;
        let mut bytes = [0; MOST_BYTES];
        loop {
            match self.socket.recv_from(&mut bytes).await {
                Ok((length, from)) => self.tell(&bytes[..length], from.ip()),
                // Faults of earlier packets: whoever they were for waits for its timeout.
                Err(_) => tokio::task::yield_now().await,
            }
        }
    }

    fn tell(&self, bytes: &[u8], from: IpAddr) {
        let at = Instant::now();
        let Some(incoming) = packet::read(self.family, bytes) else { return };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (sequence, result) = match incoming {
            Incoming::Answer { sequence, mark } => {
                let is_his = |waiter: &Waiter| waiter.mark == mark && waiter.address == from.to_canonical();
                if !waiting.by_sequence.get(&sequence).is_some_and(is_his) {
                    return;
                }
                (sequence, Ok(at))
            }
            Incoming::Unreachable { identifier, sequence } if identifier == self.identifier => {
                (sequence, Err(Reason::new("unreachable")))
            }
            Incoming::Unreachable { .. } => return,
        };
        if let Some(waiter) = waiting.by_sequence.remove(&sequence) {
            // Who no longer waits has gone over its time.
            waiter.told.send(result).ok();
        }
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut waiting = self.line.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.by_sequence.get(&self.sequence).is_some_and(|waiter| waiter.mark == self.mark) {
            waiting.by_sequence.remove(&self.sequence);
        }
    }
}

fn socket(family: Family, kind: Type) -> io::Result<Socket> {
    let (domain, protocol) = match family {
        Family::V4 => (Domain::IPV4, Protocol::ICMPV4),
        Family::V6 => (Domain::IPV6, Protocol::ICMPV6),
    };
    let socket = Socket::new(domain, kind, Some(protocol))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

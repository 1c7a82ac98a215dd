//! A name server over UDP that knows the fleet's addresses, and nothing more than a monitor asks for.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    sync::Arc,
    time::Duration,
};

use tokio::{net::UdpSocket, task::JoinSet};

use super::{Order, Orders, open};
use crate::fleet::{fault::Fault, plan::Plan};

const TRY_AGAIN: Duration = Duration::from_millis(100);
/// What is answered instead of the truth (RFC 5737: nobody's).
const LIE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 13);
/// Who never writes to a name server.
const NOBODY: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 1);
const A: u16 = 1;
const NAME_ERROR: u8 = 3;

/// All names of a fleet, lower case.
pub(super) struct Zone(HashMap<String, Ipv4Addr>);

impl Zone {
    pub(super) fn new(plan: &Plan) -> Self {
        Self(plan.servers.iter().map(|server| (server.host(), server.address)).collect())
    }

    /// The answer to a query; nothing to what is none.
    fn answer(&self, query: &[u8], fault: Fault) -> Option<Vec<u8>> {
        let (header, rest) = query.split_at_checked(12)?;
        let (name, length) = read_name(rest)?;
        let asked = rest.get(length..length + 4)?;
        let known = self.0.get(&name).map(|address| if fault == Fault::WrongAnswer { LIE } else { *address });
        let record = known.filter(|_| asked.starts_with(&A.to_be_bytes()));
        let code = if known.is_some() { 0 } else { NAME_ERROR };
        // The id, then: a response with authority; recursion as wanted; one question, and an answer or none.
        let mut out = header.get(..2)?.to_vec();
        out.extend([0x84 | (header.get(2)? & 1), 0x80 | code, 0, 1, 0, u8::from(record.is_some()), 0, 0, 0, 0]);
        out.extend(rest.get(..length + 4)?);
        if let Some(address) = record {
            // The name asked for, A, IN, 30 s, 4 bytes.
            out.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4]);
            out.extend(address.octets());
        }
        Some(out)
    }
}

/// A name and how many bytes it takes.
fn read_name(from: &[u8]) -> Option<(String, usize)> {
    let (mut name, mut at) = (String::new(), 0);
    loop {
        let length = usize::from(*from.get(at)?);
        at += 1;
        match length {
            0 => return Some((name, at)),
            1..=63 => {
                if !name.is_empty() {
                    name.push('.');
                }
                name += &String::from_utf8_lossy(from.get(at..at + length)?).to_lowercase();
                at += length;
            }
            _ => return None,
        }
    }
}

/// Serves until the fleet is gone.
pub(super) async fn answer_names(address: SocketAddrV4, zone: Arc<Zone>, mut orders: Orders) {
    let mut socket: Option<Arc<UdpSocket>> = None;
    let mut answers = JoinSet::new();
    loop {
        let order @ Order { fault, .. } = orders.take();
        let mut problem = None;
        answers.shutdown().await;
        if fault == Fault::Down {
            if let Some(open) = socket.take() {
                // Closing alone leaves it open while somebody else has a copy; so it hears nobody any more.
                let _ = open.connect(NOBODY).await;
            }
        } else if socket.is_none() {
            match open(|| UdpSocket::bind(address)).await {
                Ok(open) => socket = Some(Arc::new(open)),
                Err(error) => problem = Some(format!("{address}: {error}")),
            }
        }
        let again = problem.is_some();
        orders.obey(order, problem);
        let mut query = [0; 512];
        loop {
            tokio::select! {
                next = orders.next() => match next {
                    Some(()) => break,
                    None => return,
                },
                Some((read, from)) = receive(socket.as_deref(), &mut query) => {
                    let answer = query.get(..read).and_then(|query| zone.answer(query, fault));
                    if let (Some(answer), Some(socket), true) = (answer, &socket, fault != Fault::HalfOpen) {
                        answers.spawn(send(socket.clone(), from, answer, fault));
                    }
                }
                Some(_) = answers.join_next() => {}
                () = tokio::time::sleep(TRY_AGAIN), if again => break,
            }
        }
    }
}

async fn receive(socket: Option<&UdpSocket>, query: &mut [u8]) -> Option<(usize, SocketAddr)> {
    let socket = socket?;
    loop {
        // An error here is the echo of an answer that nobody waited for.
        if let Ok(received) = socket.recv_from(query).await {
            return Some(received);
        }
    }
}

async fn send(socket: Arc<UdpSocket>, to: SocketAddr, answer: Vec<u8>, fault: Fault) {
    if let Fault::Slow { latency_ms } = fault {
        tokio::time::sleep(Duration::from_millis(latency_ms.into())).await;
    }
    let _ = socket.send_to(&answer, to).await;
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use crate::fleet::{fault::Fault, plan::Plan};

    /// `sw-core-01.nevpribor.example`, type A, as `dig` asks.
    const QUERY: &[u8] = b"\x12\x34\x01\x20\0\x01\0\0\0\0\0\0\x0asw-core-01\x09NEVpribor\x07example\0\0\x01\0\x01";

    #[test]
    fn names_are_answered_in_any_case_and_lies_are_other_addresses() {
        let zone = Zone::new(&Plan::new(10, 7));
        let answer = zone.answer(QUERY, Fault::None).unwrap();
        assert_eq!((&answer[..4], &answer[6..8]), (&b"\x12\x34\x85\x80"[..], &b"\0\x01"[..]));
        assert_eq!(answer[answer.len() - 4..], [127, 64, 0, 1]);
        let lie = zone.answer(QUERY, Fault::WrongAnswer).unwrap();
        assert_eq!(lie[lie.len() - 4..], [203, 0, 113, 13]);
    }

    #[test]
    fn other_names_do_not_exist_and_other_types_are_empty() {
        let zone = Zone::new(&Plan::new(10, 7));
        let mut unknown = QUERY.to_vec();
        unknown[13] = b'x';
        assert_eq!(zone.answer(&unknown, Fault::None).unwrap()[3] & 0xf, 3);
        let mut aaaa = QUERY.to_vec();
        let type_at = aaaa.len() - 3;
        aaaa[type_at] = 28;
        let answer = zone.answer(&aaaa, Fault::None).unwrap();
        assert_eq!((answer[3] & 0xf, answer[7]), (0, 0));
    }

    #[test]
    fn what_is_no_query_is_not_answered() {
        let zone = Zone::new(&Plan::new(10, 7));
        for length in 0..QUERY.len() {
            assert_eq!(zone.answer(&QUERY[..length], Fault::None), None, "cut at {length}");
        }
    }
}

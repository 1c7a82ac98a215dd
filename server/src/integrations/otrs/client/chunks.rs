//! Many tickets in questions of a bearable size, and none that hides the others.

use std::collections::HashSet;

use super::super::{Failure, TicketId};

/// Tickets in one question: an address stays far below what proxies take, an answer with articles readable.
const CHUNK: usize = 40;

/// What was read of a ticket, with its number if that could be read.
pub type Read<T> = (Option<TicketId>, Result<T, String>);

/// Tickets that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<T> {
    /// Those that are there and visible, in the order of the question.
    pub seen: Vec<T>,
    /// Those that are not there, or that this agent may not see: OTRS does not tell these apart.
    pub hidden: Vec<TicketId>,
    /// Those that were answered in a way that nobody understands, and why.
    pub unreadable: Vec<(TicketId, String)>,
}

/// Asks for chunks. One ticket that is not visible fails a whole list (114): such a chunk is halved until it is found,
/// and so is one whose answer is too long.
pub async fn seen<T, A>(ids: &[TicketId], ask: impl Fn(Vec<TicketId>) -> A) -> Result<Seen<T>, Failure>
where
    A: Future<Output = Result<Vec<Read<T>>, Failure>>,
{
    let mut out = Seen { seen: Vec::new(), hidden: Vec::new(), unreadable: Vec::new() };
    let mut left: Vec<&[TicketId]> = ids.chunks(CHUNK).rev().collect();
    while let Some(chunk) = left.pop() {
        match ask(chunk.to_vec()).await {
            Ok(found) => sort(chunk, found, &mut out),
            Err(Failure::AccessDenied(_)) if chunk.len() == 1 => out.hidden.extend(chunk),
            Err(Failure::AccessDenied(_) | Failure::TooLarge(_)) if chunk.len() > 1 => {
                let (first, second) = chunk.split_at(chunk.len() / 2);
                left.extend([second, first]);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(out)
}

/// Tells what was read from what was not; what is missing in an answer was not.
fn sort<T>(chunk: &[TicketId], found: Vec<Read<T>>, out: &mut Seen<T>) {
    let mut answered = HashSet::new();
    for (id, read) in found {
        let Some(id) = id.filter(|id| chunk.contains(id)) else { continue };
        answered.insert(id);
        match read {
            Ok(read) => out.seen.push(read),
            Err(why) => out.unreadable.push((id, why)),
        }
    }
    let missing = chunk.iter().filter(|id| !answered.contains(id));
    out.unreadable.extend(missing.map(|id| (*id, "not in the answer".to_owned())));
}

//! When which monitor is looked at next. Knows no clock and no network.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::Arc,
    time::Duration,
};

use app::model::ids::{MonitorId, ServerId};
use time::OffsetDateTime;

use crate::{
    monitor::schedule::{next_slot, retry_slot},
    services::checks::{Verdict, plan::Planned},
};

/// A monitor and when it is due.
struct Entry {
    planned: Arc<Planned>,
    /// The one date that counts; the heap may hold older ones.
    next: OffsetDateTime,
    /// Since when it is being looked at.
    looking: Option<OffsetDateTime>,
}

/// All monitors by when they are due.
pub(super) struct Agenda {
    entries: HashMap<MonitorId, Entry>,
    heap: BinaryHeap<Reverse<(OffsetDateTime, MonitorId)>>,
}

impl Agenda {
    pub(super) fn new(planned: Vec<Planned>, now: OffsetDateTime) -> Self {
        let mut agenda = Self { entries: HashMap::new(), heap: BinaryHeap::new() };
        for planned in planned {
            // Everything would be due at once; slots of their own spread the load.
            let next = slot(&planned, now);
            agenda.enter(planned, next, None);
        }
        agenda
    }

    fn enter(&mut self, planned: Planned, next: OffsetDateTime, looking: Option<OffsetDateTime>) {
        let id = planned.id;
        self.entries.insert(id, Entry { planned: Arc::new(planned), next, looking });
        self.heap.push(Reverse((next, id)));
    }

    /// Takes over a changed configuration: what is new or changed is looked at at once, the rest keeps its dates.
    pub(super) fn replace(&mut self, planned: Vec<Planned>, now: OffsetDateTime) {
        let mut before = std::mem::take(&mut self.entries);
        self.heap.clear();
        for planned in planned {
            let known = before.remove(&planned.id);
            let same = known.as_ref().filter(|entry| entry.planned.version == planned.version).map(|entry| entry.next);
            let looking = known.and_then(|entry| entry.looking);
            self.enter(planned, same.unwrap_or(now), looking);
        }
    }

    /// Somebody wants this server to be looked at now.
    pub(super) fn now(&mut self, server: ServerId, now: OffsetDateTime) {
        for (id, entry) in &mut self.entries {
            if entry.planned.server == server && entry.next > now {
                entry.next = now;
                self.heap.push(Reverse((now, *id)));
            }
        }
    }

    /// A look ended.
    pub(super) fn ended(&mut self, monitor: MonitorId) {
        if let Some(entry) = self.entries.get_mut(&monitor) {
            entry.looking = None;
        }
    }

    /// What was decided: who is in doubt is looked at again sooner.
    pub(super) fn learn(&mut self, verdicts: &[Verdict], now: OffsetDateTime) {
        for verdict in verdicts.iter().filter(|verdict| verdict.in_doubt) {
            let Some(entry) = self.entries.get_mut(&verdict.monitor) else { continue };
            let again = retry_slot(verdict.monitor, entry.planned.interval, entry.planned.retry, now);
            if again < entry.next {
                entry.next = again;
                self.heap.push(Reverse((again, verdict.monitor)));
            }
        }
    }

    /// Until somebody is due; for ever when nobody is.
    pub(super) async fn wait(&self, now: OffsetDateTime) {
        match self.heap.peek() {
            Some(Reverse((next, _))) => {
                let pause = Duration::try_from(*next - now).unwrap_or_default();
                tokio::time::sleep(pause).await;
            }
            None => std::future::pending().await,
        }
    }

    /// Who is due, each with its date; their next dates are set. Who is still being looked at is left out: he
    /// is slower than his interval, and a second look beside the first would not be faster.
    pub(super) fn due(&mut self, now: OffsetDateTime) -> Vec<(Arc<Planned>, OffsetDateTime)> {
        let mut due = Vec::new();
        while let Some(Reverse((next, id))) = self.heap.peek().copied().filter(|Reverse((next, _))| *next <= now) {
            self.heap.pop();
            let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.next == next) else { continue };
            // Whether it is still in doubt is told once this look is judged.
            entry.next = next_slot(id, entry.planned.interval, now);
            self.heap.push(Reverse((entry.next, id)));
            if entry.looking.is_none() {
                entry.looking = Some(next);
                due.push((entry.planned.clone(), next));
            }
        }
        due
    }
}

/// The first slot of a monitor that is planned anew.
fn slot(planned: &Planned, now: OffsetDateTime) -> OffsetDateTime {
    if planned.in_doubt {
        retry_slot(planned.id, planned.interval, planned.retry, now)
    } else {
        next_slot(planned.id, planned.interval, now)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

    fn planned(id: i64, version: i64) -> Planned {
        Planned {
            id: id.into(),
            server: 7.into(),
            address: "10.0.0.1".into(),
            look: None,
            interval: Duration::from_secs(30),
            retry: Duration::from_secs(10),
            version,
            in_doubt: false,
        }
    }

    fn ids(due: &[(Arc<Planned>, OffsetDateTime)]) -> Vec<i64> {
        let mut ids: Vec<i64> = due.iter().map(|(planned, _)| planned.id.get()).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn each_is_due_once_in_its_interval_and_never_twice_at_a_time() {
        let mut agenda = Agenda::new(vec![planned(1, 1), planned(2, 1)], NOW);
        assert!(agenda.due(NOW).is_empty(), "a slot is after now");
        let later = NOW + Duration::from_secs(30);
        assert_eq!(ids(&agenda.due(later)), [1, 2]);
        agenda.ended(1.into());
        assert_eq!(ids(&agenda.due(later + Duration::from_secs(30))), [1], "2 is still being looked at");
    }

    #[test]
    fn a_change_is_looked_at_at_once_and_the_rest_keeps_its_dates() {
        let mut agenda = Agenda::new(vec![planned(1, 1), planned(2, 1)], NOW);
        agenda.replace(vec![planned(1, 2), planned(2, 1), planned(3, 1)], NOW);
        assert_eq!(ids(&agenda.due(NOW)), [1, 3]);
        agenda.replace(vec![planned(2, 1)], NOW);
        assert_eq!(ids(&agenda.due(NOW + Duration::from_secs(30))), [2], "1 and 3 are gone");
    }

    #[test]
    fn doubt_at_the_start_counts_for_the_first_look() {
        let mut agenda = Agenda::new(vec![Planned { in_doubt: true, ..planned(1, 1) }], NOW);
        let first = agenda.due(NOW + Duration::from_secs(10));
        assert_eq!(ids(&first), [1]);
        agenda.ended(1.into());
        let interval = Duration::from_secs(30);
        let next = next_slot(1.into(), interval, first[0].1);
        assert!(agenda.due(next - Duration::from_millis(1)).is_empty(), "nobody said that it is still in doubt");
        assert_eq!(ids(&agenda.due(next)), [1]);
    }

    #[test]
    fn doubt_brings_the_next_look_forward_and_a_wish_brings_it_now() {
        let mut agenda = Agenda::new(vec![planned(1, 1)], NOW);
        let due = agenda.due(NOW + Duration::from_secs(30));
        let at = due[0].1;
        agenda.ended(1.into());
        agenda.learn(&[Verdict { monitor: 1.into(), in_doubt: true }], at);
        assert_eq!(ids(&agenda.due(at + Duration::from_secs(10))), [1]);
        agenda.ended(1.into());
        agenda.now(7.into(), at + Duration::from_secs(11));
        assert_eq!(ids(&agenda.due(at + Duration::from_secs(11))), [1]);
    }
}

//! Rows of the store as the screens see them.

use app::model::{
    incident::{Acknowledged, Incident, IncidentEvent, IncidentEventKind, IncidentState, Member, Silenced},
    monitor::Kind,
};
use time::OffsetDateTime;

use crate::store::incidents::list::{EventRow, IncidentRow, MemberRow};

/// An incident in a list: without members and events. A silence that is over is none.
pub(super) fn listed(row: IncidentRow, now: OffsetDateTime) -> Incident {
    let acknowledged = row.acknowledged_at.map(|at| Acknowledged { by: row.acknowledged_by.unwrap_or_default(), at });
    let silenced = row.silenced_until.filter(|until| *until > now).map(|until| Silenced {
        by: row.silenced_by.unwrap_or_default(),
        until,
        reason: row.silence_reason.unwrap_or_default(),
    });
    Incident {
        id: row.id,
        server_id: row.server_id,
        server_name: row.server_name,
        state: if row.state == "closed" { IncidentState::Closed } else { IncidentState::Open },
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        reason: row.reason.0,
        servers_behind: u32::try_from(row.behind).unwrap_or(u32::MAX),
        quiet: row.quiet,
        acknowledged,
        silenced,
        members: Vec::new(),
        events: Vec::new(),
    }
}

/// An incident with everything.
pub(super) fn whole(row: IncidentRow, members: Vec<MemberRow>, events: Vec<EventRow>, now: OffsetDateTime) -> Incident {
    let members = members.into_iter().map(|row| Member {
        monitor_id: row.monitor_id,
        kind: Kind::from_name(&row.kind).unwrap_or_default(),
        server_id: row.server_id,
        server_name: row.server_name,
        reason: row.reason.0,
        joined_at: row.joined_at,
        recovered_at: row.recovered_at,
    });
    let events = events.into_iter().map(|row| IncidentEvent {
        at: row.at,
        kind: IncidentEventKind::from_name(&row.kind),
        by: row.by,
        text: row.text,
        server_name: row.server_name,
        reason: row.reason.map(|reason| reason.0),
        until: row.until,
    });
    Incident { members: members.collect(), events: events.collect(), ..listed(row, now) }
}

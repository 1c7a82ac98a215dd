create schema monitoring;
comment on schema monitoring is 'What is watched, what was seen, what was broken.';

create table monitoring.server_group (
    id bigint generated always as identity primary key,
    name text collate employees.by_name not null,
    created_at timestamptz not null default now(),
    constraint server_group_name_key unique (name),
    constraint server_group_name_check check (length(name) between 1 and 100)
);
comment on table monitoring.server_group is 'Servers that belong together for people: a site, a service.';

create table monitoring.server (
    id bigint generated always as identity primary key,
    name text collate employees.by_name not null,
    address text not null,
    group_id bigint references monitoring.server_group on delete set null,
    responsible_id bigint references employees.employee on delete set null,
    parent_id bigint references monitoring.server on delete set null,
    tags text[] not null default '{}',
    notes text,
    runbook_url text,
    paused boolean not null default false,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    state text not null default 'unknown',
    since timestamptz not null default now(),
    constraint server_state_check check (state in ('up', 'degraded', 'down', 'unknown', 'paused')),
    constraint server_parent_check check (parent_id <> id)
);
create unique index server_name_key on monitoring.server (lower(name collate "C")) where deleted_at is null;
create index server_group_id_idx on monitoring.server (group_id);
create index server_parent_id_idx on monitoring.server (parent_id);
comment on table monitoring.server is 'A machine that is watched.';
comment on column monitoring.server.parent_id is 'What it is reached through. Only this one hop counts when a cause is looked for.';
comment on column monitoring.server.version is 'Grows with each change of the configuration; state and since do not count.';
comment on column monitoring.server.state is 'The worst of its monitors, written with the check that changed it. A planned window is laid over it when it is read.';
comment on column monitoring.server.deleted_at is 'Undo brings it back with its past.';

create table monitoring.monitor (
    id bigint generated always as identity primary key,
    server_id bigint not null references monitoring.server on delete cascade,
    kind text not null,
    target text not null,
    interval_s integer not null,
    settings jsonb not null,
    paused boolean not null default false,
    push_hash bytea,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    constraint monitor_kind_check check (kind in ('ping', 'tcp', 'http', 'tls', 'dns', 'push')),
    constraint monitor_interval_check check (interval_s between 5 and 86400),
    constraint monitor_push_check check ((kind = 'push') = (push_hash is not null)),
    constraint monitor_push_hash_key unique (push_hash)
);
create index monitor_server_id_idx on monitoring.monitor (server_id);
comment on table monitoring.monitor is 'One thing that is watched on a server.';
comment on column monitoring.monitor.settings is 'app::model::monitor::Settings, checked for its kind before it is stored.';
comment on column monitoring.monitor.push_hash is 'SHA-256 of the secret in the address that a job calls; the address itself is told once.';

create table monitoring.monitor_state (
    monitor_id bigint primary key references monitoring.monitor on delete cascade,
    state text not null default 'unknown',
    since timestamptz not null default now(),
    good smallint not null default 0,
    bad smallint not null default 0,
    slow smallint not null default 0,
    recent integer not null default 0,
    recent_count smallint not null default 0,
    flapping boolean not null default false,
    reason jsonb,
    latency_ms integer,
    last_check_at timestamptz,
    spark bytea not null default '',
    figures jsonb,
    constraint monitor_state_check check (state in ('up', 'degraded', 'down', 'unknown', 'paused'))
) with (fillfactor = 50);
comment on table monitoring.monitor_state is 'What the decisions know of a monitor; written with each check. Apart from the configuration and with room on its pages, so that a write touches no index.';
comment on column monitoring.monitor_state.good is 'Good checks in a row; a bad one starts again. So are bad and slow.';
comment on column monitoring.monitor_state.recent is 'The latest 21 results, the newest in the lowest bit, 1 is bad.';
comment on column monitoring.monitor_state.spark is 'The latest 24 checks, see app::model::spark.';
comment on column monitoring.monitor_state.figures is 'What an agent said last of its machine.';

create table monitoring."check" (
    monitor_id bigint not null,
    at timestamptz not null,
    state smallint not null,
    latency_us integer,
    covers_s integer not null,
    reason jsonb
) partition by range (at);
alter table monitoring."check" add constraint check_pkey primary key (monitor_id, at);
comment on table monitoring."check" is 'Raw results, a partition a day, dropped after some days.';
comment on column monitoring."check".at is 'When it was due, not when it ended: the same check written twice is the same row.';
comment on column monitoring."check".state is '0 good, 1 slow, 2 bad, 3 not judged.';
comment on column monitoring."check".covers_s is 'How much time it speaks for: its interval.';

create table monitoring.minute (
    monitor_id bigint not null,
    at timestamptz not null,
    good integer not null,
    bad integer not null,
    observed_s integer not null,
    up_s integer not null,
    p50_ms integer,
    p95_ms integer,
    max_ms integer
) partition by range (at);
alter table monitoring.minute add constraint minute_pkey primary key (monitor_id, at);
comment on table monitoring.minute is 'Checks rolled up by the minute, a partition a day.';

create table monitoring.hour (like monitoring.minute) partition by range (at);
alter table monitoring.hour add constraint hour_pkey primary key (monitor_id, at);
comment on table monitoring.hour is 'Checks rolled up by the hour, a partition a month.';

create table monitoring.day (like monitoring.minute) partition by range (at);
alter table monitoring.day add constraint day_pkey primary key (monitor_id, at);
comment on table monitoring.day is 'Checks rolled up by the day (UTC), a partition a year.';

create table monitoring.rolled_up (
    step text primary key,
    until timestamptz not null,
    constraint rolled_up_step_check check (step in ('minute', 'hour', 'day'))
);
comment on table monitoring.rolled_up is 'Up to when the checks are rolled up.';

create table monitoring.incident (
    id bigint generated always as identity primary key,
    server_id bigint not null references monitoring.server on delete cascade,
    state text not null,
    opened_at timestamptz not null,
    open_after timestamptz,
    closed_at timestamptz,
    reason jsonb not null,
    quiet boolean not null default false,
    acknowledged_by bigint references core.account on delete set null,
    acknowledged_at timestamptz,
    silenced_by bigint references core.account on delete set null,
    silenced_until timestamptz,
    silence_reason text,
    constraint incident_state_check check (state in ('pending', 'open', 'closed')),
    constraint incident_pending_check check ((state = 'pending') = (open_after is not null)),
    constraint incident_closed_check check ((state = 'closed') = (closed_at is not null))
);
create unique index incident_server_key on monitoring.incident (server_id) where state <> 'closed';
create index incident_open_after_idx on monitoring.incident (open_after) where state = 'pending';
create index incident_list_idx on monitoring.incident (opened_at desc, id desc) where state <> 'pending';
comment on table monitoring.incident is 'A period of being down, one at a time per server that is the cause.';
comment on column monitoring.incident.state is 'pending waits for the parent of the server to be looked at: it becomes open, joins the parent''s, or goes away. Nobody sees it.';
comment on column monitoring.incident.quiet is 'It began in a planned window that has not ended: nobody is told.';

create table monitoring.incident_member (
    id bigint generated always as identity primary key,
    incident_id bigint not null references monitoring.incident on delete cascade,
    monitor_id bigint not null references monitoring.monitor on delete cascade,
    joined_at timestamptz not null,
    recovered_at timestamptz,
    reason jsonb not null
);
create unique index incident_member_monitor_key on monitoring.incident_member (monitor_id) where recovered_at is null;
create index incident_member_incident_id_idx on monitoring.incident_member (incident_id);
comment on table monitoring.incident_member is 'A monitor that is or was down in an incident: its own server''s, or that of the server''s parent. It is in one at a time.';

create table monitoring.incident_event (
    id bigint generated always as identity primary key,
    incident_id bigint not null references monitoring.incident on delete cascade,
    at timestamptz not null,
    kind text not null,
    account_id bigint references core.account on delete set null,
    text text,
    server_id bigint references monitoring.server on delete set null,
    reason jsonb,
    until timestamptz
);
create index incident_event_incident_id_idx on monitoring.incident_event (incident_id, id);
comment on table monitoring.incident_event is 'What happened to an incident. Alerts are decided from it.';

create table monitoring.maintenance (
    id bigint generated always as identity primary key,
    title text not null,
    servers bigint[] not null default '{}',
    groups bigint[] not null default '{}',
    everything boolean not null default false,
    schedule jsonb not null,
    account_id bigint references core.account on delete set null,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint maintenance_scope_check check (everything or cardinality(servers) + cardinality(groups) > 0)
);
comment on table monitoring.maintenance is 'Planned windows. Whether one is open is computed from its schedule.';
comment on column monitoring.maintenance.ended_at is 'Set when somebody cancels it; a window that is over stays for the record.';

create table core.setting (
    name text primary key,
    value jsonb not null,
    updated_at timestamptz not null default now(),
    account_id bigint references core.account on delete set null
);
comment on table core.setting is 'What administrators change while it runs. Absent means the default of the code.';

create table core.live_seq (
    single boolean primary key default true check (single),
    seq bigint not null default 0
);
insert into core.live_seq default values;
comment on table core.live_seq is 'The last number of the live log. Its row lock is held to the commit, so that numbers come in commit order.';

create table core.live_event (
    seq bigint primary key,
    at timestamptz not null,
    topic text not null,
    event text not null,
    data jsonb not null
);
create index live_event_at_idx on core.live_event (at);
comment on table core.live_event is 'What the open screens are told, kept for an hour so that a phone that slept misses nothing.';

create table monitoring.watch (
    single boolean primary key default true check (single),
    checked_at timestamptz,
    line text not null default 'not_asked',
    ping_not_permitted boolean not null default false,
    constraint watch_line_check check (line in ('not_asked', 'up', 'down'))
);
insert into monitoring.watch default values;
comment on table monitoring.watch is 'How well we look ourselves, written by the node that checks.';

create schema otrs;
comment on schema otrs is 'Our copy of the tickets in OTRS, who may see what of it, and what is to be done to them.';

create table otrs.queue (
    id bigint primary key,
    name text not null
);
comment on table otrs.queue is 'Queues as tickets named them last; no operation of OTRS lists them.';

create table otrs.agent (
    id bigint primary key,
    login text not null
);
comment on table otrs.agent is 'Agents as tickets named them: owners and responsible ones. 1 is root@localhost, which is nobody.';

create table otrs.state (
    id bigint primary key,
    name text not null,
    kind text not null
);
comment on table otrs.state is 'States as tickets named them.';

create table otrs.priority (
    id bigint primary key,
    name text not null
);
comment on table otrs.priority is 'Priorities as tickets named them; their numbers are their order.';

create sequence otrs.reading;
comment on sequence otrs.reading is 'Numbers readings of OTRS in the order of their beginnings, whatever the clocks of the nodes say.';

create table otrs.ticket (
    id bigint primary key,
    number text not null,
    title text not null,
    queue_id bigint not null,
    queue text not null,
    state_id bigint not null,
    state text not null,
    state_type text not null,
    priority_id bigint not null,
    priority text not null,
    locked boolean not null,
    owner_id bigint not null,
    owner text not null,
    responsible_id bigint not null,
    responsible text not null,
    customer_login text,
    customer_company text,
    customer_name text,
    customer_email text,
    kind text,
    service text,
    sla text,
    fields jsonb not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    escalates_at timestamptz,
    first_response_due timestamptz,
    update_due timestamptz,
    solution_due timestamptz,
    pending_until timestamptz,
    first_response_at timestamptz,
    first_lock_at timestamptz,
    closed_at timestamptz,
    last_article_id bigint not null,
    last_sender text not null,
    merged_into bigint,
    version text not null,
    escalation_told timestamptz,
    reading bigint not null,
    gone_at timestamptz,
    search tsvector not null
);
create index ticket_changed_idx on otrs.ticket (changed_at desc, id desc) where gone_at is null;
create index ticket_created_idx on otrs.ticket (created_at desc, id desc) where gone_at is null;
create index ticket_priority_idx on otrs.ticket (priority_id desc, changed_at desc, id desc) where gone_at is null;
create index ticket_escalates_idx on otrs.ticket (escalates_at, id) where gone_at is null;
create index ticket_open_idx on otrs.ticket (state_type) where gone_at is null and state_type not in ('closed', 'removed', 'merged');
create index ticket_queue_idx on otrs.ticket (queue_id, changed_at desc) where gone_at is null;
create index ticket_customer_idx on otrs.ticket (lower(customer_login), changed_at desc) where gone_at is null;
create index ticket_escalation_idx on otrs.ticket (escalates_at)
    where gone_at is null and escalates_at is not null and state_type not in ('closed', 'removed', 'merged');
create index ticket_search_idx on otrs.ticket using gin (search) with (fastupdate = off);
comment on table otrs.ticket is 'A ticket as OTRS had it when it was read last.';
comment on column otrs.ticket.id is 'TicketID of OTRS.';
comment on column otrs.ticket.customer_name is 'As the customer writes himself in the first article: no operation gives the name of a customer user.';
comment on column otrs.ticket.last_sender is 'Whose the last article is that is not of OTRS itself: agent, customer, or empty.';
comment on column otrs.ticket.version is
    'How many entries its history has, a dash, and a digest of what operators look at: what an action is compared with.';
comment on column otrs.ticket.escalation_told is 'The escalates_at that was told as near; another time is told again.';
comment on column otrs.ticket.reading is 'Which reading it is from: one that was begun earlier never overwrites one that was begun later.';
comment on column otrs.ticket.gone_at is 'When OTRS refused it to the service agent: deleted, or out of its sight.';
comment on column otrs.ticket.search is
    'Words of number (each of its ends), title, customer and articles. Made of texts without punctuation, so that addresses are words.';

create table otrs.article (
    id bigint primary key,
    ticket_id bigint not null references otrs.ticket on delete cascade,
    at timestamptz not null,
    created_by bigint not null,
    channel bigint not null,
    sender text not null,
    visible boolean not null,
    deleted boolean not null,
    sent_from text not null,
    sent_to text not null,
    cc text not null,
    subject text not null,
    body text not null,
    body_cut boolean not null
);
create index article_ticket_id_idx on otrs.article (ticket_id, id);
comment on table otrs.article is 'What is written in a ticket.';
comment on column otrs.article.body is 'Plain text without control characters, cut to a length that a phone can show.';
comment on column otrs.article.deleted is 'Taken back in OTOBO 11: not shown.';

create table otrs.attachment (
    ticket_id bigint not null references otrs.ticket on delete cascade,
    n integer not null,
    article_id bigint not null,
    place bigint not null,
    name text not null,
    kind text not null,
    size bigint not null,
    inline boolean not null,
    primary key (ticket_id, n),
    constraint attachment_place_key unique (article_id, place)
);
comment on table otrs.attachment is 'Files of articles without what is in them: that is fetched when somebody wants it.';
comment on column otrs.attachment.n is 'Counts in the ticket and is never given again, so that an address keeps its meaning.';
comment on column otrs.attachment.name is 'As it was sent: it may hold ../ and is made safe where it is shown.';

create table otrs.history (
    ticket_id bigint not null references otrs.ticket on delete cascade,
    place integer not null,
    at timestamptz not null,
    by bigint not null,
    kind text not null,
    name text not null,
    article_id bigint,
    queue_id bigint not null,
    state_id bigint not null,
    owner_id bigint not null,
    priority_id bigint not null,
    primary key (ticket_id, place)
);
comment on table otrs.history is 'What happened to a ticket. Entries have no numbers in OTRS, but none ever goes or comes between others.';

create table otrs.sync (
    single boolean primary key default true check (single),
    source text not null default '',
    span smallint not null default 0,
    position text,
    first_until text,
    through timestamptz,
    as_of timestamptz,
    done bigint not null default 0,
    about bigint,
    swept bigint not null default 0,
    away_since timestamptz,
    failure text
);
insert into otrs.sync default values;
comment on table otrs.sync is 'How far the copy is.';
comment on column otrs.sync.source is 'The address of the web service it is a copy of: another one begins anew.';
comment on column otrs.sync.span is 'Which stretch of the past is being copied for the first time; 2 when all of it is there.';
comment on column otrs.sync.position is 'Where that goes on, as the clock of the OTRS host shows it; empty: at the beginning of the stretch.';
comment on column otrs.sync.through is 'Everything changed before this is in the copy; by the clock of the OTRS host.';
comment on column otrs.sync.as_of is 'The same moment by our clock, for people.';
comment on column otrs.sync.about is 'The highest ticket number at the beginning: about how many there are.';
comment on column otrs.sync.swept is 'The last ticket that was looked at whether it is still there.';

create table otrs.link (
    account_id bigint primary key references core.account on delete cascade,
    login text not null,
    session bytea,
    linked_at timestamptz not null,
    proven_at timestamptz,
    due_at timestamptz not null,
    ended_at timestamptz
);
create unique index link_login_key on otrs.link (lower(login));
comment on table otrs.link is 'The login in OTRS that somebody acts with. His password is nowhere.';
comment on column otrs.link.session is 'The session there, sealed with SECRET_KEY; empty once it ended.';
comment on column otrs.link.proven_at is 'When his queues were learnt last with that session. Rights that were not proven for long count no more.';
comment on column otrs.link.due_at is 'When they are to be learnt again.';

create table otrs.queue_right (
    account_id bigint not null references otrs.link on delete cascade,
    queue_id bigint not null,
    primary key (account_id, queue_id)
);
comment on table otrs.queue_right is 'Queues whose tickets the session of this account finds.';

create table otrs.refusal (
    account_id bigint not null references core.account on delete cascade,
    ticket_id bigint not null,
    at timestamptz not null,
    primary key (account_id, ticket_id)
);
comment on table otrs.refusal is 'A single ticket that OTRS refused to the session of this account; hidden until OTRS gives it again.';

create table otrs.reader (
    account_id bigint primary key references core.account on delete cascade,
    since_article_id bigint not null
);
comment on table otrs.reader is 'The last article when somebody came here first: what is older counts as seen.';

create table otrs.seen (
    account_id bigint not null references core.account on delete cascade,
    ticket_id bigint not null references otrs.ticket on delete cascade,
    article_id bigint not null,
    primary key (account_id, ticket_id)
);
comment on table otrs.seen is 'The last article of a ticket that somebody has seen.';

create table otrs.watch (
    account_id bigint not null references core.account on delete cascade,
    ticket_id bigint not null references otrs.ticket on delete cascade,
    primary key (account_id, ticket_id)
);
comment on table otrs.watch is 'Tickets that somebody watches.';

create table otrs.action (
    id bigint generated always as identity primary key,
    account_id bigint not null references core.account on delete cascade,
    key text not null,
    digest bytea not null,
    kind text not null,
    ticket_id bigint,
    request jsonb not null,
    login text,
    marker text not null,
    seen_version text,
    state text not null default 'waiting',
    reason text,
    detail text,
    not_before timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    attempts integer not null default 0,
    sent jsonb,
    sent_at timestamptz,
    leased_until timestamptz,
    article_id bigint,
    constraint action_key_key unique (account_id, key),
    constraint action_state_check check (state in ('waiting', 'sent', 'done', 'conflict', 'needs_sign_in', 'failed', 'undone'))
);
create index action_due_idx on otrs.action (not_before) where state in ('waiting', 'sent');
create index action_ticket_id_idx on otrs.action (ticket_id) where state in ('waiting', 'sent');
create index action_account_id_idx on otrs.action (account_id, id desc);
comment on table otrs.action is 'What somebody wants to be done in OTRS, stored before anything is sent.';
comment on column otrs.action.key is 'Chosen by the author''s device: the same action is never stored twice.';
comment on column otrs.action.digest is 'SHA-256 of what was asked under this key.';
comment on column otrs.action.login is 'As whom it is done, fixed when it was asked for; empty: the service agent.';
comment on column otrs.action.marker is 'Stands in the history of OTRS beside the article, so that a lost answer can be looked up.';
comment on column otrs.action.seen_version is 'What the author looked at; empty: he did not say.';
comment on column otrs.action.sent is 'What was to be reached when it was first sent, and the version of the ticket then.';
comment on column otrs.action.sent_at is 'When it was first sent: from then on it may have happened.';
comment on column otrs.action.leased_until is 'Whoever sends it has until then; afterwards somebody else looks what became of it.';

create table otrs.action_file (
    action_id bigint not null references otrs.action on delete cascade,
    n integer not null,
    name text not null,
    kind text not null,
    content bytea not null,
    primary key (action_id, n)
);
comment on table otrs.action_file is 'Files of an action; they go when it is over.';

alter table core.live_event add column audience jsonb;
comment on column core.live_event.audience is 'Who may hear it beyond the topic: {"account"} or {"queue", "unless_queue", "agents", "ticket"}. Empty: everybody.';

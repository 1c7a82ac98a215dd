create table otrs.event (
    ticket_id bigint not null references otrs.ticket on delete cascade,
    place integer not null,
    kind text not null,
    at timestamptz not null,
    by bigint,
    account_id bigint references core.account on delete set null,
    queue_id bigint not null,
    after_s bigint,
    primary key (ticket_id, place, kind),
    constraint event_kind_check check (kind in ('arrived', 'received', 'taken', 'answered', 'closed', 'rejected', 'reopened'))
);
create index event_at_idx on otrs.event (at);
comment on table otrs.event is
    'What the history of a ticket amounts to for the statistics. Made of otrs.history and otrs.article alone, so it can always be made anew.';
comment on column otrs.event.place is 'The entry of otrs.history that says it.';
comment on column otrs.event.kind is
    'received: somebody had the ticket for the first time. reopened counts for whoever had closed it. The rest is what it says.';
comment on column otrs.event.by is 'Whose deed it is, an agent of OTRS; empty: nobody''s (a customer, OTRS itself).';
comment on column otrs.event.account_id is
    'For whom the service agent did it, where the mark of an action tells; this one counts then, not by.';
comment on column otrs.event.queue_id is 'Where the ticket was then.';
comment on column otrs.event.after_s is
    'Seconds since the ticket arrived: with its first answer, and with its last close unless it was reopened. Empty with all others.';

create table otrs.event_rule (
    single boolean primary key default true check (single),
    rule text not null default '',
    through bigint not null default 0
);
insert into otrs.event_rule default values;
comment on table otrs.event_rule is 'By which rule the events of tickets that were not read anew since are made.';
comment on column otrs.event_rule.rule is
    'Version of the rule and what it depends on: the names and meanings of states. Another one makes all events anew.';
comment on column otrs.event_rule.through is 'The last ticket whose events follow this rule already; the highest number when all do.';

-- Whose marks stand in a history is asked for each ticket that is copied.
create index action_all_of_ticket_idx on otrs.action (ticket_id);

create schema core;
comment on schema core is 'Accounts, sessions, audit, idempotency keys, imports, one-time downloads.';

create table core.account (
    id bigint generated always as identity primary key,
    telegram_id bigint not null,
    name text not null default '',
    username text,
    role text not null default 'guest',
    language text,
    employee_id bigint,
    access_requested_at timestamptz,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz,
    constraint account_telegram_id_key unique (telegram_id),
    constraint account_employee_id_key unique (employee_id),
    constraint account_role_check check (role in ('guest', 'employee', 'operator', 'admin')),
    constraint account_language_check check (language in ('ru', 'en'))
);
comment on table core.account is 'A person who signed in at least once, or was given a role before.';
comment on column core.account.telegram_id is 'The identity. Never the username: that changes hands.';
comment on column core.account.name is 'As Telegram shows it, refreshed at each sign-in; empty before the first.';
comment on column core.account.role is 'What was given here. ADMIN_TELEGRAM_IDS are admins whatever stands here.';
comment on column core.account.language is 'Chosen here; null follows the Telegram client at each sign-in.';
comment on column core.account.employee_id is 'At most one account per employee; an administrator links them.';
comment on column core.account.access_requested_at is 'Set by a guest''s request, emptied by its answer.';

create table core.session (
    id bigint generated always as identity primary key,
    account_id bigint not null references core.account on delete cascade,
    token_hash bytea not null,
    launch_hash bytea not null,
    device text not null default '',
    language text not null default 'ru',
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    constraint session_token_hash_key unique (token_hash),
    constraint session_language_check check (language in ('ru', 'en'))
);
create index session_account_id_idx on core.session (account_id) where ended_at is null;
comment on table core.session is 'One sign-in on one device.';
comment on column core.session.token_hash is 'SHA-256 of the bearer secret; the secret itself is nowhere.';
comment on column core.session.launch_hash is 'SHA-256 of the launch data it was exchanged for, so that signing out can burn it.';
comment on column core.session.language is 'The language of the Telegram client at sign-in.';
comment on column core.session.expires_at is 'Slides with use (SESSION_IDLE).';
comment on column core.session.ends_at is 'Fixed at sign-in (SESSION_MAX).';

create table core.burned_launch (
    launch_hash bytea primary key,
    until timestamptz not null
);
comment on table core.burned_launch is 'Launch data whose session was signed out: refused until it would be too old anyway.';

create table core.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    account_id bigint references core.account on delete set null,
    action text not null,
    object text not null,
    detail jsonb not null default '{}'
);
comment on table core.audit is 'Who did what to whom in administration: roles, links, ended sessions.';
comment on column core.audit.account_id is 'Null for the command line.';

create table core.idempotency_key (
    account_id bigint not null references core.account on delete cascade,
    key text not null,
    request_hash bytea not null,
    status smallint,
    response jsonb,
    created_at timestamptz not null default now(),
    primary key (account_id, key)
);
comment on table core.idempotency_key is 'Answers of POSTs kept 7 days: the same key and body get the same answer.';
comment on column core.idempotency_key.request_hash is 'SHA-256 of method, path and body: another request under the same key is refused.';
comment on column core.idempotency_key.response is '{"location", "body"} of the answer.';
comment on column core.idempotency_key.status is 'Null while the first request is still running.';

create table core.import (
    id bigint generated always as identity primary key,
    kind text not null,
    file text not null,
    account_id bigint references core.account on delete set null,
    dry_run boolean not null,
    finished_at timestamptz not null default now(),
    report jsonb,
    constraint import_kind_check check (kind in ('employees'))
);
comment on table core.import is 'Reports of finished imports, to be downloaded and to name the source in a record''s history.';
comment on column core.import.report is 'Null once it is too old to be kept; the row stays for the history.';

create table core.download (
    token_hash bytea primary key,
    account_id bigint not null references core.account on delete cascade,
    what jsonb not null,
    expires_at timestamptz not null
);
comment on table core.download is 'One-time addresses: Telegram Web''s frame can only open a link, without our headers. A row is deleted by its use.';

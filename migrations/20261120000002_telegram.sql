create schema telegram;
comment on schema telegram is 'The bot''s side: updates received.';

create table telegram.update (
    update_id bigint primary key,
    received_at timestamptz not null default now(),
    body jsonb not null,
    handled_at timestamptz,
    not_before timestamptz not null default now(),
    attempts smallint not null default 0
);
create index update_waiting_idx on telegram.update (update_id) where handled_at is null;
comment on table telegram.update is
    'Stored before it is acknowledged, so that a kill loses nothing; a second delivery of the same number changes nothing. Kept for two days.';
comment on column telegram.update.not_before is
    'When it may be taken on: in the future while somebody works on it, so that another takes over if that one dies, or while Telegram asks to wait.';

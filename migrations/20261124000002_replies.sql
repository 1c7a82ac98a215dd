create table otrs.reply (
    id bigint generated always as identity primary key,
    title text not null,
    body text not null,
    queue text,
    purpose text not null,
    version bigint not null default 1,
    updated_at timestamptz not null,
    account_id bigint references core.account on delete set null,
    constraint reply_purpose_check check (purpose in ('any', 'reply', 'comment'))
);
comment on table otrs.reply is 'Ready texts with placeholders, for operators to insert; administrators write them.';
comment on column otrs.reply.queue is 'Where it is offered first; empty: everywhere alike.';
comment on column otrs.reply.version is 'Grows with each change: a change names the one it saw.';
comment on column otrs.reply.account_id is 'Who changed it last.';

create table otrs.upload (
    id bigint generated always as identity primary key,
    account_id bigint not null references core.account on delete cascade,
    name text not null,
    kind text not null,
    content bytea not null,
    created_at timestamptz not null
);
create index upload_account_id_idx on otrs.upload (account_id);
create index upload_created_at_idx on otrs.upload (created_at);
comment on table otrs.upload is
    'Files that somebody chose for an action he has not asked for yet: so the action itself is small and can wait on a phone.';
comment on column otrs.upload.created_at is 'What nobody used for a week goes.';

create table otrs.action_mail (
    action_id bigint primary key references otrs.action on delete cascade,
    state text not null default 'waiting',
    recipient text not null,
    sender text not null,
    subject text not null,
    body text not null,
    message_id text not null,
    answered_id text,
    reason text,
    detail text,
    attempts integer not null default 0,
    not_before timestamptz not null,
    leased_until timestamptz,
    updated_at timestamptz not null,
    constraint action_mail_state_check check (state in ('waiting', 'handing', 'sent', 'failed', 'unclear', 'dropped'))
);
create index action_mail_due_idx on otrs.action_mail (not_before) where state in ('waiting', 'handing');
comment on table otrs.action_mail is 'The mail of a reply that stands in OTRS, where it is we who mail it.';
comment on column otrs.action_mail.state is
    'handing: its text is being handed over, so from now on it may have gone; whoever finds it so later asks the author. dropped: the author does without it.';
comment on column otrs.action_mail.sender is 'The name beside our address: the queue.';
comment on column otrs.action_mail.message_id is 'The same at each attempt, so that a mail that went twice can be told.';
comment on column otrs.action_mail.answered_id is 'Message-ID of the customer''s last mail.';

-- What a reply does was portal or mailed; now it also says by whom, and that nobody knows yet.
update core.setting
set value = (value - 'reply') || jsonb_build_object('mailing', case value ->> 'reply' when 'mailed' then 'otrs' else 'unknown' end)
where name = 'tickets' and value ? 'reply';

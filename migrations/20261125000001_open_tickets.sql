-- Lists of open tickets: by whose they are and by priority, however many tickets there are of others and closed ones.

create index ticket_owner_idx on otrs.ticket (lower(owner), changed_at desc, id desc)
    where gone_at is null and state_type not in ('closed', 'removed', 'merged');
create index ticket_responsible_idx on otrs.ticket (lower(responsible))
    where gone_at is null and state_type not in ('closed', 'removed', 'merged');
create index ticket_open_priority_idx on otrs.ticket (priority_id desc, changed_at desc, id desc)
    where gone_at is null and state_type not in ('closed', 'removed', 'merged');

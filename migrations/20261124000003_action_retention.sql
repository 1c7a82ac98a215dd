create index action_over_idx on otrs.action (updated_at) where state in ('done', 'undone');
comment on index otrs.action_over_idx is 'Actions that are over go after 90 days; without it that would read all of them every minute.';

-- What people reported, with a copy of it as it was. Guilds, channels and messages may be gone: so no
-- foreign keys to these. Who reported, and who dealt with it, is forgotten with their account.
create table reports (
    id bigint primary key,
    reporter_id bigint references users on delete set null,
    user_id bigint,
    guild_id bigint,
    channel_id bigint,
    message_id bigint,
    reason text not null,
    text text,
    message jsonb,
    profile jsonb,
    action text not null default 'none',
    note text,
    resolved_at timestamptz,
    resolver_id bigint references users on delete set null
);
create index reports_by_reporter on reports (reporter_id, message_id);
create index reports_by_user on reports (user_id, id);
create index reports_by_resolver on reports (resolver_id) where resolver_id is not null;
create index reports_by_guild on reports (guild_id, (resolved_at is null), id);
create index reports_by_status on reports ((resolved_at is null), id);
create index reports_by_resolution on reports (resolved_at) where resolved_at is not null;

-- What those who run a guild did in it. No foreign key: a deleted guild's log follows in portions.
create table audit_log (
    id bigint primary key,
    guild_id bigint not null,
    action_type int not null,
    user_id bigint,
    target_id bigint,
    changes jsonb,
    options jsonb,
    reason text
);
create index audit_log_by_guild on audit_log (guild_id, id);
create index audit_log_by_user on audit_log (guild_id, user_id, id);
create index audit_log_by_target on audit_log (guild_id, target_id, id);
create index audit_log_by_action on audit_log (guild_id, action_type, id);
create index audit_log_by_user_and_action on audit_log (guild_id, user_id, action_type, id);

create table forsaken_guilds (
    id bigint primary key
);

-- Whose message it was and where, which a deleted message itself can no longer tell.
alter table message_history add column guild_id bigint;
alter table message_history add column author_id bigint;
update message_history
set
    guild_id = messages.guild_id,
    author_id = messages.author_id
from messages
where messages.channel_id = message_history.channel_id
    and messages.id = message_history.message_id;
create index message_history_deleted_of_guild on message_history (guild_id, message_id)
where kind = 'delete';
create index message_history_deleted_of_channel on message_history (channel_id, message_id)
where kind = 'delete';
create index message_history_by_author on message_history (author_id, message_id);

-- Who looked through deleted messages; a channel of 0 stands for the whole guild.
create table history_readings (
    guild_id bigint not null references guilds on delete cascade,
    day date not null,
    user_id bigint not null,
    channel_id bigint not null,
    times int not null default 1,
    last_at timestamptz not null,
    primary key (guild_id, day, user_id, channel_id)
);
create index history_readings_by_age on history_readings (day);

-- Many messages to be deleted in portions: the channels left, and the id reached in the first.
create table purges (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint not null,
    channel_id bigint,
    channel_ids bigint[] not null,
    newest bigint not null,
    oldest bigint not null,
    reached bigint not null,
    author_ids bigint[],
    contains text,
    pinned boolean not null,
    most int,
    looked bigint not null default 0,
    deleted int not null default 0,
    entry_id bigint,
    ended_at timestamptz
);
create index purges_under_way on purges (id) where ended_at is null;
create index purges_by_guild on purges (guild_id, id);
create index purges_by_end on purges (ended_at) where ended_at is not null;

-- Names as they are searched: by how they begin, whatever the case.
create index users_by_username on users ((lower(username) collate "C"));
create index users_by_global_name on users ((lower(global_name) collate "C"))
where global_name is not null;
create index members_by_nick on members (guild_id, (lower(nick) collate "C"))
where nick is not null;
create index members_by_joining on members (guild_id, joined_at, user_id);

-- How somebody came in, as far as it is known.
alter table members add column join_source_type int not null default 0;
alter table members add column source_invite_code text;
alter table members add column inviter_id bigint;

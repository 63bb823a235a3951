-- Who is in a private channel, and how each of them sees it. A direct message is closed to
-- somebody until there is something to see; `request` is Discord's consent status: 0 nobody asked,
-- 1 a stranger's messages await consent, 2 consent was given, 3 it was refused.
create table recipients (
    channel_id bigint not null references channels on delete cascade,
    user_id bigint not null references users on delete cascade,
    nick text,
    closed boolean not null default false,
    request int not null default 0 check (request between 0 and 3),
    requested_at timestamptz,
    joined_at timestamptz not null default clock_timestamp(),
    primary key (channel_id, user_id)
);
create index recipients_by_user on recipients (user_id);

-- Two people have one channel, however often and at the same time they ask for it.
create table direct_messages (
    lower_id bigint not null references users on delete cascade,
    higher_id bigint not null references users on delete cascade,
    channel_id bigint not null references channels on delete cascade,
    primary key (lower_id, higher_id),
    check (lower_id < higher_id)
);
create unique index direct_messages_by_channel on direct_messages (channel_id);

-- The owner of a group.
alter table channels add column owner_id bigint references users on delete set null;

-- A pair of people has a row for each side; type 0 is somebody ignored who is nothing else.
create table relationships (
    user_id bigint not null references users on delete cascade,
    other_id bigint not null references users on delete cascade,
    type int not null check (type between 0 and 4),
    nickname text,
    ignored boolean not null default false,
    stranger boolean not null default false,
    since timestamptz,
    primary key (user_id, other_id),
    check (user_id <> other_id),
    check (type <> 0 or ignored)
);
create index relationships_by_other on relationships (other_id);

-- Who may approach somebody; who said nothing has no row, and the defaults.
create table privacy (
    user_id bigint primary key references users on delete cascade,
    direct_messages_from text not null default 'guilds'
        check (direct_messages_from in ('everyone', 'guilds', 'friends')),
    message_requests boolean not null default true,
    default_guilds_restricted boolean not null default false,
    requests_from_everyone boolean not null default true,
    requests_from_mutual_friends boolean not null default true,
    requests_from_mutual_guilds boolean not null default true
);

-- Guilds whose members may not write to somebody for that alone.
create table restricted_guilds (
    user_id bigint not null references users on delete cascade,
    guild_id bigint not null references guilds on delete cascade,
    primary key (user_id, guild_id)
);
create index restricted_guilds_by_guild on restricted_guilds (guild_id);

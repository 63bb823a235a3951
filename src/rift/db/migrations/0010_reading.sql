-- Up to where somebody has read. Type 0 is a channel's messages, the others are Discord's features
-- of a guild or of the user. What is unread and who was called since is computed from this.
-- No foreign key to the user: ten thousand acks at once need not ask for them ten thousand times.
create sequence read_state_versions;
create table read_states (
    user_id bigint not null,
    type int not null check (type between 0 and 5),
    resource_id bigint not null,
    last_id bigint not null default 0,
    -- What a client counted when it marked a channel unread, and the id after which to count on.
    mention_count int not null default 0,
    counted_from bigint not null default 0,
    -- Own messages up to this id do not mark a channel read: somebody marked it unread after them.
    own_from bigint not null default 0,
    last_pin_timestamp timestamptz,
    last_viewed int,
    flags int,
    version bigint not null default nextval('read_state_versions'),
    primary key (user_id, type, resource_id)
);
create index read_states_counted on read_states (user_id, resource_id)
    where type = 0 and mention_count > 0;

-- One's own message marks a channel read. That is not written with the message: what is newer than
-- `said_until` is found among the messages themselves, what is older was gathered here.
create table last_said (
    user_id bigint not null references users on delete cascade,
    channel_id bigint not null,
    message_id bigint not null,
    primary key (user_id, channel_id)
);
create table reading_progress (
    said_until bigint not null
);
create index messages_by_time on messages using brin (id)
    with (pages_per_range = 16, autosummarize = on);
insert into last_said (user_id, channel_id, message_id)
select messages.author_id, messages.channel_id, max(messages.id)
from messages
join users on users.id = messages.author_id and not users.bot
group by messages.author_id, messages.channel_id;
insert into reading_progress (said_until)
select coalesce(max(id), 0)
from messages;
create view own_messages (user_id, channel_id, message_id) as
select user_id, channel_id, message_id
from last_said
union all
select author_id, channel_id, id
from messages
where id > (select said_until from reading_progress);

-- Who may have been called by name. The message itself says who was: it may have been changed or
-- deleted since, and nobody has to tidy up here for that.
create table user_mentions (
    user_id bigint not null,
    channel_id bigint not null,
    message_id bigint not null,
    primary key (user_id, channel_id, message_id)
);
create index user_mentions_by_time on user_mentions using brin (message_id)
    with (pages_per_range = 16, autosummarize = on);
insert into user_mentions (user_id, channel_id, message_id)
select called.id, messages.channel_id, messages.id
from messages
cross join unnest(messages.mentions) as called (id)
order by messages.id;

-- Calls of roles and of everyone, however many people they called. The guild stands first, so that
-- the channels of one's guilds in which anybody ever called are found without looking at the others.
create index messages_calling on messages (guild_id, channel_id, id)
    where mention_everyone or mention_roles <> '{}';

-- Mentions somebody took off their list.
create table dismissed_mentions (
    user_id bigint not null references users on delete cascade,
    message_id bigint not null,
    primary key (user_id, message_id)
);

-- How somebody wants to be notified of a guild, or without a guild of their private channels.
create table user_guild_settings (
    user_id bigint not null references users on delete cascade,
    guild_id bigint references guilds on delete cascade,
    flags int not null default 0,
    hide_muted_channels boolean not null default false,
    message_notifications int not null default 3 check (message_notifications between 0 and 3),
    mobile_push boolean not null default true,
    mute_scheduled_events boolean not null default false,
    muted boolean not null default false,
    mute_config jsonb,
    notify_highlights int not null default 0 check (notify_highlights between 0 and 2),
    suppress_everyone boolean not null default false,
    suppress_roles boolean not null default false,
    -- As clients receive it: a list of hundreds is read far more often than changed.
    channel_overrides json not null default '[]',
    version int not null default 0,
    unique nulls not distinct (user_id, guild_id)
);
create index user_guild_settings_by_guild on user_guild_settings (guild_id);

-- What foreign keys would do, had the tables above them.
create function forget_reader() returns trigger language plpgsql as $$
begin
    delete from read_states where user_id = old.id;
    delete from user_mentions where user_id = old.id;
    return null;
end
$$;
create trigger forget_reader after delete on users
    for each row execute function forget_reader();

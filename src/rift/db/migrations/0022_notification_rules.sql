-- What somebody wants of notifications everywhere: when to be left alone, and which words call them.
create table notification_settings (
    user_id bigint primary key references users on delete cascade,
    flags int not null default 0,
    quiet_hours jsonb,
    keywords text[] not null default '{}'
);
-- The words that call them in one guild, or in private channels.
alter table user_guild_settings add column keywords text[] not null default '{}';

-- Messages somebody wants to find again. The message may go, or be hidden from them: that is seen
-- when it is shown, so no foreign key to it.
create table saved_messages (
    user_id bigint not null references users on delete cascade,
    channel_id bigint not null,
    message_id bigint not null,
    guild_id bigint,
    saved_at timestamptz not null,
    notes text not null default '',
    primary key (user_id, channel_id, message_id)
);
create unique index saved_messages_by_time on saved_messages (user_id, saved_at);

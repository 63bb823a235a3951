-- What people say things with besides words: emojis, stickers and sounds of guilds. Applications have
-- emojis too. Their files are in the store, by the ids alone; a chore clears away those without a row.

create table emojis (
    id bigint primary key,
    guild_id bigint references guilds on delete cascade,
    application_id bigint references applications on delete cascade,
    user_id bigint references users on delete set null,
    name text not null,
    animated boolean not null,
    roles bigint[] not null default '{}',
    check (num_nonnulls(guild_id, application_id) = 1)
);
create index emojis_of_guild on emojis (guild_id) where guild_id is not null;
create unique index emojis_of_application on emojis (application_id, name)
    where application_id is not null;
create index emojis_by_user on emojis (user_id);

create table stickers (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint references users on delete set null,
    name text not null,
    description text,
    tags text not null,
    format_type int not null
);
create index stickers_of_guild on stickers (guild_id);
create index stickers_by_user on stickers (user_id);

create table sounds (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint references users on delete set null,
    name text not null,
    volume float8 not null,
    emoji_id bigint,
    emoji_name text
);
create index sounds_of_guild on sounds (guild_id);
create index sounds_by_user on sounds (user_id);

-- As they were when the message was sent: it still shows them when the guild has them no longer.
alter table messages add column sticker_items jsonb;

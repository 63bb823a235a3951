-- What a guild shows to those who come: a few words, and the channels to begin with.
create table welcome_screens (
    guild_id bigint primary key references guilds on delete cascade,
    description text,
    channels jsonb not null
);

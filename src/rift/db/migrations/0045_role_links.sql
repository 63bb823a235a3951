-- What somebody must be elsewhere to give themselves a role: ways to it, of each all that it takes.
create table role_links (
    role_id bigint primary key references roles on delete cascade,
    guild_id bigint not null references guilds on delete cascade,
    rules jsonb not null
);
create index role_links_of_guild on role_links (guild_id);

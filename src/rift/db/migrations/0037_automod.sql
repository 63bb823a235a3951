-- Rules by which guilds watch over what is said in them, and over the names of those who come.
create table automod_rules (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    creator_id bigint not null references users,
    name text not null,
    event_type int not null,
    trigger_type int not null,
    trigger_metadata jsonb not null,
    actions jsonb not null,
    enabled boolean not null,
    exempt_roles bigint[] not null default '{}',
    exempt_channels bigint[] not null default '{}'
);
create index automod_rules_by_guild on automod_rules (guild_id, id);
create index automod_rules_by_creator on automod_rules (creator_id);

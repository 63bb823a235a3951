-- Commands of applications, of everywhere or of one guild. `body` is what was registered; the
-- version is another one with every change.
create table commands (
    id bigint primary key,
    application_id bigint not null references applications on delete cascade,
    guild_id bigint references guilds on delete cascade,
    type int not null check (type between 1 and 3),
    name text not null,
    version bigint not null,
    body jsonb not null
);
create unique index commands_by_name
    on commands (application_id, coalesce(guild_id, 0), type, name);
create index commands_by_guild on commands (guild_id) where guild_id is not null;

-- How many were made on a day; for everywhere is guild 0.
create table command_creations (
    application_id bigint not null references applications on delete cascade,
    guild_id bigint not null,
    day date not null,
    count int not null,
    primary key (application_id, guild_id)
);

-- Who may use a command in a guild; under the application's own id, all of its commands.
create table command_permissions (
    guild_id bigint not null references guilds on delete cascade,
    application_id bigint not null references applications on delete cascade,
    id bigint not null,
    permissions jsonb not null,
    primary key (guild_id, application_id, id)
);
create index command_permissions_by_application on command_permissions (application_id);

-- Applications that came into a guild for their commands, with a bot or without one.
create table guild_applications (
    guild_id bigint not null references guilds on delete cascade,
    application_id bigint not null references applications on delete cascade,
    user_id bigint not null,
    primary key (guild_id, application_id)
);
create index guild_applications_by_application on guild_applications (application_id);

-- A bot that goes takes its application's commands along; both have the same id.
create function leave_guild_application() returns trigger language plpgsql as $$
begin
    delete from guild_applications
    where guild_id = old.guild_id and application_id = old.user_id;
    return null;
end
$$;
create trigger leave_guild_application after delete on members
    for each row execute function leave_guild_application();

-- Applications that somebody takes with them, wherever they write.
create table user_applications (
    user_id bigint not null references users on delete cascade,
    application_id bigint not null references applications on delete cascade,
    primary key (user_id, application_id)
);
create index user_applications_by_application on user_applications (application_id);

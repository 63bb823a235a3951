-- What an application may say of a user: up to five facts, each with how it is compared.
create table role_connection_metadata (
    application_id bigint not null references applications on delete cascade,
    key text not null,
    place int not null,
    type int not null,
    name text not null,
    name_localizations jsonb,
    description text not null,
    description_localizations jsonb,
    primary key (application_id, key)
);

-- What it said, with the user's consent.
create table role_connections (
    user_id bigint not null references users on delete cascade,
    application_id bigint not null references applications on delete cascade,
    platform_name text,
    platform_username text,
    metadata jsonb not null,
    primary key (user_id, application_id)
);
create index role_connections_by_application on role_connections (application_id);

-- Of secrets, codes and tokens only hashes are kept; they are random enough to need no salt.
alter table applications add column secret_hash bytea;

-- What somebody consented to once; all that came of it ends with it.
create table oauth2_grants (
    id bigint primary key,
    application_id bigint not null references applications on delete cascade,
    user_id bigint not null references users on delete cascade,
    scopes text[] not null,
    guild_id bigint,
    redirect_uri text,
    challenge text,
    challenge_method text check (challenge_method in ('S256', 'plain')),
    expires_at timestamptz not null
);
create index oauth2_grants_by_user on oauth2_grants (user_id);
create index oauth2_grants_by_application on oauth2_grants (application_id);
create index oauth2_grants_by_expiry on oauth2_grants (expires_at);

-- What is spent stays until the grant ends: whoever brings it again is not to be trusted.
create table oauth2_tokens (
    hash bytea primary key,
    grant_id bigint not null references oauth2_grants on delete cascade,
    kind text not null check (kind in ('code', 'access', 'refresh')),
    expires_at timestamptz not null,
    spent_at timestamptz
);
create index oauth2_tokens_by_grant on oauth2_tokens (grant_id);

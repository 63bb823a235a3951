-- Second factors, the short tickets between their steps, and tokens that are refreshed.

-- What tells this instance from every other; its tokens name it.
insert into instance (key, value)
values ('id', to_jsonb(gen_random_uuid()::text));

-- A session of the simple door has no token that lasts.
alter table sessions alter column token_hash drop not null;

create index refresh_tokens_by_end on refresh_tokens (expires_at);

-- Of a TOTP: the time step whose code was taken last; no code is taken twice.
alter table factors add column last_step int;
create unique index factors_totp on factors (user_id) where kind = 'totp';
create unique index factors_backup_code on factors (user_id, secret) where kind = 'backup_code';

-- The rest of a factor of kind 'passkey', whose secret is the public key.
create table passkeys (
    id bigint primary key references factors on delete cascade,
    credential_id bytea not null unique,
    site text not null,
    name text not null,
    sign_count bigint not null,
    transports text[] not null
);

create table tickets (
    hash bytea primary key,
    purpose text not null,
    user_id bigint references users on delete cascade,
    session_id bigint references sessions on delete cascade,
    challenge bytea,
    instance_id text,
    undelete boolean not null default false,
    tries int not null default 0,
    expires_at timestamptz not null
);
create index tickets_by_user on tickets (user_id);
create index tickets_by_session on tickets (session_id);
create index tickets_by_end on tickets (expires_at);

-- What points to a thief; shown to whose account it is.
create table incidents (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    kind text not null check (kind in ('refresh_token_reused', 'passkey_copied')),
    client text not null,
    happened_at timestamptz not null
);
create index incidents_by_user on incidents (user_id);

-- An address counts once its owner has shown that it is theirs; one that waits for that stands apart.
alter table users add column verified boolean not null default false;
alter table users add column pending_email text;

-- Barred is who was disabled by the instance's owner, and does not come back by logging in.
alter table users add column barred boolean not null default false;
update users set barred = true where disabled and not bot;
alter table users add column leaves_at timestamptz;
alter table users add column owned_guilds text not null default 'transfer'
    check (owned_guilds in ('transfer', 'delete'));
alter table users add column deleted boolean not null default false;
create index users_by_leaving on users (leaves_at) where leaves_at is not null;

-- Like an invite, a code is made to be handed round; it lets nobody into what is somebody's.
create table registration_codes (
    code text primary key,
    creator_id bigint references users on delete set null,
    note text not null default '',
    max_uses int not null,
    uses int not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz
);
create index registration_codes_by_expiry on registration_codes (expires_at)
    where expires_at is not null;

-- Mail that is to be sent. No secret stands here: tokens are made when a letter is written.
-- Without a user it is a letter to nobody, which took as long to ask for as one to somebody.
create table mails (
    id bigint primary key,
    user_id bigint references users on delete cascade,
    kind text not null,
    address text,
    attempts int not null default 0,
    asked_at timestamptz not null,
    due_at timestamptz not null
);
create index mails_by_due on mails (due_at);
create index mails_by_user on mails (user_id);

create table mailed_tokens (
    hash bytea primary key,
    user_id bigint not null references users on delete cascade,
    kind text not null check (kind in ('verify', 'reset')),
    address text not null,
    expires_at timestamptz not null
);
create index mailed_tokens_by_user on mailed_tokens (user_id);
create index mailed_tokens_by_expiry on mailed_tokens (expires_at);

-- Status as the documentation of user clients counts it: queued, running, failed, completed.
create table harvests (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    status int not null default 0 check (status between 0 and 3),
    wanted text[] not null,
    done text[] not null default '{}',
    scanned bigint not null default 0,
    size_bytes bigint not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    completed_at timestamptz,
    expires_at timestamptz
);
create unique index harvests_under_way on harvests (user_id) where status < 2;
create index harvests_by_user on harvests (user_id, id);

-- What a guild wants to know or to have agreed to before somebody may speak in it.
create table member_verifications (
    guild_id bigint primary key references guilds on delete cascade,
    version timestamptz not null,
    description text,
    form_fields jsonb not null
);

-- How far somebody is with it; of each person the newest, which stays when it was decided.
create table join_requests (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint not null references users on delete cascade,
    status text not null check (status in ('STARTED', 'SUBMITTED', 'REJECTED', 'APPROVED')),
    created_at timestamptz not null,
    form_responses jsonb,
    rejection_reason text,
    reviewed_at timestamptz,
    reviewer_id bigint references users on delete set null,
    unique (guild_id, user_id)
);
create index join_requests_by_status on join_requests (guild_id, status, id);
create index join_requests_by_user on join_requests (user_id);
create index join_requests_by_review on join_requests (reviewed_at);

-- What a guild shows of itself on other people's pages.
alter table guilds add column widget_enabled boolean not null default false;
alter table guilds add column widget_channel_id bigint;

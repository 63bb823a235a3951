-- Guilds as patterns for others: what one consisted of when its template was last brought up to
-- date, without anybody and anything that was said there.
create table templates (
    code text primary key,
    guild_id bigint not null unique references guilds on delete cascade,
    creator_id bigint not null references users,
    name text not null,
    description text,
    usage_count int not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    snapshot jsonb not null
);
create index templates_by_creator on templates (creator_id);

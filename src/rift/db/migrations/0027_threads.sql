-- A thread is a channel below another one. What only threads have stands here; the many that nobody
-- looks at any more are archived, and only the others are kept in memory.
create table threads (
    channel_id bigint primary key references channels on delete cascade,
    guild_id bigint not null references guilds on delete cascade,
    parent_id bigint not null,
    archived boolean not null default false,
    archive_timestamp timestamptz not null,
    auto_archive_duration int not null,
    locked boolean not null default false,
    invitable boolean,
    create_timestamp timestamptz not null,
    message_count int not null default 0,
    total_message_sent int not null default 0,
    applied_tags bigint[] not null default '{}',
    -- Not before this moment has it been quiet for so long that it is to be archived.
    awake_until timestamptz not null
);
create index threads_active on threads (guild_id) where not archived;
create index threads_awake on threads (awake_until) where not archived;
create index threads_by_parent on threads (parent_id, archive_timestamp desc);

create table thread_members (
    thread_id bigint not null references threads on delete cascade,
    user_id bigint not null references users on delete cascade,
    join_timestamp timestamptz not null,
    flags int not null default 0,
    muted boolean not null default false,
    mute_config jsonb,
    primary key (thread_id, user_id)
);
create index thread_members_by_user on thread_members (user_id);

alter table channels add column default_thread_rate_limit_per_user int;

-- Who is no member of a guild is in none of its threads, in whatever way they left.
create function leave_threads() returns trigger language plpgsql as $$
begin
    delete from thread_members
    using threads
    where thread_members.user_id = old.user_id
        and threads.channel_id = thread_members.thread_id
        and threads.guild_id = old.guild_id;
    return null;
end
$$;
create trigger leave_threads after delete on members
for each row execute function leave_threads();

-- What is deleted is no longer counted; what is said is counted as it is stored.
create function count_deleted_in_threads() returns trigger language plpgsql as $$
begin
    update threads
    set message_count = greatest(0, message_count - fewer.count)
    from (
        select channel_id, count(*)::int as count
        from gone
        where id <> channel_id and type <> 21
        group by channel_id
    ) as fewer
    where threads.channel_id = fewer.channel_id;
    return null;
end
$$;
create trigger count_deleted_in_threads after delete on messages
referencing old table as gone
for each statement execute function count_deleted_in_threads();

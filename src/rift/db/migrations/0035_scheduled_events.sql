-- What a guild plans: in a stage, in a voice channel or elsewhere. Those that are over stay for a
-- while, so that who asks for one learns how it ended.
create table scheduled_events (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    channel_id bigint references channels on delete cascade,
    creator_id bigint references users on delete set null,
    name text not null,
    description text,
    image text,
    scheduled_start_time timestamptz not null,
    scheduled_end_time timestamptz,
    status int not null default 1,
    entity_type int not null,
    entity_id bigint,
    location text,
    recurrence_rule jsonb,
    due_at timestamptz,
    ended_at timestamptz
);
create index scheduled_events_of_guild on scheduled_events (guild_id);
create index scheduled_events_in_channel on scheduled_events (channel_id);
create index scheduled_events_by_creator on scheduled_events (creator_id);
create index scheduled_events_due on scheduled_events (due_at) where due_at is not null;
create index scheduled_events_ended on scheduled_events (ended_at) where ended_at is not null;

-- An occurrence that is otherwise than the rule says; its id is the moment it would have begun.
create table scheduled_event_exceptions (
    event_id bigint not null references scheduled_events on delete cascade,
    id bigint not null,
    scheduled_start_time timestamptz,
    scheduled_end_time timestamptz,
    is_canceled boolean not null,
    primary key (event_id, id)
);

-- Who wants to come: to the event, or (not 0) to one of its occurrences otherwise than to the rest.
create table scheduled_event_users (
    event_id bigint not null references scheduled_events on delete cascade,
    exception_id bigint not null,
    user_id bigint not null references users on delete cascade,
    response int not null,
    primary key (event_id, exception_id, user_id)
);
create index scheduled_event_users_by_user on scheduled_event_users (user_id);

create trigger loosen_changed after update of image on scheduled_events
    for each row
    when (old.image is distinct from new.image)
    execute function loosen_images('guild-events', 'image');
create trigger loosen_deleted after delete on scheduled_events
    for each row
    when (old.image is not null)
    execute function loosen_images('guild-events', 'image');

-- Who is in which voice channel, and by which gateway session. A session lives in one process;
-- what is left of a process that is gone is swept out by another one.
create table voice_states (
    guild_id bigint not null,
    user_id bigint not null,
    channel_id bigint not null references channels on delete cascade,
    session_id text not null,
    process int not null,
    self_mute boolean not null,
    self_deaf boolean not null,
    self_video boolean not null,
    suppress boolean not null,
    request_to_speak_timestamp timestamptz,
    primary key (guild_id, user_id),
    foreign key (guild_id, user_id) references members on delete cascade
);
create index voice_states_of_user on voice_states (user_id);
create index voice_states_in_channel on voice_states (channel_id);
create index voice_states_of_session on voice_states (session_id);

-- What is so of a voice channel while somebody is in it.
create table voice_rooms (
    channel_id bigint primary key references channels on delete cascade,
    guild_id bigint not null references guilds on delete cascade,
    status text,
    started_at timestamptz
);
create index voice_rooms_of_guild on voice_rooms (guild_id);

-- What goes on in a stage channel.
create table stage_instances (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    channel_id bigint not null unique references channels on delete cascade,
    topic text not null,
    privacy_level int not null,
    guild_scheduled_event_id bigint references scheduled_events on delete set null
);
create index stage_instances_of_guild on stage_instances (guild_id);
create index stage_instances_of_event on stage_instances (guild_scheduled_event_id);

-- What a guild asks those who come, and the channels they are shown from the beginning.
create table onboardings (
    guild_id bigint primary key references guilds on delete cascade,
    mode int not null default 0,
    default_channel_ids bigint[] not null default '{}',
    prompts jsonb not null default '[]'
);

-- What a member chose of it; who leaves and comes back is asked again.
create table onboarding_responses (
    guild_id bigint not null,
    user_id bigint not null,
    responses bigint[] not null,
    prompts_seen jsonb not null,
    responses_seen jsonb not null,
    primary key (guild_id, user_id),
    foreign key (guild_id, user_id) references members on delete cascade
);

-- What a guild tells its new members: a greeting, things to do first, and channels to read.
create table server_guides (
    guild_id bigint primary key references guilds on delete cascade,
    welcome_message jsonb,
    new_member_actions jsonb not null,
    resource_channels jsonb not null
);

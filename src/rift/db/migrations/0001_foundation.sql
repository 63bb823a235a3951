-- Bigint means an id or a permission set; small numbers are int.
-- Everything of a message is keyed by (channel_id, ...), so that it can be distributed by channel.

create table instance (
    key text primary key,
    value jsonb not null
);

create table users (
    id bigint primary key,
    username text not null,
    discriminator text not null default '0',
    global_name text,
    avatar text,
    banner text,
    accent_color int,
    bio text not null default '',
    bot boolean not null default false,
    flags int not null default 0,
    locale text not null default 'en-US',
    email text,
    instance_owner boolean not null default false,
    disabled boolean not null default false
);
create unique index users_by_name on users (lower(username), discriminator);
create unique index users_by_email on users (lower(email)) where email is not null;

create table factors (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    kind text not null check (kind in ('password', 'totp', 'backup_code', 'passkey')),
    secret text not null,
    created_at timestamptz not null default now(),
    used_at timestamptz
);
create unique index factors_password on factors (user_id) where kind = 'password';
create index factors_by_user on factors (user_id);

create table sessions (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    kind text not null check (kind in ('user', 'bot')),
    token_hash bytea not null unique,
    client text not null default '',
    created_at timestamptz not null default now(),
    used_at timestamptz not null default now(),
    expires_at timestamptz
);
create index sessions_by_user on sessions (user_id);

create table refresh_tokens (
    hash bytea primary key,
    session_id bigint not null references sessions on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    spent_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);

create table applications (
    id bigint primary key,
    owner_id bigint not null references users on delete cascade,
    bot_id bigint references users,
    name text not null,
    description text not null default '',
    icon text,
    flags int not null default 0,
    bot_public boolean not null default true,
    bot_require_code_grant boolean not null default false,
    verify_key text not null,
    redirect_uris text[] not null default '{}',
    tags text[] not null default '{}',
    terms_of_service_url text,
    privacy_policy_url text,
    custom_install_url text,
    interactions_endpoint_url text,
    role_connections_verification_url text,
    install_params jsonb
);
create index applications_by_owner on applications (owner_id);
create unique index applications_by_bot on applications (bot_id) where bot_id is not null;

create table guilds (
    id bigint primary key,
    owner_id bigint not null references users,
    name text not null,
    icon text,
    splash text,
    discovery_splash text,
    banner text,
    description text,
    region text not null default 'local',
    afk_channel_id bigint,
    afk_timeout int not null default 300,
    verification_level int not null default 0,
    default_message_notifications int not null default 0,
    explicit_content_filter int not null default 0,
    mfa_level int not null default 0,
    nsfw_level int not null default 0,
    system_channel_id bigint,
    system_channel_flags int not null default 0,
    rules_channel_id bigint,
    public_updates_channel_id bigint,
    safety_alerts_channel_id bigint,
    preferred_locale text not null default 'en-US',
    premium_progress_bar_enabled boolean not null default false,
    features text[] not null default '{}',
    revision bigint not null default 0
);
create index guilds_by_owner on guilds (owner_id);

create table roles (
    id bigint primary key,
    guild_id bigint not null references guilds on delete cascade,
    name text not null,
    color int not null default 0,
    hoist boolean not null default false,
    icon text,
    unicode_emoji text,
    position int not null,
    permissions bigint not null,
    managed boolean not null default false,
    mentionable boolean not null default false,
    flags int not null default 0,
    tags jsonb
);
create index roles_by_guild on roles (guild_id);

create table channels (
    id bigint primary key,
    guild_id bigint references guilds on delete cascade,
    type int not null,
    name text,
    topic text,
    position int not null default 0,
    parent_id bigint,
    nsfw boolean not null default false,
    rate_limit_per_user int not null default 0,
    bitrate int,
    user_limit int,
    rtc_region text,
    video_quality_mode int,
    default_auto_archive_duration int,
    flags int not null default 0,
    last_pin_timestamp timestamptz
);
create index channels_by_guild on channels (guild_id);

create table overwrites (
    channel_id bigint not null references channels on delete cascade,
    id bigint not null,
    type int not null,
    allow bigint not null default 0,
    deny bigint not null default 0,
    primary key (channel_id, id)
);

create table members (
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint not null references users on delete cascade,
    nick text,
    avatar text,
    banner text,
    roles bigint[] not null default '{}',
    joined_at timestamptz not null default now(),
    premium_since timestamptz,
    deaf boolean not null default false,
    mute boolean not null default false,
    flags int not null default 0,
    pending boolean not null default false,
    communication_disabled_until timestamptz,
    primary key (guild_id, user_id)
);
create index members_by_user on members (user_id);

create table bans (
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint not null references users on delete cascade,
    reason text,
    banned_at timestamptz not null default now(),
    primary key (guild_id, user_id)
);

create table invites (
    code text primary key,
    guild_id bigint not null references guilds on delete cascade,
    channel_id bigint not null references channels on delete cascade,
    inviter_id bigint references users on delete set null,
    max_age int not null,
    max_uses int not null,
    uses int not null default 0,
    temporary boolean not null default false,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    flags int not null default 0
);
create index invites_by_guild on invites (guild_id);
create index invites_by_channel on invites (channel_id);

-- No foreign keys here: a message's way must not wait for the rows it points at.
create table messages (
    channel_id bigint not null,
    id bigint not null,
    guild_id bigint,
    author_id bigint not null,
    type int not null default 0,
    flags int not null default 0,
    content text not null default '',
    tts boolean not null default false,
    mention_everyone boolean not null default false,
    mentions bigint[] not null default '{}',
    mention_roles bigint[] not null default '{}',
    embeds jsonb,
    components jsonb,
    reference jsonb,
    application_id bigint,
    edited_timestamp timestamptz,
    pinned_at timestamptz,
    reacted boolean not null default false,
    primary key (channel_id, id)
);
create index messages_pinned on messages (channel_id, pinned_at) where pinned_at is not null;

create table message_history (
    channel_id bigint not null,
    message_id bigint not null,
    changed_at timestamptz not null default clock_timestamp(),
    changed_by bigint not null,
    kind text not null check (kind in ('edit', 'delete')),
    content text not null,
    embeds jsonb,
    primary key (channel_id, message_id, changed_at)
);
create index message_history_by_age on message_history (changed_at);

create table nonces (
    channel_id bigint not null,
    author_id bigint not null,
    nonce text not null,
    message_id bigint not null,
    primary key (channel_id, author_id, nonce)
);
create index nonces_by_age on nonces (message_id);

create table reactions (
    channel_id bigint not null,
    message_id bigint not null,
    emoji text not null,
    user_id bigint not null,
    reacted_at timestamptz not null default clock_timestamp(),
    primary key (channel_id, message_id, emoji, user_id)
);

create table outbox (
    id bigint generated always as identity primary key,
    xact xid8 not null default pg_current_xact_id(),
    event text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
);
create index outbox_in_order on outbox (xact, id);

create table outlet_cursors (
    outlet text primary key,
    xact xid8 not null,
    id bigint not null
);

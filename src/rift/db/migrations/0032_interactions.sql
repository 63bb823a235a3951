-- What somebody set off at an application, until a day after nothing can be said to it any more. Of
-- the token only a hash is kept. `callback` is how it was answered, 0 where nobody did in time.
create table interactions (
    id bigint primary key,
    token_hash bytea not null unique,
    application_id bigint not null references applications on delete cascade,
    user_id bigint not null references users on delete cascade,
    guild_id bigint,
    channel_id bigint not null,
    type int not null,
    nonce text,
    session_id text not null default '',
    message_id bigint,
    origin jsonb not null,
    attachments jsonb,
    modal jsonb,
    callback int,
    response_id bigint,
    created_at timestamptz not null
);
create index interactions_by_age on interactions (created_at);
create index interactions_by_application on interactions (application_id);
create index interactions_by_user on interactions (user_id);
create index interactions_by_attachments on interactions using gin (attachments jsonb_path_ops);

-- Messages that only one person is shown: they are in no channel, and go with their interaction.
create table ephemeral_messages (
    id bigint primary key,
    interaction_id bigint not null references interactions on delete cascade,
    user_id bigint not null references users on delete cascade,
    channel_id bigint not null,
    message jsonb not null,
    attachments jsonb
);
create index ephemeral_messages_by_interaction on ephemeral_messages (interaction_id);
create index ephemeral_messages_by_user on ephemeral_messages (user_id);
create index ephemeral_messages_by_attachments
    on ephemeral_messages using gin (attachments jsonb_path_ops);

-- What a message came of.
alter table messages add column interaction jsonb;

-- What writes in a channel without being anybody. So far those that follow a channel; a source
-- has no foreign key: an outlet tells those who follow, in portions, when it is gone.
create table webhooks (
    id bigint primary key,
    type int not null,
    guild_id bigint not null references guilds on delete cascade,
    channel_id bigint not null references channels on delete cascade,
    user_id bigint,
    name text not null,
    avatar text,
    source_guild_id bigint,
    source_channel_id bigint,
    check ((type = 2) = (source_channel_id is not null and source_guild_id is not null))
);
create unique index webhooks_by_channel on webhooks (channel_id, source_channel_id);
create index webhooks_by_guild on webhooks (guild_id);
create index webhooks_by_source on webhooks (source_channel_id, id);
create index webhooks_by_source_guild on webhooks (source_guild_id, id);

-- The name and avatar that a message of a webhook was written with; its author is the webhook.
alter table messages add column persona jsonb;
alter table message_history add column persona jsonb;

-- The messages of announcement channels that were published, and whether all followers have them.
create table publications (
    channel_id bigint not null,
    message_id bigint not null,
    id bigint not null,
    delivered boolean not null default false,
    primary key (channel_id, message_id)
);
create index publications_by_age on publications (channel_id, id);

-- Which message a follower has of a published one: one, however often it is delivered.
create table copies (
    source_channel_id bigint not null,
    source_id bigint not null,
    webhook_id bigint not null,
    channel_id bigint not null,
    message_id bigint not null,
    primary key (source_channel_id, source_id, webhook_id)
);
create index copies_by_channel on copies (channel_id, message_id);

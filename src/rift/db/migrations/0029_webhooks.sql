-- Webhooks that others write through by a token. The token is sealed: the database cannot read it,
-- and the server can, because whoever manages a webhook is shown its address again.
alter table webhooks
    add column application_id bigint references applications on delete set null,
    add column token text,
    add check ((type = 1) = (token is not null));
create index webhooks_by_application on webhooks (application_id) where application_id is not null;

-- The pictures by which messages of webhooks were signed, by the address each was named by. They
-- are fetched when somebody looks, and kept among the images of previews.
create table webhook_faces (
    webhook_id bigint not null,
    hash text not null,
    guild_id bigint not null references guilds on delete cascade,
    url text not null,
    tried_at timestamptz,
    primary key (webhook_id, hash)
);
create index webhook_faces_by_guild on webhook_faces (guild_id);

-- What was found behind links, by a hash of the URL; null where there was nothing to show.
create table link_previews (
    hash text primary key,
    embed jsonb,
    expires_at timestamptz not null
);
create index link_previews_by_expiry on link_previews (expires_at);

-- Images of previews. The row stays, since messages show its token; the file at previews/{token} may
-- be removed to save space, and is fetched again when somebody asks for it: then fetched_at is null,
-- and tried_at says when that was tried last.
create table link_images (
    token text primary key,
    url text not null,
    hash text not null unique,
    size bigint not null,
    media jsonb not null,
    fetched_at timestamptz,
    tried_at timestamptz
);
create index link_images_by_age on link_images (fetched_at) where fetched_at is not null;

-- Messages with links that are to be looked at. Another change of the message while somebody does
-- counts the version up, so that it is looked at once more.
create table link_errands (
    channel_id bigint not null,
    message_id bigint not null,
    author_id bigint not null,
    version int not null default 0,
    noted_at timestamptz not null default now(),
    primary key (channel_id, message_id)
);
create index link_errands_by_author on link_errands (author_id, noted_at);
create index link_errands_by_time on link_errands (noted_at);

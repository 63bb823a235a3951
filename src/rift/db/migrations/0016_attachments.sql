-- What a message carries, but for the addresses, which are made when it is read: null where nothing.
alter table messages add column attachments jsonb;
alter table message_history add column attachments jsonb;

-- Every file that was taken in for a message. The row is there before the bytes are; the file lies
-- at attachments/{channel_id}/{id}. Who takes it into a message holds the row by a use's foreign key,
-- and who throws it away deletes the row, so that one of the two comes too late.
create table attachments (
    id bigint primary key,
    channel_id bigint not null,
    user_id bigint not null,
    taken_at timestamptz not null default now()
);
create index attachments_by_user on attachments (user_id);

-- Where an attachment was shown at any time. Nothing is deleted here when a message is: whether one
-- still shows it is seen by looking at the message.
create table attachment_uses (
    attachment_id bigint not null references attachments on delete cascade,
    channel_id bigint not null,
    message_id bigint not null,
    primary key (attachment_id, channel_id, message_id)
);

-- Files that are sent ahead of their message, in as many pieces as it takes. What is known of them
-- stands in `kept` once they are whole.
create table uploads (
    id bigint primary key references attachments on delete cascade,
    channel_id bigint not null,
    user_id bigint not null,
    name text not null unique,
    filename text not null,
    file_size bigint not null,
    is_clip boolean not null default false,
    kept jsonb
);
create index uploads_by_user on uploads (user_id);

-- Videos that wait for a preview which every browser plays.
create table preview_jobs (
    attachment_id bigint primary key references attachments on delete cascade,
    channel_id bigint not null,
    message_id bigint not null,
    tries int not null default 0,
    due_at timestamptz not null default now()
);
create index preview_jobs_by_time on preview_jobs (due_at);

-- Files nobody shows any more, until the store has forgotten them as well.
create table forsaken_files (
    key text primary key
);

-- The largest file that members with this role may send; null says nothing of it.
alter table roles add column upload_bytes bigint;

-- Messages to be sent later. `due_at` is when the next try is: `send_at` first. One that could not be
-- sent stays, with the reason, for its author to see. The row goes in the transaction that stores the
-- message, so that there is always exactly one of the two. No foreign key to the channel: that it is
-- gone is a reason like others.
create table scheduled_messages (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    channel_id bigint not null,
    guild_id bigint,
    body jsonb not null,
    attachments jsonb,
    send_at timestamptz not null,
    due_at timestamptz not null,
    version int not null default 0,
    error_code int,
    error_message text
);
create index scheduled_messages_by_user on scheduled_messages (user_id, send_at, id);
create index scheduled_messages_by_time on scheduled_messages (due_at) where error_code is null;

-- What keeps the files of these from being thrown away.
create table scheduled_files (
    attachment_id bigint primary key references attachments on delete cascade,
    scheduled_message_id bigint not null references scheduled_messages on delete cascade
);
create index scheduled_files_by_message on scheduled_files (scheduled_message_id);

-- Polls: what is asked stands with the message, and until when it may be answered; who ends it sets
-- that to null, so that it ends once.
alter table messages
    add column poll jsonb,
    add column poll_ends_at timestamptz;
create index messages_by_end_of_poll on messages (poll_ends_at) where poll_ends_at is not null;

create table poll_votes (
    channel_id bigint not null,
    message_id bigint not null,
    answer_id int not null,
    user_id bigint not null,
    primary key (channel_id, message_id, answer_id, user_id)
);

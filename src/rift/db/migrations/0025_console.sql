-- What those who own the instance did to it and to its accounts. No foreign keys: it outlives both.
create table instance_log (
    id bigint primary key,
    user_id bigint not null,
    action text not null,
    target_id bigint,
    details jsonb
);
create index instance_log_by_user on instance_log (user_id);

-- How much room a file takes, once a message shows it.
alter table attachments add column size bigint not null default 0;
update attachments
set size = (shown.file ->> 'size')::bigint
from messages
cross join lateral jsonb_array_elements(messages.attachments) as shown (file)
where messages.attachments is not null
    and attachments.id = (shown.file ->> 'id')::bigint;

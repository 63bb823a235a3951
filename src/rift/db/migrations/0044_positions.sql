-- Where in its thread a message stands: how many were said there, itself included. What the thread
-- began with comes before the first of them.
alter table messages add column position int;

update messages
set position = counted.position
from (
    select
        messages.channel_id, messages.id,
        count(*) filter (where messages.id <> messages.channel_id and messages.type <> 21)
            over (partition by messages.channel_id order by messages.id) as position
    from messages
    join threads on threads.channel_id = messages.channel_id
) as counted
where messages.channel_id = counted.channel_id and messages.id = counted.id;

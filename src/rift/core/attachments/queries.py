"""The SQL of attachments."""

from typing import Final

TAKE: Final = """
insert into attachments (id, channel_id, user_id)
values ($1, $2, $3)
"""

TOUCH: Final = """
update attachments
set taken_at = now()
where id = $1
"""

# Their bytes are forgotten by whoever clears up.
FORSAKE: Final = """
with gone as (
    delete from attachments
    where id = any($1)
    returning id, channel_id
)
insert into forsaken_files (key)
select unnest(array[
    'attachments/' || gone.channel_id || '/' || gone.id,
    'parts/' || gone.id,
    'renditions/' || gone.channel_id || '/' || gone.id || '.webm'
])
from gone
on conflict do nothing
"""

USE: Final = """
with weighed as (
    update attachments
    set size = given.size
    from unnest($3::bigint[], $4::bigint[]) as given (id, size)
    where attachments.id = given.id and attachments.size <> given.size
)
insert into attachment_uses (attachment_id, channel_id, message_id)
select unnest($3::bigint[]), $1::bigint, $2::bigint
on conflict do nothing
"""

PLACES: Final = """
select id, channel_id
from attachments
where id = any($1)
for key share
"""

OF_MESSAGE: Final = """
select attachments
from messages
where channel_id = $1 and id = $2
"""

AUTHOR: Final = """
select author_id
from messages
where channel_id = $1 and id = $2
"""

ANNOUNCE: Final = """
insert into uploads (id, channel_id, user_id, name, filename, file_size, is_clip)
values ($1, $2, $3, $4, $5, $6, $7)
"""

UPLOAD: Final = """
select id, channel_id, filename, file_size, is_clip, kept
from uploads
where id = $1
"""

FINISH: Final = """
update uploads
set kept = $2
where id = $1
"""

WAITING: Final = """
select count(*)::int as count
from uploads
where user_id = $1
"""

# Each is good for one message.
REDEEM: Final = """
delete from uploads
where name = $1 and channel_id = $2 and user_id = $3 and kept is not null
returning kept
"""

OWN_UPLOAD: Final = """
select id
from uploads
where name = $1 and user_id = $2
for update
"""

# What shows a file now: a message, one that carries it on, what one said after $2, or one that is
# still to be sent.
_SHOWN: Final = """
    exists (
        select from scheduled_files
        where scheduled_files.attachment_id = attachments.id
    ) or exists (
        select from ephemeral_messages
        where ephemeral_messages.attachments @> jsonb_build_array(
            jsonb_build_object('id', attachments.id::text)
        )
    ) or exists (
        select from interactions
        where interactions.attachments @> jsonb_build_array(
            jsonb_build_object('id', attachments.id::text)
        )
    ) or exists (
        select from attachment_uses
        join messages on messages.channel_id = attachment_uses.channel_id
            and messages.id = attachment_uses.message_id
        where attachment_uses.attachment_id = attachments.id
            and (
                messages.attachments @> jsonb_build_array(
                    jsonb_build_object('id', attachments.id::text)
                )
                or messages.reference @> jsonb_build_object('snapshots', jsonb_build_array(
                    jsonb_build_object('message', jsonb_build_object(
                        'attachments', jsonb_build_array(
                            jsonb_build_object('id', attachments.id::text)
                        )
                    ))
                ))
            )
    ) or exists (
        select from attachment_uses
        join message_history on message_history.channel_id = attachment_uses.channel_id
            and message_history.message_id = attachment_uses.message_id
        where attachment_uses.attachment_id = attachments.id
            and message_history.changed_at > $2
            and message_history.attachments @> jsonb_build_array(
                jsonb_build_object('id', attachments.id::text)
            )
    )
"""

PORTION: Final = (
    """
select id, (
"""
    + _SHOWN
    + """
) as shown
from attachments
where id > $1 and taken_at < $3
order by id
limit $4
"""
)

HOLD: Final = """
select id
from attachments
where id = any($1)
order by id
for update
"""

STILL_SHOWN: Final = (
    """
select id
from attachments
where id = any($1) and (
"""
    + _SHOWN
    + """
)
"""
)

ORDER_PREVIEWS: Final = """
insert into preview_jobs (attachment_id, channel_id, message_id)
select unnest($1::bigint[]), $2::bigint, $3::bigint
on conflict do nothing
"""

# Whoever dies over it finds it again a little later, and not for ever.
NEXT_PREVIEW: Final = """
update preview_jobs
set tries = tries + 1, due_at = now() + interval '1 minute'
where attachment_id in (
    select attachment_id
    from preview_jobs
    where due_at <= now()
    order by due_at
    limit 1
    for update skip locked
)
returning attachment_id, tries, (
    select channel_id
    from attachments
    where attachments.id = attachment_id
) as place
"""

NEXT_PREVIEW_DUE: Final = """
select min(due_at) as due_at
from preview_jobs
"""

PREVIEW_DONE: Final = """
delete from preview_jobs
where attachment_id = $1
"""

FORSAKEN: Final = """
select key
from forsaken_files
limit $1
for update skip locked
"""

FORGET: Final = """
delete from forsaken_files
where key = any($1)
"""

# Where files are shown: the channels whose readers may have them.
SHOWN_IN: Final = """
select distinct
    attachments.id,
    attachments.channel_id as place,
    messages.channel_id,
    coalesce(
        jsonb_path_query_first(
            messages.attachments,
            '$[*] ? (@.id == $id)',
            jsonb_build_object('id', attachments.id::text)
        ),
        jsonb_path_query_first(
            messages.reference,
            '$.snapshots[*].message.attachments[*] ? (@.id == $id)',
            jsonb_build_object('id', attachments.id::text)
        )
    )->>'filename' as filename
from attachments
join attachment_uses on attachment_uses.attachment_id = attachments.id
join messages on messages.channel_id = attachment_uses.channel_id
    and messages.id = attachment_uses.message_id
where attachments.id = any($1)
    and (
        messages.attachments @> jsonb_build_array(jsonb_build_object('id', attachments.id::text))
        or messages.reference @> jsonb_build_object('snapshots', jsonb_build_array(
            jsonb_build_object('message', jsonb_build_object(
                'attachments', jsonb_build_array(
                    jsonb_build_object('id', attachments.id::text)
                )
            ))
        ))
    )
"""

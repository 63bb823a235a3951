"""The SQL of crossposts."""

from typing import Final

from rift.core.messages.queries import MESSAGES

# The one after which another one would be too many.
EARLIEST: Final = """
select id
from publications
where channel_id = $1 and id > $2
order by id desc
offset $3
limit 1
"""

PUBLISH: Final = """
with noted as (
    insert into publications (channel_id, message_id, id)
    values ($1, $2, $3)
)
update messages
set flags = flags | $4
where channel_id = $1 and id = $2
"""

PUBLICATION: Final = """
select id, delivered
from publications
where channel_id = $1 and message_id = $2
"""

DELIVERED: Final = """
update publications
set delivered = true
where channel_id = $1 and message_id = $2
"""

# Who followed before it was published, as long as the source is a channel that publishes.
FOLLOWERS: Final = """
select webhooks.id
from webhooks
join channels on channels.id = webhooks.source_channel_id and channels.type = 5
where webhooks.source_channel_id = $1
    and webhooks.id > $2
    and webhooks.id < $3
order by webhooks.id
limit $4
"""

# Who has a copy already keeps it; a source that is gone by now is copied no more. Of its flags
# $5 are taken over.
COPY: Final = """
with source as (
    select *
    from messages
    where channel_id = $1 and id = $2
), claimed as (
    insert into copies (source_channel_id, source_id, webhook_id, channel_id, message_id)
    select $1, $2, webhooks.id, webhooks.channel_id, chosen.message_id
    from unnest($3::bigint[], $4::bigint[]) as chosen (webhook_id, message_id)
    join webhooks on webhooks.id = chosen.webhook_id
    cross join source
    on conflict do nothing
    returning webhook_id, channel_id, message_id
), used as (
    insert into attachment_uses (attachment_id, channel_id, message_id)
    select (kept->>'id')::bigint, claimed.channel_id, claimed.message_id
    from claimed
    cross join source
    cross join jsonb_array_elements(source.attachments) as kept
)
insert into messages (
    channel_id, id, guild_id, author_id, persona, flags, content, embeds, components,
    attachments, edited_timestamp, reference, sticker_items
)
select
    claimed.channel_id, claimed.message_id, webhooks.guild_id, webhooks.id,
    jsonb_build_object('name', webhooks.name, 'avatar', webhooks.avatar),
    (source.flags & $5) | $6, source.content, source.embeds, source.components,
    source.attachments, source.edited_timestamp, $7, source.sticker_items
from claimed
join webhooks on webhooks.id = claimed.webhook_id
cross join source
returning channel_id, id
"""

COPIES: Final = """
select webhook_id, channel_id, message_id
from copies
where source_channel_id = $1 and source_id = $2 and webhook_id > $3
order by webhook_id
limit $4
"""

REVISE: Final = """
with source as (
    select content, embeds, components, attachments, edited_timestamp, flags
    from messages
    where channel_id = $1 and id = $2
), stale as (
    select messages.channel_id, messages.id
    from unnest($3::bigint[], $4::bigint[]) as copy (channel_id, id)
    join messages on messages.channel_id = copy.channel_id and messages.id = copy.id
    cross join source
    where (
            messages.content, messages.embeds, messages.components, messages.attachments,
            messages.flags
        )
        is distinct from (
            source.content, source.embeds, source.components, source.attachments,
            messages.flags | (source.flags & $5)
        )
    order by messages.channel_id, messages.id
    for no key update of messages
), kept as (
    insert into message_history (
        channel_id, message_id, guild_id, author_id, persona, changed_by, kind, content, embeds,
        attachments
    )
    select
        messages.channel_id, messages.id, messages.guild_id, messages.author_id,
        messages.persona, messages.author_id, 'edit', messages.content, messages.embeds,
        messages.attachments
    from stale
    join messages on messages.channel_id = stale.channel_id and messages.id = stale.id
    cross join source
    where (messages.content, messages.attachments)
            is distinct from (source.content, source.attachments)
        or jsonb_path_query_array(coalesce(messages.embeds, '[]'), '$[*] ? (@.type == "rich")')
            <> jsonb_path_query_array(coalesce(source.embeds, '[]'), '$[*] ? (@.type == "rich")')
), used as (
    insert into attachment_uses (attachment_id, channel_id, message_id)
    select (kept->>'id')::bigint, stale.channel_id, stale.id
    from stale
    cross join source
    cross join jsonb_array_elements(source.attachments) as kept
    on conflict do nothing
)
update messages
set
    content = source.content,
    embeds = source.embeds,
    components = source.components,
    attachments = source.attachments,
    edited_timestamp = source.edited_timestamp,
    flags = messages.flags | (source.flags & $5)
from stale
cross join source
where messages.channel_id = stale.channel_id and messages.id = stale.id
returning messages.channel_id, messages.id
"""

WITHDRAW: Final = """
with stale as (
    select messages.channel_id, messages.id
    from unnest($1::bigint[], $2::bigint[]) as copy (channel_id, id)
    join messages on messages.channel_id = copy.channel_id and messages.id = copy.id
    order by messages.channel_id, messages.id
    for no key update of messages
), kept as (
    insert into message_history (
        channel_id, message_id, guild_id, author_id, persona, changed_by, kind, content, embeds,
        attachments
    )
    select
        messages.channel_id, messages.id, messages.guild_id, messages.author_id,
        messages.persona, messages.author_id, 'edit', messages.content, messages.embeds,
        messages.attachments
    from stale
    join messages on messages.channel_id = stale.channel_id and messages.id = stale.id
)
update messages
set
    content = $3,
    embeds = null,
    components = null,
    attachments = null,
    flags = messages.flags | $4
from stale
where messages.channel_id = stale.channel_id and messages.id = stale.id
returning messages.channel_id, messages.id
"""

FORGET: Final = """
delete from copies
where source_channel_id = $1 and source_id = $2 and webhook_id = any($3)
"""

FORGET_COPIES: Final = """
delete from copies
where channel_id = $1 and message_id = any($2)
"""

PUBLISHED: Final = """
select message_id
from publications
where channel_id = $1 and message_id = any($2)
order by message_id
"""

TOLD: Final = (
    MESSAGES
    + """
join unnest($1::bigint[], $2::bigint[]) as told (channel_id, id)
    on told.channel_id = messages.channel_id and told.id = messages.id
order by messages.id
"""
)

PLACES: Final = """
select id, guild_id, type
from channels
where id = any($1)
"""

"""The SQL of interactions and of the messages that only one person is shown."""

from typing import Final

INSERT: Final = """
insert into interactions (
    id, token_hash, application_id, user_id, guild_id, channel_id, type, nonce, session_id,
    message_id, origin, attachments, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""

KNOWN: Final = """
select
    id, application_id, user_id, guild_id, channel_id, type, nonce, session_id, message_id,
    origin, modal, callback, response_id, created_at
from interactions
where token_hash = $1
"""

HOLD: Final = (
    KNOWN
    + """
for update
"""
)

MODAL: Final = """
select id, application_id, user_id, guild_id, channel_id, message_id, origin, modal
from interactions
where id = $1 and user_id = $2 and modal is not null
"""

SPEND_MODAL: Final = """
update interactions
set modal = null
where id = $1 and modal is not null
"""

# Once: who comes second finds it answered.
ANSWER: Final = """
update interactions
set callback = $2, response_id = $3, modal = $4
where id = $1 and callback is null
"""

# By which command a message is found.
OF_COMMAND: Final = """
update messages
set interaction = interaction || jsonb_build_object('command_id', $3::text)
where channel_id = $1 and id = $2
"""

# A message that said "wait" says something now.
LOADED: Final = """
update messages
set flags = $3
where channel_id = $1 and id = $2
"""

# Who said "wait" has said what there was to be waited for.
RESPONDED: Final = """
update interactions
set callback = 4
where id = $1 and callback = 5
"""

LOST: Final = """
update interactions
set response_id = null
where id = $1 and response_id = $2
"""

FAIL: Final = """
update interactions
set callback = 0
where id = $1 and callback is null
"""

PRUNE: Final = """
delete from interactions
where id in (
    select id
    from interactions
    where created_at < $1
    order by created_at
    limit $2
)
"""

KEEP: Final = """
insert into ephemeral_messages (id, interaction_id, user_id, channel_id, message, attachments)
values ($1, $2, $3, $4, $5, $6)
"""

KEPT: Final = """
select id, interaction_id, user_id, channel_id, message, attachments
from ephemeral_messages
where id = $1
"""

HOLD_KEPT: Final = (
    KEPT
    + """
for update
"""
)

CHANGE: Final = """
update ephemeral_messages
set message = $2, attachments = $3
where id = $1
"""

DROP: Final = """
delete from ephemeral_messages
where id = $1
"""

TARGET: Final = """
select
    id, owner_id, bot_id, name, description, icon, bot_public, interactions_endpoint_url,
    integration_types_config, signing_key
from applications
where id = $1
"""

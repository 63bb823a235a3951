"""The SQL of exports; messages are read by the SQL that shows them."""

from typing import Final

from rift.core.messages.queries import MESSAGES
from rift.world.queries import OF_THREADS

COUNTS: Final = """
select channel_id, count(*)::int as count
from messages
where channel_id = any($1)
group by channel_id
"""

# Also those that sleep, which the picture of a guild does not hold.
THREADS: Final = (
    OF_THREADS
    + """
where threads.guild_id = $1
order by channels.id
"""
)

# One's own messages in guilds have no index by author: this walks through all of them, once.
OWN_COUNTS: Final = """
select channel_id, count(*)::int as count
from messages
where author_id = $1 and guild_id is not null
group by channel_id
order by channel_id
"""

OWN_AFTER: Final = (
    MESSAGES
    + """
where messages.channel_id = $1 and messages.id > $2 and messages.author_id = $4
order by messages.id
limit $3
"""
)

REACTORS: Final = """
select
    reactions.message_id, reactions.emoji, users.id as author_id, users.username,
    users.discriminator, users.global_name, users.avatar, users.banner, users.accent_color,
    users.bot, users.flags as user_flags
from reactions
join users on users.id = reactions.user_id
where reactions.channel_id = $1 and reactions.message_id = any($2)
order by reactions.message_id, reactions.reacted_at
"""

ACCOUNT: Final = """
select id, username
from users
where lower(username) = lower($1) and not bot and not deleted
"""

BANS: Final = """
select bans.user_id, users.username, bans.reason, bans.banned_at
from bans
join users on users.id = bans.user_id
where guild_id = $1
order by bans.user_id
"""

INVITES: Final = """
select
    code, channel_id, inviter_id, max_age, max_uses, uses, temporary, created_at, expires_at
from invites
where guild_id = $1
order by created_at, code
"""

WEBHOOKS: Final = """
select id, type, channel_id, user_id, name, avatar, source_guild_id, source_channel_id
from webhooks
where guild_id = $1
order by id
"""

AUDIT_LOG: Final = """
select id, action_type, user_id, target_id, changes, options, reason
from audit_log
where guild_id = $1 and id > $2
order by id
limit $3
"""

EARLIER_VERSIONS: Final = """
select channel_id, message_id, author_id, changed_at, changed_by, kind, content, embeds
from message_history
where guild_id = $1 and (channel_id, message_id) > ($2, $3)
order by channel_id, message_id
fetch first $4 rows with ties
"""

"""The SQL of reactions."""

from typing import Final

MESSAGE: Final = """
select author_id, reacted
from messages
where channel_id = $1 and id = $2
"""

# Locked, so that two newcomers cannot both be the last emoji that fits.
LOCK: Final = (
    MESSAGE
    + """
for no key update
"""
)

# One step of the index for each emoji, however many people reacted.
EMOJIS: Final = """
with recursive present as (
    (
        select emoji
        from reactions
        where channel_id = $1 and message_id = $2
        order by emoji
        limit 1
    )
    union all
    select (
        select reactions.emoji
        from reactions
        where channel_id = $1 and message_id = $2 and reactions.emoji > present.emoji
        order by reactions.emoji
        limit 1
    )
    from present
    where present.emoji is not null
)
select emoji
from present
where emoji is not null
"""

ADD: Final = """
insert into reactions (channel_id, message_id, emoji, user_id)
values ($1, $2, $3, $4)
on conflict do nothing
"""

MARK: Final = """
update messages
set reacted = true
where channel_id = $1 and id = $2
"""

UNMARK: Final = """
update messages
set reacted = false
where channel_id = $1 and id = $2
"""

REMOVE: Final = """
delete from reactions
where channel_id = $1 and message_id = $2 and emoji = $3 and user_id = $4
"""

REMOVE_EMOJI: Final = """
delete from reactions
where channel_id = $1 and message_id = $2 and emoji = $3
"""

REMOVE_ALL: Final = """
delete from reactions
where channel_id = $1 and message_id = $2
"""

USERS: Final = """
select
    users.id as author_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from reactions
join users on users.id = reactions.user_id
where reactions.channel_id = $1
    and reactions.message_id = $2
    and reactions.emoji = $3
    and reactions.user_id > $4
order by reactions.user_id
limit $5
"""

BLOCK: Final = """
select
from relationships
where user_id = $1 and other_id = $2 and type = 2
"""

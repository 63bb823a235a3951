"""The SQL of reports."""

from typing import Final

# A message is reported once by the same person; a user again, once it was dealt with.
EARLIER: Final = """
select id, reason
from reports
where reporter_id = $1
    and message_id is not distinct from $2
    and (
        message_id is not null
        or (user_id = $3 and guild_id is not distinct from $4 and resolved_at is null)
    )
limit 1
"""

INSERT: Final = """
insert into reports (
    id, reporter_id, user_id, guild_id, channel_id, message_id, reason, text, message, profile
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

PROFILE: Final = """
select
    users.username, users.global_name, users.avatar, users.bio, users.pronouns, members.nick
from users
left join members on members.guild_id = $2 and members.user_id = users.id
where users.id = $1 and not users.deleted
"""

_REPORTS: Final = """
select
    id, reporter_id, user_id, guild_id, channel_id, message_id, reason, text, message, profile,
    action, note, resolved_at, resolver_id
from reports
"""

# Nobody sees what is about themselves: it names who reported it. What happened in a channel is for
# those who moderate that, the rest for those who moderate the guild.
_OF_GUILD: Final = """
where guild_id = $1
    and (channel_id = any($2) or (channel_id is null and $3))
    and user_id is distinct from $4
"""

_OF_INSTANCE: Final = """
where user_id is distinct from $1
"""

OF_GUILD: Final = (
    _REPORTS
    + _OF_GUILD
    + """
    and (resolved_at is null) = $5
    and id < $6
order by id desc
limit $7
"""
)

OPEN_OF_GUILD: Final = (
    """
select count(*)::int as count
from reports
"""
    + _OF_GUILD
    + """
    and resolved_at is null
"""
)

LOCK_OF_GUILD: Final = (
    _REPORTS
    + _OF_GUILD
    + """
    and id = $5
for no key update
"""
)

OF_INSTANCE: Final = (
    _REPORTS
    + _OF_INSTANCE
    + """
    and (resolved_at is null) = $2
    and id < $3
order by id desc
limit $4
"""
)

OPEN_OF_INSTANCE: Final = (
    """
select count(*)::int as count
from reports
"""
    + _OF_INSTANCE
    + """
    and resolved_at is null
"""
)

LOCK_OF_INSTANCE: Final = (
    _REPORTS
    + _OF_INSTANCE
    + """
    and id = $2
for no key update
"""
)

ONE: Final = (
    _REPORTS
    + """
where id = $1
"""
)

CHANGE: Final = """
update reports
set
    action = $2,
    note = $3,
    resolved_at = $4,
    resolver_id = $5
where id = $1
"""

OWNERS: Final = """
select id
from users
where instance_owner and not disabled and id is distinct from $1
"""

PRUNE: Final = """
delete from reports
where id in (
    select id
    from reports
    where resolved_at < $1
    limit $2
    for update skip locked
)
"""

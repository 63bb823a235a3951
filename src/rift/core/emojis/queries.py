"""The SQL of emojis."""

from typing import Final

MAKER: Final = """
select user_id
from emojis
where id = $1
"""

_WITH_MAKERS: Final = """
select
    emojis.id, emojis.name, emojis.animated, emojis.roles,
    users.id as author_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from emojis
left join users on users.id = emojis.user_id
"""

OF_GUILD: Final = (
    _WITH_MAKERS
    + """
where emojis.guild_id = $1
order by emojis.id
"""
)

ONE_OF_GUILD: Final = (
    _WITH_MAKERS
    + """
where emojis.guild_id = $1 and emojis.id = $2
"""
)

OF_APPLICATION: Final = (
    _WITH_MAKERS
    + """
where emojis.application_id = $1
order by emojis.id
"""
)

ONE_OF_APPLICATION: Final = (
    _WITH_MAKERS
    + """
where emojis.application_id = $1 and emojis.id = $2
"""
)

COUNT_OF_APPLICATION: Final = """
select count(*)::int as count
from emojis
where application_id = $1
"""

INSERT: Final = """
insert into emojis (id, guild_id, user_id, name, animated, roles)
values ($1, $2, $3, $4, $5, $6)
"""

# Nothing is inserted where the application has one of this name.
INSERT_OF_APPLICATION: Final = """
insert into emojis (id, application_id, user_id, name, animated)
values ($1, $2, $3, $4, $5)
on conflict do nothing
"""

UPDATE: Final = """
update emojis
set name = $2, roles = $3
where id = $1
"""

RENAME_OF_APPLICATION: Final = """
update emojis
set name = $3
where application_id = $1
    and id = $2
    and not exists (
        select from emojis as other
        where other.application_id = $1 and other.name = $3 and other.id <> $2
    )
"""

DELETE: Final = """
delete from emojis
where id = $1
"""

DELETE_OF_APPLICATION: Final = """
delete from emojis
where application_id = $1 and id = $2
"""

CLEAR_OF_SOUNDS: Final = """
update sounds
set emoji_id = null
where guild_id = $1 and emoji_id = $2
"""

# Those somebody may use somewhere: of a guild they are in, or of the application they are.
WITHIN_REACH: Final = """
select
    emojis.id, emojis.name, emojis.animated, emojis.guild_id,
    emojis.roles = '{}' or emojis.roles && members.roles as open
from emojis
left join members on members.guild_id = emojis.guild_id and members.user_id = $2
where emojis.id = any($1) and (emojis.application_id = $3 or members.user_id is not null)
"""

NAMED: Final = """
select name, animated
from emojis
where id = $1
"""

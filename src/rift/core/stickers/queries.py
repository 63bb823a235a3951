"""The SQL of stickers."""

from typing import Final

MAKER: Final = """
select user_id
from stickers
where id = $1
"""

FIND: Final = """
select id, guild_id, name, description, tags, format_type
from stickers
where id = $1
"""

_MAKERS: Final = """
select
    stickers.id,
    users.id as author_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from stickers
join users on users.id = stickers.user_id
where stickers.guild_id = $1
"""

MAKERS: Final = _MAKERS

MAKER_OF_ONE: Final = (
    _MAKERS
    + """
    and stickers.id = $2
"""
)

INSERT: Final = """
insert into stickers (id, guild_id, user_id, name, description, tags, format_type)
values ($1, $2, $3, $4, $5, $6, $7)
"""

UPDATE: Final = """
update stickers
set name = $2, description = $3, tags = $4
where id = $1
"""

DELETE: Final = """
delete from stickers
where id = $1
"""

# With whether somebody is in the guild they are of.
FOR_SENDING: Final = """
select
    stickers.id, stickers.guild_id, stickers.name, stickers.format_type,
    exists (
        select from members
        where members.guild_id = stickers.guild_id and members.user_id = $2
    ) as within_reach
from stickers
where id = any($1)
"""

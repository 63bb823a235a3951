"""The SQL of sounds."""

from typing import Final

MAKER: Final = """
select user_id
from sounds
where id = $1
"""

_MAKERS: Final = """
select
    sounds.id,
    users.id as author_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from sounds
join users on users.id = sounds.user_id
where sounds.guild_id = $1
"""

MAKERS: Final = _MAKERS

MAKER_OF_ONE: Final = (
    _MAKERS
    + """
    and sounds.id = $2
"""
)

INSERT: Final = """
insert into sounds (id, guild_id, user_id, name, volume, emoji_id, emoji_name)
values ($1, $2, $3, $4, $5, $6, $7)
"""

UPDATE: Final = """
update sounds
set name = $2, volume = $3, emoji_id = $4, emoji_name = $5
where id = $1
"""

DELETE: Final = """
delete from sounds
where id = $1
"""

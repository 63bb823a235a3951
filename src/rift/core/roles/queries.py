"""The SQL of roles."""

from typing import Final

COLUMNS: Final = """
returning
    id, name, color, hoist, icon, unicode_emoji, position, permissions, managed, mentionable,
    flags, tags, upload_bytes
"""

INSERT: Final = (
    """
insert into roles (
    id, guild_id, name, color, hoist, icon, unicode_emoji, position, permissions, managed,
    mentionable, tags, upload_bytes
)
select
    id, guild_id, name, color, hoist, icon, unicode_emoji, position, permissions, managed,
    mentionable, tags, upload_bytes
from jsonb_populate_recordset(null::roles, $1)
"""
    + COLUMNS
)

# What the object does not name stays as it is.
UPDATE: Final = (
    """
update roles
set (
    name, color, hoist, icon,
    unicode_emoji, permissions, mentionable, upload_bytes
) = (
    select
        name, color, hoist, icon,
        unicode_emoji, permissions, mentionable, upload_bytes
    from jsonb_populate_record(roles, $2)
)
where id = $1
"""
    + COLUMNS
)

TAG: Final = (
    """
update roles
set tags = $2
where id = $1
"""
    + COLUMNS
)

PLACE: Final = """
update roles
set position = places.position
from unnest($1::bigint[], $2::int[]) as places (id, position)
where roles.id = places.id
"""

DELETE: Final = """
delete from roles
where id = $1
"""

TAKE_FROM_MEMBERS: Final = """
update members
set roles = array_remove(roles, $2::bigint)
where guild_id = $1 and roles @> array[$2::bigint]
"""

DROP_OVERWRITES: Final = """
delete from overwrites
using channels
where channels.id = overwrites.channel_id
    and channels.guild_id = $1
    and overwrites.id = $2
"""

MEMBER_COUNTS: Final = """
select role_id, count(*)::int as count
from members, unnest(roles) as role_id
where guild_id = $1
group by role_id
"""

GUILD_OF: Final = """
select guild_id
from roles
where id = $1
"""

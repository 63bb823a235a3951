"""The SQL of integrations."""

from typing import Final

COLUMNS: Final = """
select
    guild_applications.id, guild_applications.guild_id, guild_applications.user_id,
    guild_applications.scopes, applications.id as application_id, applications.name,
    applications.icon, applications.description, applications.flags, applications.bot_id,
    applications.role_connections_verification_url
from guild_applications
join applications on applications.id = guild_applications.application_id
"""

OF_GUILD: Final = (
    COLUMNS
    + """
where guild_applications.guild_id = $1
order by guild_applications.id
limit $2
"""
)

ONE: Final = (
    COLUMNS
    + """
where guild_applications.guild_id = $1 and guild_applications.id = $2
"""
)

OF_APPLICATION: Final = (
    COLUMNS
    + """
where guild_applications.guild_id = $1 and guild_applications.application_id = $2
"""
)

EVERYWHERE: Final = (
    COLUMNS
    + """
where guild_applications.application_id = $1
order by guild_applications.guild_id
"""
)

INSERT: Final = """
insert into guild_applications (guild_id, application_id, user_id, id, scopes)
values ($1, $2, $3, $4, $5)
"""

WIDEN: Final = """
update guild_applications
set scopes = $3
where guild_id = $1 and application_id = $2
"""

DELETE: Final = """
delete from guild_applications
where guild_id = $1 and application_id = $2
returning id
"""

DELETE_EVERYWHERE: Final = """
delete from guild_applications
where application_id = $1
returning id, guild_id
"""

SEVERAL: Final = (
    COLUMNS
    + """
where guild_applications.guild_id = $1 and guild_applications.id = any($2)
order by guild_applications.id
"""
)

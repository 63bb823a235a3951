"""The SQL of commands and of what is allowed with them."""

from typing import Final

COMMANDS: Final = """
select id, application_id, guild_id, type, name, version, body
from commands
"""

OF_APPLICATION: Final = (
    COMMANDS
    + """
where application_id = $1 and guild_id is not distinct from $2
order by id
"""
)

ONE: Final = (
    COMMANDS
    + """
where application_id = $1 and guild_id is not distinct from $2 and id = $3
"""
)

BY_ID: Final = (
    COMMANDS
    + """
where id = $1
"""
)

# The commands of those in a guild, their own for it and those for everywhere.
IN_GUILD: Final = """
select id, application_id, guild_id, type, name, version, body
from commands
where (guild_id is null or guild_id = $1)
    and application_id in (
        select applications.id
        from applications
        left join members
            on members.user_id = applications.bot_id and members.guild_id = $1
        left join guild_applications
            on guild_applications.application_id = applications.id
            and guild_applications.guild_id = $1
        where members.user_id is not null or guild_applications.guild_id is not null
    )
order by application_id, id
"""

OF_USER: Final = """
select id, application_id, guild_id, type, name, version, body
from commands
where guild_id is null
    and application_id in (
        select application_id from user_applications where user_id = $1
    )
order by application_id, id
"""

UPSERT: Final = """
insert into commands (id, application_id, guild_id, type, name, version, body)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (id) do update
set name = excluded.name, version = excluded.version, body = excluded.body
"""

DELETE: Final = """
delete from commands
where application_id = $1 and guild_id is not distinct from $2 and id = any($3)
"""

# With a command goes what guilds have said of it.
DELETE_PERMISSIONS: Final = """
delete from command_permissions
where application_id = $1 and id = any($2)
"""

# Its day begins anew where another one has come.
CREATED: Final = """
insert into command_creations as known (application_id, guild_id, day, count)
values ($1, $2, $3, $4)
on conflict (application_id, guild_id) do update
set
    day = excluded.day,
    count = case when known.day = excluded.day then known.count else 0 end + excluded.count
returning count
"""

# Whether an application is in a guild, by its bot or without one.
IS_IN: Final = """
select exists (
    select from guild_applications
    where guild_id = $1 and application_id = $2
) or exists (
    select from members
    join applications on applications.bot_id = members.user_id
    where members.guild_id = $1 and applications.id = $2
) as there
"""

IS_TAKEN: Final = """
select exists (
    select from user_applications
    where user_id = $1 and application_id = $2
) as taken
"""

TAKE: Final = """
insert into user_applications (user_id, application_id)
values ($1, $2)
on conflict do nothing
"""

GIVE_UP: Final = """
delete from user_applications
where user_id = $1 and application_id = $2
"""

PERMISSIONS: Final = """
select id, application_id, guild_id, permissions
from command_permissions
where guild_id = $1 and application_id = any($2)
order by application_id, id
"""

SET_PERMISSIONS: Final = """
insert into command_permissions (guild_id, application_id, id, permissions)
values ($1, $2, $3, $4)
on conflict (guild_id, application_id, id) do update
set permissions = excluded.permissions
"""

UNSET_PERMISSIONS: Final = """
delete from command_permissions
where guild_id = $1 and application_id = $2 and id = $3
"""

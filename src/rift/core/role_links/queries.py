"""The SQL of linked roles."""

from typing import Final

OF_GUILD: Final = """
select role_id, rules
from role_links
where guild_id = $1
order by role_id
"""

ONE: Final = """
select role_id, rules
from role_links
where guild_id = $1 and role_id = $2
"""

PUT: Final = """
insert into role_links (role_id, guild_id, rules)
values ($1, $2, $3)
on conflict (role_id) do update
set rules = excluded.rules
"""

DELETE: Final = """
delete from role_links
where role_id = $1
"""

FACTS: Final = """
select application_id, key, type, name, description
from role_connection_metadata
where application_id = any($1)
"""

SAID: Final = """
select application_id, metadata
from role_connections
where user_id = $1 and application_id = any($2)
"""

# The roles somebody has by their own doing that an application has a say in, by guild.
CONCERNED: Final = """
select role_links.guild_id, role_links.role_id, role_links.rules
from role_links
join members on members.guild_id = role_links.guild_id
where members.user_id = $1
    and members.roles @> array[role_links.role_id]
    and jsonb_path_exists(
        role_links.rules, '$[*][*] ? (@.application_id == $id)', jsonb_build_object('id', $2::text)
    )
order by role_links.guild_id, role_links.role_id
"""

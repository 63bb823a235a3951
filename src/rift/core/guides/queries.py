"""The SQL of server guides."""

from typing import Final

FETCH: Final = """
select guild_id, welcome_message, new_member_actions, resource_channels
from server_guides
where guild_id = $1
"""

PUT: Final = """
insert into server_guides (guild_id, welcome_message, new_member_actions, resource_channels)
values ($1, $2, $3, $4)
on conflict (guild_id) do update
set
    welcome_message = excluded.welcome_message,
    new_member_actions = excluded.new_member_actions,
    resource_channels = excluded.resource_channels
"""

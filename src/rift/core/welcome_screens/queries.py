"""The SQL of welcome screens."""

from typing import Final

FETCH: Final = """
select description, channels
from welcome_screens
where guild_id = $1
"""

PUT: Final = """
insert into welcome_screens (guild_id, description, channels)
values ($1, $2, $3)
on conflict (guild_id) do update
set description = excluded.description, channels = excluded.channels
"""

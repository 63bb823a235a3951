"""The SQL of incidents."""

from typing import Final

# No further than it matters.
JOINS_SINCE: Final = """
select count(*)::int as count
from (
    select
    from members
    where guild_id = $1 and joined_at > $2
    limit $3
) as joined
"""

# The guilds two people share that want to be told of raids, and to which one came of late.
SHARED: Final = """
select ours.guild_id
from members as ours
join members as theirs on theirs.guild_id = ours.guild_id and theirs.user_id = $2
join guilds on guilds.id = ours.guild_id
where ours.user_id = $1
    and ours.joined_at > $3
    and coalesce(guilds.safety_alerts_channel_id, guilds.public_updates_channel_id) is not null
"""

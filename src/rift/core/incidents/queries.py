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

# Where in a guild AutoMod told something.
PLACE: Final = """
select channel_id
from messages
where channel_id = any($1) and id = $2 and type = 24
"""

# Whether what is in an embed was told in a channel since some message.
TOLD: Final = """
select exists (
    select
    from messages
    where channel_id = $1 and id > $2 and type = 24 and embeds @> $3
) as told
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

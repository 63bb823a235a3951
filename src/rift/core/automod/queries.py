"""The SQL of automatic moderation."""

from typing import Final

PUT: Final = """
insert into automod_rules
select *
from jsonb_populate_record(null::automod_rules, $1)
on conflict (id) do update
set
    name = excluded.name,
    event_type = excluded.event_type,
    trigger_metadata = excluded.trigger_metadata,
    actions = excluded.actions,
    enabled = excluded.enabled,
    exempt_roles = excluded.exempt_roles,
    exempt_channels = excluded.exempt_channels
"""

DELETE: Final = """
delete from automod_rules
where guild_id = $1 and id = $2
"""

# Those of these guilds that look at how their members are called.
LOOKING_AT_NAMES: Final = """
select distinct guild_id
from automod_rules
where guild_id = any($1) and event_type = 2 and enabled
"""

# The newest messages of some channels: of each no more than of all together, so that every channel
# is read along its own index.
LATEST: Final = """
select
    found.id, found.channel_id, found.author_id, found.content, found.embeds,
    users.username, users.discriminator, users.global_name, users.avatar, users.banner,
    users.accent_color, users.bot, users.flags as user_flags
from unnest($1::bigint[]) as places (channel_id)
cross join lateral (
    select messages.id, messages.channel_id, messages.author_id, messages.content,
        messages.embeds
    from messages
    where messages.channel_id = places.channel_id and messages.type in (0, 19, 20, 23)
    order by messages.id desc
    limit $2
) as found
join users on users.id = found.author_id
order by found.id desc
limit $2
"""

"""The SQL of notification settings."""

from typing import Final

# Those of private channels, and of the guilds one is in.
SETTINGS: Final = """
select
    guild_id, flags, hide_muted_channels, message_notifications, mobile_push,
    mute_scheduled_events, muted, mute_config, notify_highlights, suppress_everyone,
    suppress_roles, version, channel_overrides::text as channel_overrides
from user_guild_settings
where user_id = $1
    and (
        guild_id is null
        or guild_id in (select members.guild_id from members where members.user_id = $1)
    )
"""

LOCK: Final = (
    SETTINGS
    + """
    and coalesce(guild_id, 0) = any($2)
order by guild_id
for update
"""
)

# There is a row to lock from the first change on, so that two devices that each change another
# part at the same time both keep what they changed.
BEGIN: Final = """
insert into user_guild_settings (user_id, guild_id)
select $1::bigint, unnest($2::bigint[])
on conflict do nothing
"""

SAVE: Final = """
update user_guild_settings as kept
set
    flags = given.flags,
    hide_muted_channels = given.hide_muted_channels,
    message_notifications = given.message_notifications,
    mobile_push = given.mobile_push,
    mute_scheduled_events = given.mute_scheduled_events,
    muted = given.muted,
    mute_config = given.mute_config,
    notify_highlights = given.notify_highlights,
    suppress_everyone = given.suppress_everyone,
    suppress_roles = given.suppress_roles,
    channel_overrides = given.channel_overrides,
    version = given.version
from jsonb_populate_recordset(null::user_guild_settings, $2) as given
where kept.user_id = $1 and kept.guild_id is not distinct from given.guild_id
"""

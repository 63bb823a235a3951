"""The SQL of notification settings."""

from typing import Final

# Those of private channels, and of the guilds one is in.
SETTINGS: Final = """
select
    guild_id, flags, hide_muted_channels, keywords, message_notifications, mobile_push,
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
    keywords = given.keywords,
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

EVERYWHERE: Final = """
select flags, quiet_hours, keywords
from notification_settings
where user_id = $1
"""

SAVE_EVERYWHERE: Final = """
insert into notification_settings (user_id, flags, quiet_hours, keywords)
values ($1, $2, $3, $4)
on conflict (user_id) do update
set
    flags = excluded.flags,
    quiet_hours = excluded.quiet_hours,
    keywords = excluded.keywords
"""

# Of many people what matters for a message in one place: of their overrides only those that are
# named.
WISHES: Final = """
select
    people.id as user_id,
    coalesce(everywhere.flags, 0) as flags,
    everywhere.quiet_hours,
    coalesce(everywhere.keywords, '{}') as keywords,
    coalesce(place.keywords, '{}') as place_keywords,
    coalesce(place.message_notifications, 3) as message_notifications,
    coalesce(place.mobile_push, true) as mobile_push,
    coalesce(place.muted, false) as muted,
    place.mute_config,
    coalesce(place.mute_scheduled_events, false) as mute_scheduled_events,
    coalesce(place.suppress_everyone, false) as suppress_everyone,
    coalesce(place.suppress_roles, false) as suppress_roles,
    coalesce(
        (
            select jsonb_agg(one)
            from json_array_elements(place.channel_overrides) as one
            where one ->> 'channel_id' = any($3)
        ),
        '[]'
    ) as channel_overrides
from unnest($1::bigint[]) as people (id)
left join notification_settings as everywhere on everywhere.user_id = people.id
left join user_guild_settings as place on place.user_id = people.id
    and place.guild_id is not distinct from $2
"""

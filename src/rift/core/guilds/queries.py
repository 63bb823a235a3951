"""The SQL of guilds."""

from typing import Final

# Not `for update`: that would also wait for everybody who inserts a row that points here.
HOLD: Final = """
select revision
from guilds
where id = $1
for no key update
"""

COUNT_OF_USER: Final = """
select count(*)::int as count
from members
where user_id = $1
"""

INSERT: Final = """
insert into guilds (
    id, owner_id, name, afk_channel_id, afk_timeout, verification_level,
    default_message_notifications, explicit_content_filter, system_channel_id,
    system_channel_flags, icon
)
select
    id, owner_id, name, afk_channel_id, afk_timeout, verification_level,
    default_message_notifications, explicit_content_filter, system_channel_id,
    system_channel_flags, icon
from jsonb_populate_record(null::guilds, $1)
returning *
"""

JOIN: Final = """
insert into members (guild_id, user_id, joined_at)
values ($1, $2, $3)
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update guilds
set (
    owner_id, name, description, afk_channel_id, afk_timeout, verification_level,
    default_message_notifications, explicit_content_filter, system_channel_id,
    system_channel_flags, rules_channel_id, public_updates_channel_id,
    safety_alerts_channel_id, preferred_locale, premium_progress_bar_enabled, features,
    icon, banner, splash, discovery_splash, home_header, mfa_level, widget_enabled,
    widget_channel_id, invites_disabled_until, dms_disabled_until, raid_detected_at,
    dm_spam_detected_at
) = (
    select
        owner_id, name, description, afk_channel_id, afk_timeout, verification_level,
        default_message_notifications, explicit_content_filter, system_channel_id,
        system_channel_flags, rules_channel_id, public_updates_channel_id,
        safety_alerts_channel_id, preferred_locale, premium_progress_bar_enabled, features,
        icon, banner, splash, discovery_splash, home_header, mfa_level, widget_enabled,
        widget_channel_id, invites_disabled_until, dms_disabled_until, raid_detected_at,
        dm_spam_detected_at
    from jsonb_populate_record(guilds, $2)
)
where id = $1
returning *
"""

FORSAKE_CHANNELS: Final = """
insert into forsaken_channels (id, forsaken_at)
select id, $2
from channels
where guild_id = $1
"""

FORSAKE: Final = """
insert into forsaken_guilds (id)
values ($1)
"""

DELETE: Final = """
delete from guilds
where id = $1
"""

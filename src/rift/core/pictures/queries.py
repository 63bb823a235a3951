"""The SQL of pictures: which of them are shown."""

from collections.abc import Mapping
from typing import Final, LiteralString

NOTE: Final = """
insert into loose_images (key, since)
values ($1, $2)
on conflict (key) do update set since = excluded.since
"""

# Held, so that nobody takes the same image in while it is removed.
LOOSE: Final = """
select key
from loose_images
where since < $1
order by since
limit $2
for update skip locked
"""

FORGET: Final = """
delete from loose_images
where key = any($1)
"""

_AVATARS: Final = """
select exists (select from users where id = $1 and avatar = $2)
    or exists (select from webhooks where id = $1 and avatar = $2) as shown
"""

_BANNERS: Final = """
select exists (select from users where id = $1 and banner = $2)
    or exists (select from guilds where id = $1 and banner = $2) as shown
"""

_ICONS: Final = """
select exists (select from guilds where id = $1 and icon = $2) as shown
"""

_SPLASHES: Final = """
select exists (select from guilds where id = $1 and splash = $2) as shown
"""

_DISCOVERY_SPLASHES: Final = """
select exists (select from guilds where id = $1 and discovery_splash = $2) as shown
"""

_HOME_HEADERS: Final = """
select exists (select from guilds where id = $1 and home_header = $2) as shown
"""

_ACTIONS: Final = """
select exists (select from guide_icons where id = $1 and action_icon = $2) as shown
"""

_RESOURCES: Final = """
select exists (select from guide_icons where id = $1 and resource_icon = $2) as shown
"""

_ROLE_ICONS: Final = """
select exists (select from roles where id = $1 and icon = $2) as shown
"""

_GROUPS: Final = """
select exists (select from channels where id = $1 and icon = $2) as shown
"""

_APPLICATION_ICONS: Final = """
select exists (
    select from applications where id = $1 and (icon = $2 or cover_image = $2)
) as shown
"""

_HAPPENINGS: Final = """
select exists (select from scheduled_events where id = $1 and image = $2) as shown
"""

_MEMBERS: Final = """
select exists (
    select
    from members
    where guild_id = $1 and user_id = $2 and (avatar = $3 or banner = $3)
) as shown
"""

SHOWN: Final[Mapping[str, LiteralString]] = {
    "avatars": _AVATARS,
    "banners": _BANNERS,
    "icons": _ICONS,
    "splashes": _SPLASHES,
    "discovery-splashes": _DISCOVERY_SPLASHES,
    "home-headers": _HOME_HEADERS,
    "new-member-actions": _ACTIONS,
    "resource-channels": _RESOURCES,
    "role-icons": _ROLE_ICONS,
    "groups": _GROUPS,
    "application-icons": _APPLICATION_ICONS,
    "guild-events": _HAPPENINGS,
    "members": _MEMBERS,
}
"""Whether an image is shown, by its folder; the rest of its key are the arguments."""

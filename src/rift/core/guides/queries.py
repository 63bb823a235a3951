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

ICONS: Final = """
select id, action_icon, resource_icon
from guide_icons
where id = any($1)
"""

PUT_ACTION_ICON: Final = """
insert into guide_icons (id, action_icon)
values ($1, $2)
on conflict (id) do update
set action_icon = excluded.action_icon
"""

PUT_RESOURCE_ICON: Final = """
insert into guide_icons (id, resource_icon)
values ($1, $2)
on conflict (id) do update
set resource_icon = excluded.resource_icon
"""

# What is no longer in the guide is not drawn in it.
KEEP_ICONS: Final = """
update guide_icons
set
    action_icon = case when id = any($2) then action_icon end,
    resource_icon = case when id = any($3) then resource_icon end
where id in (select id from channels where guild_id = $1)
"""

PROGRESS: Final = """
select channel_ids
from guide_progress
where guild_id = $1 and user_id = $2
"""

COMPLETE: Final = """
insert into guide_progress as kept (guild_id, user_id, channel_ids)
values ($1, $2, array[$3::bigint])
on conflict (guild_id, user_id) do update
set channel_ids = case
    when $3 = any(kept.channel_ids) then kept.channel_ids
    else kept.channel_ids || $3::bigint
end
returning channel_ids
"""

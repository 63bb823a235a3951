"""The SQL of departures."""

from typing import Final

STATE: Final = """
select barred, deleted, leaves_at
from users
where id = $1
"""

REST: Final = """
update users
set disabled = true
where id = $1 and not deleted
"""

BAR: Final = """
update users
set disabled = true, barred = true
where id = $1 and not bot and not deleted and not instance_owner
"""

READMIT: Final = """
update users
set disabled = false, leaves_at = null
where id = $1
    and not barred
    and not deleted
    and (leaves_at is null or leaves_at > $2)
"""

ENABLE: Final = """
update users
set disabled = false, barred = false, leaves_at = null
where id = $1
    and not bot
    and not deleted
    and (leaves_at is null or leaves_at > $2)
"""

MARK: Final = """
update users
set
    disabled = true,
    leaves_at = least(leaves_at, $2),
    owned_guilds = $3
where id = $1 and not bot and not deleted
"""

END_GRANTS: Final = """
delete from oauth2_grants
where user_id = $1
"""

PERSON: Final = """
select id, instance_owner
from users
where id = $1 and not bot and not deleted
"""

OWNS_GUILDS: Final = """
select exists (
    select from guilds
    where owner_id = $1
) as owns
"""

NEXT: Final = """
select id, owned_guilds
from users
where leaves_at <= $1
order by leaves_at
limit 1
"""

# Their bots' guilds are theirs too. In the order in which every unit holds guilds.
SOME_GUILD: Final = """
select
    guilds.id,
    guilds.owner_id,
    guilds.owner_id = $1
        or guilds.owner_id in (select bot_id from applications where owner_id = $1) as owned
from guilds
where guilds.id in (select guild_id from members where user_id = $1)
    or guilds.owner_id = $1
    or guilds.owner_id in (select bot_id from applications where owner_id = $1)
order by guilds.id
limit 1
"""

SOME_APPLICATION: Final = """
select id, bot_id
from applications
where owner_id = $1
order by id
limit 1
"""

# Who stands highest, and of those who stands there longest.
HEIR: Final = """
select members.user_id
from members
join users on users.id = members.user_id
left join roles on roles.guild_id = members.guild_id and roles.id = any(members.roles)
where members.guild_id = $1
    and members.user_id <> $2
    and not users.bot
    and not users.disabled
    and not members.pending
group by members.user_id, members.joined_at
order by max(roles.position) desc nulls last, members.joined_at, members.user_id
limit 1
"""

HOLD: Final = """
select id
from users
where id = $1 and leaves_at <= $2
for update
"""

# What they edited away and what was deleted of theirs; what stands is left to the channels.
FORGET_HISTORY: Final = """
delete from message_history
where (channel_id, message_id, changed_at) in (
    select channel_id, message_id, changed_at
    from message_history
    where author_id = $1
    limit $2
)
"""

# What others reported of them stays; what they said of themselves does not.
FORGET_PROFILES: Final = """
update reports
set profile = null
where user_id = $1 and profile is not null
"""

BURY: Final = """
delete from users
where id = $1
"""

# The author of what stays. The name has a space, so that nobody can have taken it.
REMEMBER: Final = """
insert into users (id, username, global_name, disabled, deleted)
values ($1, $2, 'Deleted User', true, true)
"""

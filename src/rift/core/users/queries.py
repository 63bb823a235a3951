"""The SQL of users."""

from typing import Final

USER: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color
from users
where id = $1
"""

CURRENT: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color, locale, email, (email is null or verified) as verified, bio,
    exists (
        select from factors
        where factors.user_id = users.id and factors.kind in ('totp', 'passkey')
    ) as mfa_enabled
from users
where id = $1
"""

BIO: Final = """
select bio
from users
where id = $1
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update users
set (
    username, global_name, avatar, banner, accent_color, bio, email, verified, pending_email
) = (
    select
        username, global_name, avatar, banner, accent_color, bio, email, verified, pending_email
    from jsonb_populate_record(users, $2)
)
where id = $1
"""

# In the order in which every unit holds guilds that holds several.
HOLD_GUILDS: Final = """
select guilds.id
from guilds
join members on members.guild_id = guilds.id
where members.user_id = $1
order by guilds.id
for no key update of guilds
"""

GUILDS: Final = """
select guild_id
from members
where user_id = $1
"""

MUTUAL_GUILDS: Final = """
select theirs.guild_id as id, theirs.nick
from members as mine
join members as theirs on theirs.guild_id = mine.guild_id
where mine.user_id = $1 and theirs.user_id = $2
order by theirs.guild_id
"""

"""The SQL of users."""

from typing import Final

USER: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color
from users
where id = $1
"""

HOLD: Final = """
select id, username, global_name, bot, disabled
from users
where id = $1
for no key update
"""

CURRENT: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color, locale, email, (email is null or verified) as verified, bio,
    case when not users.bot then array(
        select distinct case factors.kind when 'passkey' then 1 else 2 end
        from factors
        where factors.user_id = users.id and factors.kind in ('totp', 'passkey')
        order by 1
    ) end as authenticator_types,
    case when not users.bot then users.instance_owner end as admin,
    exists (
        select from factors
        where factors.kind in ('totp', 'passkey')
            and factors.user_id = coalesce(
                (select owner_id from applications where bot_id = users.id), users.id
            )
    ) as mfa_enabled
from users
where id = $1
"""

# Early adopters are the first fifty people of an instance.
PROFILE: Final = """
select
    bio, pronouns, theme_colors, banner, accent_color, instance_owner, bot,
    not bot and (
        select count(*)
        from (
            select
            from users as earlier
            where not earlier.bot and earlier.id < users.id
            limit 50
        ) as earlier
    ) < 50 as early,
    exists (
        select
        from guilds
        where guilds.owner_id = users.id
    ) as owns_guild,
    array(
        select badge
        from badges
        where badges.user_id = users.id
        order by badge
    ) as awarded,
    exists (
        select
        from relationships
        where relationships.user_id = users.id and other_id = $2 and type = 2
    ) as blocks
from users
where id = $1
"""

MEMBER_PROFILE: Final = """
select guild_id, bio, pronouns, banner
from members
where guild_id = $1 and user_id = $2
"""

# What the object does not name stays as it is.
UPDATE_MEMBER_PROFILE: Final = """
update members
set (bio, pronouns) = (
    select bio, pronouns
    from jsonb_populate_record(members, $3)
)
where guild_id = $1 and user_id = $2
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update users
set (
    username, global_name, avatar, banner, accent_color, bio, email, verified, pending_email,
    pronouns, theme_colors
) = (
    select
        username, global_name, avatar, banner, accent_color, bio, email, verified, pending_email,
        pronouns, theme_colors
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

AWARD: Final = """
insert into badges (user_id, badge)
select id, $2
from users
where id = $1
on conflict do nothing
"""

WITHDRAW: Final = """
delete from badges
where user_id = $1 and badge = $2
"""

"""The SQL of applications."""

from typing import Final

COLUMNS: Final = """
select
    id, owner_id, bot_id, name, description, icon, cover_image, flags, bot_public,
    bot_require_code_grant, verify_key, redirect_uris, tags, terms_of_service_url,
    privacy_policy_url, custom_install_url, interactions_endpoint_url,
    role_connections_verification_url, install_params, integration_types_config,
    (
        select count(*)::int from members where members.user_id = applications.bot_id
    ) as approximate_guild_count,
    (
        select count(distinct user_id)::int
        from oauth2_grants
        where oauth2_grants.application_id = applications.id
    ) as approximate_user_authorization_count
from applications
"""

FETCH: Final = (
    COLUMNS
    + """
where id = $1
"""
)

SOME: Final = (
    COLUMNS
    + """
where id = any($1)
"""
)

OF_OWNER: Final = (
    COLUMNS
    + """
where owner_id = $1
order by id
"""
)

USERS: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color
from users
where id = any($1)
"""

HOLD: Final = """
select id
from applications
where id = $1
for update
"""

COUNT: Final = """
select count(*)::int as count
from applications
where owner_id = $1
"""

# Bots share names; a number that no other bot of the name has tells them apart.
INSERT_BOT: Final = """
insert into users (id, username, discriminator, bot)
select $1, $2, number, true
from (
    select lpad(generate_series(1, 9999)::text, 4, '0') as number
) as numbers
where not exists (
    select from users
    where lower(users.username) = lower($2) and users.discriminator = numbers.number
)
order by random()
limit 1
on conflict do nothing
"""

INSERT: Final = """
insert into applications (id, owner_id, bot_id, name, description, verify_key, signing_key)
values ($1, $2, $1, $3, $4, $5, $6)
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update applications
set (
    name, description, icon, cover_image, flags, bot_public, bot_require_code_grant,
    redirect_uris, tags, terms_of_service_url, privacy_policy_url, custom_install_url,
    interactions_endpoint_url, role_connections_verification_url, install_params,
    integration_types_config
) = (
    select
        name, description, icon, cover_image, flags, bot_public, bot_require_code_grant,
        redirect_uris, tags, terms_of_service_url, privacy_policy_url, custom_install_url,
        interactions_endpoint_url, role_connections_verification_url, install_params,
        integration_types_config
    from jsonb_populate_record(applications, $2)
)
where id = $1
"""

RESET: Final = """
update applications
set secret_hash = $2
where id = $1
"""

DELETE: Final = """
delete from applications
where id = $1
"""

DISABLE_BOT: Final = """
update users
set disabled = true
where id = $1
"""

OWNS_GUILDS: Final = """
select exists (select from guilds where owner_id = $1) as owns
"""

DROP_ROLES: Final = """
delete from roles
where tags ->> 'bot_id' = $1
returning id, guild_id
"""

DROP_OVERWRITES: Final = """
delete from overwrites
where id = any($1)
"""

KEY: Final = """
select signing_key
from applications
where id = $1
"""

FLAGS: Final = """
select flags
from applications
where id = $1
"""

LEAVE_GUILDS: Final = """
delete from members
where user_id = $1
returning guild_id
"""

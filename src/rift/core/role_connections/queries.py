"""The SQL of role connections."""

from typing import Final

METADATA_OF: Final = """
select
    application_id, type, key, name, description, name_localizations, description_localizations
from role_connection_metadata
where application_id = any($1)
order by application_id, place
"""

OF_USER: Final = """
select application_id, platform_name, platform_username, metadata
from role_connections
where user_id = $1
order by application_id
"""

# Whoever changes what an application may say waits for those who say it, and they for them.
HOLD: Final = """
select id
from applications
where id = $1
for no key update
"""

SHARE: Final = """
select id
from applications
where id = $1
for share
"""

CLEAR: Final = """
delete from role_connection_metadata
where application_id = $1
"""

INSERT: Final = """
insert into role_connection_metadata
    (application_id, place, type, key, name, description, name_localizations,
    description_localizations)
select
    $1, place, type, key, name, description, name_localizations, description_localizations
from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
    as fresh
    (place, type, key, name, description, name_localizations, description_localizations)
"""

UNSAY: Final = """
update role_connections
set metadata = metadata - $2::text[]
where application_id = $1 and metadata ?| $2::text[]
"""

FETCH: Final = """
select platform_name, platform_username, metadata
from role_connections
where user_id = $1 and application_id = $2
"""

WRITE: Final = """
insert into role_connections
    (user_id, application_id, platform_name, platform_username, metadata)
values ($1, $2, $3, $4, $5)
on conflict (user_id, application_id) do update
set
    platform_name = excluded.platform_name,
    platform_username = excluded.platform_username,
    metadata = excluded.metadata
"""

DELETE: Final = """
delete from role_connections
where user_id = $1 and application_id = $2
"""

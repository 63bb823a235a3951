"""What is held on a person and the applications they made, or let do something for them."""

from collections.abc import Mapping
from typing import Final, LiteralString

APPLICATIONS: Final = """
select
    id, bot_id, name, description, icon, cover_image, flags, bot_public, redirect_uris, tags,
    terms_of_service_url, privacy_policy_url, interactions_endpoint_url
from applications
where owner_id = $1
order by id
"""

AUTHORIZATIONS: Final = """
select application_id, scopes, guild_id, expires_at
from oauth2_grants
where user_id = $1
order by id
"""

ROLE_CONNECTIONS: Final = """
select application_id, platform_name, platform_username, metadata
from role_connections
where user_id = $1
order by application_id
"""

TAKEN_ALONG: Final = """
select application_id
from user_applications
where user_id = $1
order by application_id
"""

BROUGHT_IN: Final = """
select application_id, guild_id
from guild_applications
where user_id = $1
order by application_id, guild_id
"""

MACHINES: Final[Mapping[str, LiteralString]] = {
    "account/applications": APPLICATIONS,
    "account/authorizations": AUTHORIZATIONS,
    "account/role_connections": ROLE_CONNECTIONS,
    "account/applications_taken_along": TAKEN_ALONG,
    "account/applications_brought_in": BROUGHT_IN,
}

"""How a person came into guilds, and what they answered there: the SQL of these files."""

from collections.abc import Mapping
from typing import Final, LiteralString

ONBOARDING: Final = """
select guild_id, responses, prompts_seen, responses_seen
from onboarding_responses
where user_id = $1
order by guild_id
"""

GUIDES: Final = """
select guild_id, channel_ids
from guide_progress
where user_id = $1
order by guild_id
"""

JOIN_REQUESTS: Final = """
select id, guild_id, status, created_at, form_responses, rejection_reason, reviewed_at
from join_requests
where user_id = $1
order by id
"""

MEANT_FOR: Final = """
select invites.code, invites.guild_id
from invite_targets
join invites on invites.code = invite_targets.code
where invite_targets.user_id = $1
order by invites.code
"""

ARRIVALS: Final[Mapping[str, LiteralString]] = {
    "guilds/onboarding": ONBOARDING,
    "guilds/guides": GUIDES,
    "guilds/join_requests": JOIN_REQUESTS,
    "guilds/invites_for_oneself": MEANT_FOR,
}

"""The SQL of onboarding."""

from typing import Final

FETCH: Final = """
select mode, default_channel_ids, prompts
from onboardings
where guild_id = $1
"""

PUT: Final = """
insert into onboardings (guild_id, mode, default_channel_ids, prompts)
values ($1, $2, $3, $4)
on conflict (guild_id) do update
set
    mode = excluded.mode,
    default_channel_ids = excluded.default_channel_ids,
    prompts = excluded.prompts
"""

RESPONSES: Final = """
select responses, prompts_seen, responses_seen
from onboarding_responses
where guild_id = $1 and user_id = $2
"""

PUT_RESPONSES: Final = """
insert into onboarding_responses (guild_id, user_id, responses, prompts_seen, responses_seen)
values ($1, $2, $3, $4, $5)
on conflict (guild_id, user_id) do update
set
    responses = excluded.responses,
    prompts_seen = excluded.prompts_seen,
    responses_seen = excluded.responses_seen
"""

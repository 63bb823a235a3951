"""The SQL of widgets."""

from typing import Final

# The invite that a widget shows is nobody's, and good for ever.
INVITE: Final = """
select code
from invites
where channel_id = $1
    and inviter_id is null
    and max_age = 0
    and max_uses = 0
    and not temporary
    and not exists (select from invite_audiences where invite_audiences.code = invites.code)
order by created_at
limit 1
"""

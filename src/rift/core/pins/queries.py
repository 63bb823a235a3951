"""The SQL of pins."""

from typing import Final

from rift.core.messages.queries import MESSAGES

COUNT: Final = """
select count(*)::int as count
from messages
where channel_id = $1 and pinned_at is not null
"""

PIN: Final = """
update messages
set pinned_at = $3
where channel_id = $1 and id = $2 and pinned_at is null
"""

UNPIN: Final = """
update messages
set pinned_at = null
where channel_id = $1 and id = $2 and pinned_at is not null
"""

NOTE: Final = """
update channels
set last_pin_timestamp = (
    select max(pinned_at)
    from messages
    where channel_id = $1 and pinned_at is not null
)
where id = $1
returning last_pin_timestamp
"""

PAGE: Final = (
    MESSAGES
    + """
where messages.channel_id = $1
    and messages.pinned_at is not null
    and ($2::timestamptz is null or messages.pinned_at < $2)
order by messages.pinned_at desc
limit $3
"""
)

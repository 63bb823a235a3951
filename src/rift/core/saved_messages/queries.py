"""The SQL of saved messages."""

from typing import Final

_SAVED: Final = """
select channel_id, message_id, guild_id, saved_at, notes
from saved_messages
where user_id = $1
"""

PAGE: Final = (
    _SAVED
    + """
    and ($2::timestamptz is null or saved_at < $2)
order by saved_at desc
limit $3
"""
)

ONE: Final = (
    _SAVED
    + """
    and channel_id = $2 and message_id = $3
"""
)

COUNT: Final = """
select count(*)::int as count
from saved_messages
where user_id = $1
"""

# No two at the same moment: by it they are paged.
SAVE: Final = """
insert into saved_messages (user_id, channel_id, message_id, guild_id, saved_at, notes)
select $1, $2, $3, $4, greatest($5, max(saved_at) + interval '1 microsecond'), $6
from saved_messages
where user_id = $1
"""

NOTE: Final = """
update saved_messages
set notes = $4
where user_id = $1 and channel_id = $2 and message_id = $3 and notes <> $4
"""

FORGET: Final = """
delete from saved_messages
where user_id = $1 and channel_id = $2 and message_id = $3
"""

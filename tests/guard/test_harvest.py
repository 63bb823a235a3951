"""Whatever is kept of people is in their harvest, or there is a reason why not."""

import re
from typing import Final

import asyncpg

from rift.core.harvests.sources import PARTS, WALKS

# A column that points at a user, or whose name says that there is somebody in it.
_OF_PEOPLE: Final = """
select distinct columns.table_name as name
from information_schema.columns
where columns.table_schema = 'public'
    and columns.column_name
        ~ '(^|_)(user|author|owner|creator|inviter|other|lower|higher|by)(_id)?$'
order by 1
"""

ELSEWHERE: Final = {
    "interactions": "kept for a day: what one did with an application, of which messages tell",
    "ephemeral_messages": "kept for a day: what an application showed one person",
    "attention": "kept for seconds: who looks at a client just now",
    "channels": "a group's owner is shown by the group, a thread's is in it; both are listed",
    "direct_messages": "which channel two people have: in private_channels",
    "last_said": "the newest of one's own messages in a channel: in messages",
    "own_messages": "a view of one's own messages",
    "voice_states": "kept while somebody is in a voice channel",
    "user_mentions": "which messages may mention somebody: nothing that is not in those",
    "role_link_reviews": "kept for seconds: whose linked roles are to be looked at again",
    "search_documents": "what messages are found by: nothing that is not in those",
    "tickets": "kept for minutes, between two steps of a login",
    "link_errands": "kept for seconds, until the links of a message were looked at",
    "nonces": "kept for minutes, to recognise a message that is sent twice",
}


async def test_every_table_of_people_is_harvested(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        tables = {row["name"] for row in await connection.fetch(_OF_PEOPLE)}
    finally:
        await connection.close()
    assert {"messages", "sessions", "members"} <= tables
    texts = [query for part in PARTS.values() for query in part.values()]
    texts += [walk.rows for part in WALKS.values() for walk in part.values()]
    harvested = {name for text in texts for name in re.findall(r"(?:from|join) (\w+)", text)}
    assert tables - harvested - ELSEWHERE.keys() == set()
    assert ELSEWHERE.keys() <= tables

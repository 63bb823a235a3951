"""A guild in which millions of messages were said: written and indexed in bulk, behind the server.

The words follow Zipf's law. A message is one of so many texts, which are read by the program's own
code; the database copies each of them as often as there are to be messages.
"""

import asyncio
import os
import signal
import string
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import Any, Final

import asyncpg

from bench.server import Server
from rift import snowflake
from rift.core.search import segments
from rift.core.search.documents import document
from rift.core.search.expressions import SEGMENT
from rift.core.search.typos import is_kept, keys

_WORDS: Final = 100_000
_TEXTS: Final = 20_000
_AUTHORS: Final = 200
_NEEDLES: Final = 200
NEEDLE_HITS: Final = 20
_NO_LIMIT_S: Final = 3600
_SOCKET: Final = ".s.PGSQL.5432"

_PREPARE: Final = """
set maintenance_work_mem = '2GB';
set synchronous_commit = off;
set work_mem = '64MB';
alter table messages disable trigger note_messages;
drop index messages_by_id, messages_by_time, messages_calling, search_documents_by_terms;
alter table search_documents drop constraint search_documents_pkey;
create temp table texts (
    number int primary key,
    channel_id bigint not null,
    author_id bigint not null,
    content text not null,
    vector text not null
)
"""

_MESSAGES: Final = """
insert into messages (channel_id, id, guild_id, author_id, content)
select texts.channel_id, $1::bigint + (n::bigint << 22), $2::bigint, texts.author_id, texts.content
from generate_series($3::int, $4::int) as n
join texts on texts.number = case
    when n % $5::int = 0 then -1 - (n / $5::int) % $6::int
    else (n::bigint * 7919 % $7::int)::int
end
"""

_DOCUMENTS: Final = """
insert into search_documents (id, channel_id, author_id, segment, terms)
select
    $1::bigint + (n::bigint << 22), texts.channel_id, texts.author_id, $2::int,
    replace(texts.vector, $3, $2::int::text)::tsvector
from generate_series($4::int, $5::int) as n
join texts on texts.number = case
    when n % $6::int = 0 then -1 - (n / $6::int) % $7::int
    else (n::bigint * 7919 % $8::int)::int
end
"""

_HASTE: Final = """
max_wal_size = 16GB
full_page_writes = off
fsync = off
"""
"""Nothing of it has to survive a power cut before it is all there."""

_SEGMENT: Final = """
insert into search_segments (scope, first_id, last_id, count)
values ($1::bigint, $2::bigint + ($3::bigint << 22), $2::bigint + ($4::bigint << 22), $5::int)
returning number
"""

_AUTHOR: Final = """
insert into users (id, username)
values ($1, $2)
"""

# As the migrations make them.
_FINISH: Final = """
create index messages_by_id on messages using hash (id);
create index messages_by_time on messages using brin (id)
    with (pages_per_range = 16, autosummarize = on);
create index messages_calling on messages (guild_id, channel_id, id)
    where mention_everyone or mention_roles <> '{}';
alter table search_documents add primary key (id);
create index search_documents_by_terms on search_documents using gin (terms)
    with (fastupdate = off);
alter table messages enable trigger note_messages;
drop table texts
"""


@dataclass
class Library:
    """What to say, and where; the numbers of needles are the words that occur but seldom."""

    guild_id: str
    channel_ids: list[str]
    count: int
    random: Random = field(default_factory=lambda: Random(4))

    def __post_init__(self) -> None:
        self.words = list(dict.fromkeys(self._spelled() for _ in range(_WORDS)))
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        first = int(snowflake.at(datetime.now(UTC)))
        self.first = first - ((self.count + 1000) << 22)
        self.authors = [str((1 << 45) + n) for n in range(_AUTHORS)]

    @property
    def needles(self) -> list[str]:
        return [f"needle{string.ascii_lowercase[n // 26]}{string.ascii_lowercase[n % 26]}ish"
                for n in range(_NEEDLES)]  # fmt: skip

    def _spelled(self) -> str:
        length = self.random.choice((3, 4, 5, 6, 7, 8, 9, 11))
        pairs = ("aeiou", "bcdfghjklmnprstvw")
        return "".join(self.random.choice(pairs[at % 2 == 0]) for at in range(length))

    def word(self) -> str:
        return self.words[bisect(self._weights, self.random.random() * self._weights[-1])]

    def text(self) -> str:
        length = min(int(self.random.lognormvariate(2.1, 0.8)) + 1, 120)
        return " ".join(self.word() for _ in range(length))

    def rows(self) -> Iterator[tuple[int, int, int, str, str]]:
        for number in range(_TEXTS):
            yield self._row(number, self.text())
        for number, needle in enumerate(self.needles):
            yield self._row(-1 - number, f"{self.text()} {needle}")

    def _row(self, number: int, content: str) -> tuple[int, int, int, str, str]:
        row: dict[str, Any] = defaultdict(lambda: None)  # nothing beside its text
        channel_id = self.random.choice(self.channel_ids)
        author_id = self.random.choice(self.authors)
        row |= {
            "id": "0", "guild_id": self.guild_id, "channel_id": channel_id,
            "author_id": author_id, "content": content, "mentions": [], "mention_roles": [],
            "mention_everyone": False, "bot": False, "locale": "en-US",
        }  # fmt: skip
        return number, int(channel_id), int(author_id), content, document(row).vector(SEGMENT)


def stock(server: Server, library: Library) -> float:
    """Write and index them all; the seconds it took. The server has to be restarted after it."""
    started = time.perf_counter()
    settings = next(server.data.rglob("postgresql.auto.conf"))
    before = settings.read_text()
    settings.write_text(before + _HASTE)
    os.kill(server.database_pid, signal.SIGHUP)
    try:
        asyncio.run(_stock(str(next(server.data.rglob(_SOCKET)).parent), library))
    finally:
        settings.write_text(before)
    return time.perf_counter() - started


async def _stock(host: str, library: Library) -> None:
    connection = await asyncpg.connect(
        host=host, user="rift", database="rift", command_timeout=_NO_LIMIT_S
    )
    try:
        await connection.execute(_PREPARE)
        await connection.copy_records_to_table("texts", records=library.rows())
        await connection.execute("analyze texts")
        for id_ in library.authors:
            await connection.execute(_AUTHOR, int(id_), f"author{id_}")
        await _write(connection, library)
        await connection.execute(_FINISH)
        await _learn(connection, library)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()


async def _write(connection: Any, library: Library) -> None:
    every = max(library.count // (_NEEDLES * NEEDLE_HITS), 2)
    turns = (every, _NEEDLES, _TEXTS)
    for start in range(1, library.count + 1, segments.FULL):
        end = min(start + segments.FULL - 1, library.count)
        places = (library.first, int(library.guild_id), start, end)
        await connection.execute(_MESSAGES, *places, *turns)
        number = await connection.fetchval(
            _SEGMENT, int(library.guild_id), library.first, start, end, end - start + 1
        )
        await connection.execute(_DOCUMENTS, library.first, number, SEGMENT, start, end, *turns)


async def _learn(connection: Any, library: Library) -> None:
    scope = library.guild_id
    learnt = {word for word in (*library.words, *library.needles) if is_kept(word)}
    rows = [(int(scope), word, [int(it) for it in keys(scope, word)]) for word in sorted(learnt)]
    await connection.copy_records_to_table("search_words", records=rows)

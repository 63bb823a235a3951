"""How the answers of polls stand, for who looks at them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift.core.polls import queries
from rift.core.unit import Row, Unit
from rift.wire.polls import Poll, PollAnswerCount, PollResults

Counts = Mapping[str, list[PollAnswerCount]]
"""By message."""


async def counts(unit: Unit, rows: Sequence[Row], viewer_id: str) -> Counts:
    """Those of the messages that ask something; most pages have none."""
    asking = [row for row in rows if row["poll"] is not None]
    if not asking:
        return {}
    found = defaultdict[str, list[PollAnswerCount]](list)
    places = [row["channel_id"] for row in asking], [row["id"] for row in asking]
    for row in await unit.all(queries.COUNTS, *places, viewer_id):
        found[row["message_id"]].append(
            PollAnswerCount(id=row["id"], count=row["count"], me_voted=row["me_voted"])
        )
    return found


def shown(row: Mapping[str, Any], counted: Counts) -> Poll | UnsetType:
    """The poll of a message."""
    kept = row["poll"]
    if kept is None:
        return UNSET
    results = PollResults(
        answer_counts=counted.get(row["id"], []), is_finalized=kept.get("is_finalized", False)
    )
    return replace(msgspec.convert(kept, Poll), results=results)


def impersonal(poll: Poll | UnsetType) -> Poll | UnsetType:
    """A poll as everybody is told of it: nobody voted themselves."""
    if poll is UNSET or poll.results is UNSET:
        return poll
    counted = [replace(one, me_voted=False) for one in poll.results.answer_counts]
    return replace(poll, results=replace(poll.results, answer_counts=counted))

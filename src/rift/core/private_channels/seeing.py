"""Private channels as each of the people in them sees them, and telling them of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from rift import errors, events
from rift.core.messages.people import user_from_row
from rift.core.private_channels import queries
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelNick, ChannelType, from_row

_PENDING: Final = 1

Kind = type[events.ChannelCreate | events.ChannelUpdate | events.ChannelDelete]


class View(NamedTuple):
    """A channel as one of its people sees it: without themselves among the recipients."""

    viewer_id: Snowflake
    bot: bool
    channel: Channel


async def channel(unit: Unit, channel_id: str, viewer_id: str) -> Channel:
    """One channel, as one of its people sees it."""
    found = await views(unit, [channel_id], [viewer_id])
    if not found:
        raise errors.UnknownChannel
    return found[0].channel


async def opened(unit: Unit, viewer_id: str) -> list[Channel]:
    """The channels somebody has open, the liveliest first."""
    rows = await unit.all(queries.OPEN, viewer_id)
    found = await views(unit, [row["channel_id"] for row in rows], [viewer_id])
    return [view.channel for view in found]


async def views(unit: Unit, channel_ids: Sequence[str], viewer_ids: Iterable[str]) -> list[View]:
    """The channels as each of the viewers sees them."""
    if not channel_ids:
        return []
    people: defaultdict[str, list[Row]] = defaultdict(list)
    for row in await unit.all(queries.PEOPLE, channel_ids):
        people[row["channel_id"]].append(row)
    rows = await unit.all(queries.SEEN, channel_ids, list(viewer_ids))
    return [View(row["viewer_id"], row["bot"], _seen(row, people[row["id"]])) for row in rows]


async def tell(
    unit: Unit, kind: Kind, channel_ids: Sequence[str], viewer_ids: Iterable[str]
) -> None:
    """Tell people of channels; bots hear of a private channel by its messages alone."""
    for view in await views(unit, channel_ids, viewer_ids):
        if not view.bot:
            unit.emit(kind(data=view.channel, to=(view.viewer_id,)))


def _seen(row: Row, people: Iterable[Row]) -> Channel:
    people = list(people)
    others = [person for person in people if person["user_id"] != row["viewer_id"]]
    shape = {**row, "recipients": [user_from_row(it, "user_id") for it in others]}
    if row["type"] == ChannelType.GROUP_DM:
        named = [person for person in people if person["nick"]]
        shape["nicks"] = [ChannelNick(id=it["user_id"], nick=it["nick"]) for it in named]
    elif not row["bot"]:
        asked = row["request"] == _PENDING
        shape["is_message_request"] = asked
        shape["is_message_request_timestamp"] = row["requested_at"] if asked else None
        shape["is_spam"] = False
    return from_row(shape)

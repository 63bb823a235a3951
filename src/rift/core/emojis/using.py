"""Which emojis somebody may use where: in reactions, and in what they write."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import UNSET, Struct

from rift.core.access import Hall, Room
from rift.core.actor import Speaker
from rift.core.emojis import queries
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake, parse
from rift.wire.emojis import Emoji, PartialEmoji

_WRITTEN: Final = re.compile(r"<a?:(\w{1,32}):([0-9]{1,20})>")
_EXTERNAL: Final = Permission.USE_EXTERNAL_EMOJIS


class Found(Struct, frozen=True):
    """An emoji within somebody's reach, and whether it is brought along from another guild."""

    emoji: PartialEmoji
    external: bool = False


def is_written(content: str) -> bool:
    """Whether there may be an emoji of a guild in a text; most texts have none."""
    return "<:" in content or "<a:" in content


async def spoken(unit: Unit, speaker: Speaker, room: Room, content: str) -> str:
    """The text as it is to be kept: of emojis that are not the writer's their names are left."""
    written = (parse(digits) for _, digits in _WRITTEN.findall(content))
    ids = list(dict.fromkeys(id_ for id_ in written if id_ is not None))
    if not ids:
        return content
    found = await within_reach(unit, speaker, room, ids)
    may_bring = room.may(_EXTERNAL)

    def kept(match: re.Match[str]) -> str:
        one = found.get(parse(match[2]) or "")
        usable = one is not None and (may_bring or not one.external)
        return match[0] if usable else f":{match[1]}:"

    return _WRITTEN.sub(kept, content)


async def within_reach(
    unit: Unit, speaker: Speaker, room: Room | Hall, ids: Sequence[Snowflake]
) -> Mapping[str, Found]:
    """Those of the emojis that exist and are the speaker's to use, here or elsewhere."""
    found: dict[str, Found] = {}
    missing: list[Snowflake] = []
    for id_ in ids:
        emoji = None if room.guild is None else room.guild.emojis.get(id_)
        if emoji is None:
            missing.append(id_)
        elif _is_open(emoji, room):
            found[id_] = Found(partial(id_, emoji.name, animated=emoji.animated))
    if not missing:
        return found
    for row in await unit.all(queries.WITHIN_REACH, missing, speaker.id, speaker.application_id):
        if row["open"]:
            external = row["guild_id"] not in (None, room.guild_id)
            shown = partial(row["id"], row["name"], animated=row["animated"])
            found[row["id"]] = Found(shown, external)
    return found


async def named(unit: Unit, id_: Snowflake) -> PartialEmoji:
    """An emoji that stands somewhere already; without a name if it is there no longer."""
    row = await unit.maybe(queries.NAMED, id_)
    if row is None:
        return PartialEmoji(id=id_)
    return partial(id_, row["name"], animated=row["animated"])


def partial(id_: Snowflake, name: str, *, animated: bool) -> PartialEmoji:
    return PartialEmoji(id=id_, name=name, animated=True if animated else UNSET)


def _is_open(emoji: Emoji, room: Room | Hall) -> bool:
    held = () if room.member is None else room.member.roles
    return not emoji.roles or any(role_id in held for role_id in emoji.roles)

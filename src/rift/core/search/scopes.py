"""Where somebody may search, and nothing beyond: the one place that decides it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from rift import errors
from rift.core import access
from rift.core.access import Sight
from rift.core.actor import Actor
from rift.core.members import queries as member_queries
from rift.core.search import queries
from rift.core.search.folding import language
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.world import Picture

READS: Final = Permission.READ_MESSAGE_HISTORY
_SEES_CONTENT: Final = 1 << 18 | 1 << 19
"""The application flags, full or limited, with which a bot may know what is said."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched through: of some guilds and private channels, those channels one may read.

    `hidden_authors` are those whose messages are left out.
    """

    scopes: Sequence[Snowflake]
    channel_ids: Collection[Snowflake]
    languages: Sequence[str]
    hidden_authors: Sequence[Snowflake] = ()

    def only(self, wanted: Iterable[Snowflake]) -> "Place":
        """The same, but for these channels only, if any are named."""
        chosen = set(wanted)
        if not chosen:
            return self
        return msgspec.structs.replace(self, channel_ids=chosen.intersection(self.channel_ids))


async def guild(
    unit: Unit, actor: Actor, guild_id: Snowflake, *, restricted: bool = False
) -> Place:
    """A guild; what is for adults only where it is asked for."""
    await _check_intent(unit, actor)
    hall = await access.guild(unit, actor, guild_id)
    readable = await access.visible_channels(unit, actor, guild_id, READS)
    fit = _fit(hall.guild, readable, restricted=restricted)
    return Place(
        scopes=[hall.guild.id],
        channel_ids=[*fit, *await access.asleep(unit, [hall], fit)],
        languages=_languages([hall.guild.guild.preferred_locale]),
    )


async def channel(unit: Unit, actor: Actor, channel_id: Snowflake) -> Place:
    """One channel, of a guild or private."""
    await _check_intent(unit, actor)
    room = await access.channel(unit, actor, channel_id, READS)
    if room.guild is None:
        return _private(actor, [room.channel.id])
    return Place(
        scopes=[room.guild.id],
        channel_ids=[room.channel.id],
        languages=_languages([room.guild.guild.preferred_locale]),
    )


async def private(unit: Unit, actor: Actor) -> Place:
    """All direct messages and groups, but for what those say who are blocked."""
    actor.must_be_person()
    found = await access.visible_channels(unit, actor, None, READS)
    place = _private(actor, sorted(found))
    return msgspec.structs.replace(place, hidden_authors=await _blocked(unit, actor))


async def everywhere(unit: Unit, actor: Actor, *, restricted: bool = False) -> Place:
    """All one sees: guilds, direct messages and groups."""
    actor.must_be_person()
    around = await access.sight(unit, actor)
    readable = _readable(around, restricted=restricted)
    readable.update(await access.asleep(unit, around.guilds.values(), readable))
    locales = [hall.guild.guild.preferred_locale for hall in around.guilds.values()]
    return Place(
        scopes=[*around.guilds, *around.private],
        channel_ids=readable,
        languages=_languages([*locales, actor.account.locale]),
        hidden_authors=await _blocked(unit, actor),
    )


def _readable(around: Sight, *, restricted: bool) -> set[Snowflake]:
    found = set(around.private)
    for hall in around.guilds.values():
        found.update(_fit(hall.guild, around.channels(READS, hall.guild.id), restricted=restricted))
    return found


def _fit(
    picture: Picture, channel_ids: Iterable[Snowflake], *, restricted: bool
) -> list[Snowflake]:
    if restricted:
        return list(channel_ids)
    return [id_ for id_ in channel_ids if not picture.is_restricted(id_)]


def _private(actor: Actor, channel_ids: Sequence[Snowflake]) -> Place:
    """Private words are kept by the language of who wrote them: one's own stands for it."""
    return Place(
        scopes=channel_ids,
        channel_ids=channel_ids,
        languages=_languages([actor.account.locale]),
    )


def _languages(locales: Iterable[str]) -> list[str]:
    return [it for it in dict.fromkeys(map(language, locales)) if it]


async def _blocked(unit: Unit, actor: Actor) -> list[Snowflake]:
    return [row["other_id"] for row in await unit.all(queries.BLOCKED, actor.id)]


async def _check_intent(unit: Unit, actor: Actor) -> None:
    """What is said, bots learn only with the privileged intent."""
    if actor.bot:
        application = await unit.one(member_queries.APPLICATION_FLAGS, actor.application_id)
        if not application["flags"] & _SEES_CONTENT:
            raise errors.MissingAccess

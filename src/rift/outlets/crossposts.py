"""Brings what is published to the channels that follow, and keeps their copies true."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final, Self

from rift import events
from rift.config import Settings
from rift.core.crossposts import carrying, flags
from rift.core.crossposts.carrying import Source
from rift.core.house import House
from rift.core.unit import Unit
from rift.core.webhooks import verbs as webhooks
from rift.events import Event
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType
from rift.wire.messages import MessageEvent

_START: Final = Snowflake("0")

Portion = Callable[[Unit, Source, Snowflake], Awaitable[Snowflake | None]]


class Crossposts:
    """Reads in the events what may concern followers, and in the database how things stand now.

    So it does no harm when an event comes twice, or a second one while the first is carried out.
    Every portion is a transaction of its own: others come in between, and what was done stays.
    """

    name: ClassVar[str] = "crossposts"
    events: ClassVar[Sequence[type[Event]]] = (
        events.MessageUpdate,
        events.MessageDelete,
        events.MessageDeleteBulk,
        events.ChannelUpdate,
        events.ChannelDelete,
        events.GuildDelete,
    )

    def __init__(self, house: House) -> None:
        self._house = house

    @classmethod
    def is_wanted(cls, settings: Settings) -> bool:  # noqa: ARG003 - every instance has it
        return True

    @classmethod
    def of(cls, house: House) -> Self:
        return cls(house)

    @classmethod
    def concerns(cls, event: Event) -> bool:
        """Of messages that change those that were published, and of the deleted also copies."""
        match event:
            case events.MessageUpdate():
                return _published(event) is not None
            case events.MessageDelete() | events.MessageDeleteBulk():
                return event.is_crossposted and event.guild_id is not None
            case _:
                return True

    async def take(self, events: Sequence[Event]) -> None:
        """Follow up what happened; a message that changed several times is looked at once."""
        seen = set[Snowflake]()
        for event in events:
            changed = _published(event)
            if changed is None:
                await self._other(event)
            elif changed.id not in seen:
                seen.add(changed.id)
                await self._carry(changed)

    async def _other(self, event: Event) -> None:
        match event:
            case events.MessageDelete(data=gone):
                await self._deleted(event, gone.channel_id, [gone.id])
            case events.MessageDeleteBulk(data=gone):
                await self._deleted(event, gone.channel_id, gone.ids)
            case events.ChannelDelete(data=channel):
                await self._end(webhooks.forget_channel, channel.id)
            case events.ChannelUpdate(data=channel):
                if channel.type != ChannelType.GUILD_ANNOUNCEMENT:
                    await self._end(webhooks.forget_channel, channel.id)
            case events.GuildDelete(data=guild):
                await self._end(webhooks.forget_guild, guild.id)
            case _:
                pass

    async def _carry(self, source: Source) -> None:
        async with Unit(self._house, reading=True) as unit:
            delivered = await carrying.is_delivered(unit, source)
        if delivered is not None:
            portion = carrying.revise if delivered else carrying.deliver
            await self._in_portions(portion, source)

    async def _deleted(
        self, event: Event, channel_id: Snowflake, message_ids: Sequence[Snowflake]
    ) -> None:
        if event.guild_id is None:
            return
        async with Unit(self._house) as unit:
            published = await carrying.published(unit, channel_id, message_ids)
        for id_ in published:
            source = Source(event.guild_id, channel_id, id_)
            await self._in_portions(carrying.withdraw, source)

    async def _in_portions(self, portion: Portion, source: Source) -> None:
        reached: Snowflake | None = _START
        while reached is not None:
            async with Unit(self._house) as unit:
                reached = await portion(unit, source, reached)

    async def _end(
        self, forget: Callable[[Unit, str, int], Awaitable[int]], id_: Snowflake
    ) -> None:
        more = True
        while more:
            async with Unit(self._house) as unit:
                more = await forget(unit, id_, carrying.AT_ONCE) == carrying.AT_ONCE


def _published(event: Event) -> Source | None:
    """The published message an event shows, if it shows one."""
    if not isinstance(event, events.MessageUpdate) or event.guild_id is None:
        return None
    message: MessageEvent = event.data
    if not message.flags & flags.CROSSPOSTED:
        return None
    return Source(event.guild_id, message.channel_id, message.id)

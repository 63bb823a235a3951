"""py-cord, pointed at a Rift."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import discord
from family import Bot
from talk import URL, listen_to_log

discord.http.Route.API_BASE_URL = URL + "/api/v{API_VERSION}"
discord.asset.Asset.BASE = f"{URL}/cdn"


class PyCord(Bot):
    async def _forward(self, message: Any, channel: Any) -> Any:
        return await message.forward_to(channel)

    async def _ban_many(self, guild: Any, users: list[Any], reason: str) -> Any:
        return await guild.bulk_ban(*users, reason=reason)

    def _forwarded(self, message: Any) -> str | None:
        told = [snapshot.message.content for snapshot in message.snapshots]
        return told[0] if told else None

    def _poll(self, question: str, answers: list[str]) -> Any:
        poll = discord.Poll(question, duration=1)
        for answer in answers:
            poll.add_answer(answer)
        return poll

    def _votes(self, answer: Any) -> int:
        return int(answer.count or 0)

    async def _pins(self, channel: Any) -> AsyncIterator[Any]:
        async for pin in channel.pins():
            yield pin.message

    def _sounds(self, guild_id: str) -> Any:
        """What comes while it runs it keeps with the client, not with the guild."""
        return [sound for sound in self.client.sounds if str(sound.guild_id) == guild_id]

    async def _forbid(self, guild: Any, word: str) -> Any:
        block = discord.AutoModAction(
            discord.AutoModActionType.block_message, discord.AutoModActionMetadata()
        )
        return await guild.create_auto_moderation_rule(
            name="words",
            event_type=discord.AutoModEventType.message_send,
            trigger_type=discord.AutoModTriggerType.keyword,
            trigger_metadata=discord.AutoModTriggerMetadata(keyword_filter=[word]),
            actions=[block],
            enabled=True,
        )

    async def _plan(
        self, guild: Any, name: str, starts: datetime, ends: datetime, place: str
    ) -> Any:
        return await guild.create_scheduled_event(
            name=name, start_time=starts, end_time=ends, location=place
        )

    def _comers(self, event: Any) -> AsyncIterator[Any]:
        return event.subscribers()

    async def speak(self, guild_id: str, channel_id: str | None) -> None:
        """It has no voice clients without what encrypts sound."""
        channel = None if channel_id is None else self.client.get_channel(int(channel_id))
        await self._guild(guild_id).change_voice_state(channel=channel, self_mute=True)

    async def _time_out(self, member: Any, until: datetime | None) -> None:
        await member.timeout(until)

    def _timed_out_until(self, member: Any) -> datetime | None:
        until: datetime | None = member.communication_disabled_until
        return until


async def main() -> None:
    client = discord.Client(intents=discord.Intents.all())
    await PyCord(discord, client).run()


listen_to_log("discord")
asyncio.run(main())

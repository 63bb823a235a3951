"""disnake, pointed at a Rift."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import disnake
from family import Bot
from talk import URL, listen_to_log

disnake.http.Route.BASE = f"{URL}/api/v10"
disnake.asset.Asset.BASE = f"{URL}/cdn"


class Disnake(Bot):
    async def _send_silently(self, channel: Any, content: str) -> Any:
        flags = disnake.MessageFlags(suppress_notifications=True)
        return await channel.send(content, flags=flags)

    def _poll(self, question: str, answers: list[str]) -> Any:
        return disnake.Poll(question, answers=answers, duration=timedelta(hours=1))

    async def _end_poll(self, message: Any) -> Any:
        return await message.poll.expire()

    async def _forbid(self, guild: Any, word: str) -> Any:
        return await guild.create_automod_rule(
            name="words",
            event_type=disnake.AutoModEventType.message_send,
            trigger_type=disnake.AutoModTriggerType.keyword,
            trigger_metadata=disnake.AutoModTriggerMetadata(keyword_filter=[word]),
            actions=[disnake.AutoModBlockMessageAction()],
            enabled=True,
        )

    async def _plan(
        self, guild: Any, name: str, starts: datetime, ends: datetime, place: str
    ) -> Any:
        return await guild.create_scheduled_event(
            name=name,
            scheduled_start_time=starts,
            scheduled_end_time=ends,
            channel=None,
            entity_metadata=disnake.GuildScheduledEventMetadata(location=place),
        )

    def _comers(self, event: Any) -> AsyncIterator[Any]:
        return event.fetch_users()

    async def _time_out(self, member: Any, until: datetime | None) -> None:
        await member.timeout(until=until)

    def _timed_out_until(self, member: Any) -> datetime | None:
        until: datetime | None = member.current_timeout
        return until


async def main() -> None:
    client = disnake.Client(intents=disnake.Intents.all())
    await Disnake(disnake, client).run()


listen_to_log("disnake")
asyncio.run(main())

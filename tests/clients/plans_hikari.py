"""Scheduled events, stages and who is in voice channels, as hikari knows them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import hikari
from hikari.events import stage_events


class Plans:
    """Verbs on what goes on in a guild; a part of the bot."""

    def __init__(self, bot: hikari.GatewayBot) -> None:
        self._bot = bot
        self._rest = bot.rest

    async def plan(self, guild_id: str, name: str, starts: str, ends: str, place: str) -> Any:
        made = await self._rest.create_external_event(
            int(guild_id),
            name,
            place,
            datetime.fromisoformat(starts),
            datetime.fromisoformat(ends),
        )
        return _named(made)

    async def begin(self, guild_id: str, event_id: str) -> None:
        status = hikari.ScheduledEventStatus.ACTIVE
        await self._rest.edit_scheduled_event(int(guild_id), int(event_id), status=status)

    async def plans(self, guild_id: str) -> dict[str, str]:
        """It holds none of them."""
        found = await self._rest.fetch_scheduled_events(int(guild_id))
        return {str(event.id): event.name for event in found}

    async def who_comes(self, guild_id: str, event_id: str) -> list[str]:
        found = self._rest.fetch_scheduled_event_users(int(guild_id), int(event_id))
        return [str(it.user.id) async for it in found]

    async def speak(self, guild_id: str, channel_id: str | None) -> None:
        channel = None if channel_id is None else int(channel_id)
        await self._bot.update_voice_state(int(guild_id), channel, self_mute=True)

    async def bring(self, guild_id: str, user_id: str, channel_id: str) -> None:
        await self._rest.edit_member(int(guild_id), int(user_id), voice_channel=int(channel_id))

    async def voices(self, guild_id: str) -> dict[str, str]:
        held = self._bot.cache.get_voice_states_view_for_guild(int(guild_id))
        return {str(it.user_id): str(it.channel_id) for it in held.values()}

    async def open_stage(self, channel_id: str, topic: str) -> str:
        return str((await self._rest.create_stage_instance(int(channel_id), topic=topic)).id)


def _voice(state: Any) -> dict[str, Any]:
    return {
        "user_id": str(state.user_id),
        "channel_id": str(state.channel_id) if state.channel_id else None,
        "muted": state.is_self_muted,
    }


def _named(thing: Any) -> dict[str, str]:
    return {"id": str(thing.id), "name": thing.name}


def _comes(event: Any) -> dict[str, str]:
    return {"id": str(event.event_id), "user_id": str(event.user_id)}


HEARD: Final[dict[type[Any], tuple[str, Callable[[Any], dict[str, Any]]]]] = {
    hikari.ScheduledEventCreateEvent: ("plan_create", lambda event: _named(event.event)),
    hikari.ScheduledEventUpdateEvent: (
        "plan_update",
        lambda event: {"status": int(event.event.status), **_named(event.event)},
    ),
    hikari.ScheduledEventDeleteEvent: ("plan_delete", lambda event: _named(event.event)),
    hikari.ScheduledEventUserAddEvent: ("plan_user", _comes),
    hikari.VoiceStateUpdateEvent: ("voice", lambda event: _voice(event.state)),
    hikari.VoiceServerUpdateEvent: ("voice_server", lambda event: {"endpoint": event.endpoint}),
    stage_events.StageInstanceCreateEvent: (
        "stage",
        lambda e: {"id": str(e.stage_instance.id), "topic": e.stage_instance.topic},
    ),
}

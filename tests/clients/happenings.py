"""Scheduled events, stages and who is in voice channels, as discord.py and its forks know them."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from talk import tell


class Happenings:
    """Verbs on what goes on in a guild; a part of the bot."""

    client: Any
    library: Any

    async def plan(self, guild_id: str, name: str, starts: str, ends: str, place: str) -> Any:
        times = (datetime.fromisoformat(starts), datetime.fromisoformat(ends))
        return _shown(await self._plan(self._guild(guild_id), name, *times, place))

    async def begin(self, guild_id: str, event_id: str) -> None:
        await self._guild(guild_id).get_scheduled_event(int(event_id)).start()

    async def plans(self, guild_id: str) -> dict[str, str]:
        return {str(it.id): it.name for it in self._guild(guild_id).scheduled_events}

    async def who_comes(self, guild_id: str, event_id: str) -> list[str]:
        event = self._guild(guild_id).get_scheduled_event(int(event_id))
        return [str(user.id) async for user in self._comers(event)]

    async def speak(self, guild_id: str, channel_id: str | None) -> None:
        """Come into a voice channel, muted, or leave it."""
        if channel_id is None:
            await self._guild(guild_id).voice_client.disconnect(force=False)
        else:
            cls = _waiting(self.library.VoiceProtocol)
            await self.client.get_channel(int(channel_id)).connect(cls=cls)

    async def bring(self, guild_id: str, user_id: str, channel_id: str) -> None:
        member = self._guild(guild_id).get_member(int(user_id))
        await member.move_to(self.client.get_channel(int(channel_id)))

    async def voices(self, guild_id: str) -> dict[str, str]:
        """Who is where, as the library holds it."""
        members = self._guild(guild_id).members
        return {str(it.id): str(it.voice.channel.id) for it in members if it.voice}

    async def open_stage(self, channel_id: str, topic: str) -> str:
        made = await self.client.get_channel(int(channel_id)).create_instance(topic=topic)
        return str(made.id)

    # What differs from library to library

    async def _plan(
        self, guild: Any, name: str, starts: datetime, ends: datetime, place: str
    ) -> Any:
        return await guild.create_scheduled_event(
            name=name,
            start_time=starts,
            end_time=ends,
            entity_type=self.library.EntityType.external,
            privacy_level=self.library.PrivacyLevel.guild_only,
            location=place,
        )

    def _comers(self, event: Any) -> AsyncIterator[Any]:
        users: AsyncIterator[Any] = event.users()
        return users

    def _guild(self, guild_id: str) -> Any:
        return self.client.get_guild(int(guild_id))


class HappeningEars:
    """Reports what the library dispatches of them."""

    async def on_scheduled_event_create(self, event: Any) -> None:
        tell("plan_create", **_shown(event))

    async def on_scheduled_event_update(self, _before: Any, after: Any) -> None:
        tell("plan_update", status=int(after.status.value), **_shown(after))

    async def on_scheduled_event_delete(self, event: Any) -> None:
        tell("plan_delete", **_shown(event))

    async def on_scheduled_event_user_add(self, event: Any, user: Any) -> None:
        tell("plan_user", id=str(event.id), user_id=str(user.id))

    async def on_raw_scheduled_event_user_add(self, payload: Any) -> None:
        """As py-cord calls it; it looks for the event itself by a word, and finds none."""
        tell("plan_user", id=str(payload.event_id), user_id=str(payload.user_id))

    async def on_voice_channel_effect(self, *told: Any) -> None:
        """An effect that knows who sent it; disnake says so beside it."""
        *_, member, effect = None, *told
        user = member or effect.user
        sound_id = None if effect.sound is None else str(effect.sound.id)
        tell("effect", user_id=str(user.id), sound_id=sound_id)

    async def on_voice_channel_effect_send(self, effect: Any) -> None:
        """As py-cord calls it."""
        await self.on_voice_channel_effect(effect)

    # As disnake calls them

    async def on_guild_scheduled_event_create(self, event: Any) -> None:
        await self.on_scheduled_event_create(event)

    async def on_guild_scheduled_event_update(self, before: Any, after: Any) -> None:
        await self.on_scheduled_event_update(before, after)

    async def on_guild_scheduled_event_delete(self, event: Any) -> None:
        await self.on_scheduled_event_delete(event)

    async def on_guild_scheduled_event_subscribe(self, event: Any, user: Any) -> None:
        await self.on_scheduled_event_user_add(event, user)

    # In voice channels

    async def on_voice_state_update(self, member: Any, _before: Any, after: Any) -> None:
        where = None if after.channel is None else str(after.channel.id)
        tell("voice", user_id=str(member.id), channel_id=where, muted=after.self_mute)

    async def on_stage_instance_create(self, stage: Any) -> None:
        tell("stage", id=str(stage.id), topic=stage.topic)


def _shown(event: Any) -> dict[str, str]:
    return {"id": str(event.id), "name": event.name}


def _waiting(protocol: Any) -> Any:
    """What is in a voice channel, with all the library gives its voice clients but no server."""

    class Waiting(protocol):
        async def on_voice_state_update(self, data: Any) -> None:
            """Told by the bot's own ears."""

        async def on_voice_server_update(self, data: Any) -> None:
            endpoint = data["endpoint"] if isinstance(data, dict) else data.endpoint
            tell("voice_server", endpoint=endpoint)

        async def connect(self, **_options: Any) -> None:
            await self.channel.guild.change_voice_state(channel=self.channel, self_mute=True)

        async def disconnect(self, **_options: Any) -> None:
            await self.channel.guild.change_voice_state(channel=None)
            self.cleanup()

    return Waiting

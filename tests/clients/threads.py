"""Threads and posts in forums, as discord.py and its forks know them."""

from typing import Any

from talk import tell


class Threads:
    """Verbs on threads; a part of the bot."""

    client: Any

    async def start_thread(self, channel_id: str, message_id: str, name: str) -> Any:
        channel = self.client.get_channel(int(channel_id))
        message = await channel.fetch_message(int(message_id))
        return shown(await message.create_thread(name=name))

    async def post(self, channel_id: str, name: str, content: str) -> Any:
        forum = self.client.get_channel(int(channel_id))
        made = await forum.create_thread(name=name, content=content)
        return shown(getattr(made, "thread", made))

    async def herald_post(self, channel_id: str, name: str, content: str) -> list[str]:
        """A webhook posts, and goes; where it did, and what it said."""
        webhook = await self.client.get_channel(int(channel_id)).create_webhook(name="Herald")
        said = await webhook.send(content, thread_name=name, wait=True)
        await webhook.delete()
        return [str(said.id), said.content]

    async def speak_in_thread(self, thread_id: str, content: str) -> str:
        return str((await self._thread(thread_id).send(content)).id)

    async def thread_members(self, thread_id: str) -> list[str]:
        found = await self._thread(thread_id).fetch_members()
        return sorted(str(member.id) for member in found)

    async def archive_thread(self, thread_id: str) -> None:
        await self._thread(thread_id).edit(archived=True)

    async def threads(self, guild_id: str) -> dict[str, str]:
        guild = self.client.get_guild(int(guild_id))
        return {str(it.id): it.name for it in guild.threads if not it.archived}

    def _thread(self, thread_id: str) -> Any:
        [found] = [
            thread
            for guild in self.client.guilds
            for thread in guild.threads
            if thread.id == int(thread_id)
        ]
        return found


class ThreadEars:
    """Reports what the library dispatches of them."""

    async def on_thread_create(self, thread: Any) -> None:
        tell("thread_create", **shown(thread))

    async def on_thread_update(self, _before: Any, after: Any) -> None:
        tell("thread_update", archived=after.archived, **shown(after))

    async def on_thread_delete(self, thread: Any) -> None:
        tell("thread_delete", id=str(thread.id))


def shown(thread: Any) -> dict[str, str]:
    return {"id": str(thread.id), "name": thread.name}

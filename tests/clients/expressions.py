"""Emojis, stickers and sounds, as discord.py and its forks know them."""

import io
from base64 import b64decode
from typing import Any

from talk import tell


class Expressions:
    """Verbs on what a guild says things with; a part of the bot."""

    library: Any
    client: Any

    async def create_emoji(self, guild_id: str, name: str, image: str) -> Any:
        guild = self.client.get_guild(int(guild_id))
        return _shown(await guild.create_custom_emoji(name=name, image=b64decode(image)))

    async def rename_emoji(self, guild_id: str, emoji_id: str, name: str) -> None:
        emoji = await self.client.get_guild(int(guild_id)).fetch_emoji(int(emoji_id))
        await emoji.edit(name=name)

    async def delete_emoji(self, guild_id: str, emoji_id: str) -> None:
        emoji = await self.client.get_guild(int(guild_id)).fetch_emoji(int(emoji_id))
        await emoji.delete()

    async def emojis(self, guild_id: str) -> dict[str, str]:
        return _names(self.client.get_guild(int(guild_id)).emojis)

    async def create_sticker(self, guild_id: str, name: str, image: str) -> Any:
        file = self.library.File(io.BytesIO(b64decode(image)), filename="sticker.png")
        guild = self.client.get_guild(int(guild_id))
        about = {"name": name, "description": "Somebody waves", "emoji": "\N{WAVING HAND SIGN}"}
        return _shown(await guild.create_sticker(**about, file=file))

    async def delete_sticker(self, guild_id: str, sticker_id: str) -> None:
        sticker = await self.client.get_guild(int(guild_id)).fetch_sticker(int(sticker_id))
        await sticker.delete()

    async def stickers(self, guild_id: str) -> dict[str, str]:
        return _names(self.client.get_guild(int(guild_id)).stickers)

    async def send_sticker(self, channel_id: str, sticker_id: str) -> list[str]:
        """The names of the stickers of the message."""
        sticker = await self.client.fetch_sticker(int(sticker_id))
        sent = await self.client.get_channel(int(channel_id)).send(stickers=[sticker])
        return [item.name for item in sent.stickers]

    async def create_sound(self, guild_id: str, name: str, sound: str) -> Any:
        guild = self.client.get_guild(int(guild_id))
        make = getattr(guild, "create_soundboard_sound", None) or guild.create_sound
        return _shown(await make(name=name, sound=b64decode(sound)))

    async def delete_sound(self, guild_id: str, sound_id: str) -> None:
        [sound] = [it for it in self._sounds(guild_id) if it.id == int(sound_id)]
        await sound.delete()

    async def sounds(self, guild_id: str) -> dict[str, str]:
        return _names(self._sounds(guild_id))

    def _sounds(self, guild_id: str) -> Any:
        return self.client.get_guild(int(guild_id)).soundboard_sounds


class ExpressionEars:
    """Reports what the library dispatches of them."""

    async def on_guild_emojis_update(self, _guild: Any, _before: Any, after: Any) -> None:
        tell("emojis", names=sorted(emoji.name for emoji in after))

    async def on_guild_stickers_update(self, _guild: Any, _before: Any, after: Any) -> None:
        tell("stickers", names=sorted(sticker.name for sticker in after))


def _shown(thing: Any) -> dict[str, str]:
    return {"id": str(thing.id), "name": thing.name}


def _names(things: Any) -> dict[str, str]:
    return {str(thing.id): thing.name for thing in things}

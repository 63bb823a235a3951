"""The emoji before a line of a guild's settings."""

from rift import errors
from rift.core.reactions import emojis
from rift.wire.emojis import SettingsEmoji
from rift.world import Picture


def emblem(guild: Picture, emoji_id: str | None, name: str | None) -> SettingsEmoji:
    """One of the guild's by its id, which names it, or one of Unicode, or none."""
    if emoji_id is not None:
        found = guild.emojis.get(emoji_id)
        if found is None:
            raise errors.UnknownEmoji
        return SettingsEmoji(id=found.id, name=found.name, animated=found.animated)
    if name and emojis.custom_id(emojis.checked(name)):
        raise errors.UnknownEmoji
    return SettingsEmoji(name=name or None)

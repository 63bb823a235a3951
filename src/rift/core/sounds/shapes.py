"""What the forms of sounds say, as fields of the sound."""

from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.reactions.emojis import checked, custom_id
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.sounds import ModifySound
from rift.world import Picture

_FULL: Final = 1.0


def volume(given: float | None) -> float:
    return _FULL if given is None else float(given)


def emoji(guild: Picture, id_: Snowflake | None, name: str | None) -> dict[str, Any]:
    """One of the guild's, or one of Unicode, or none."""
    if id_ is not None and name is not None:
        words = "Only one of emoji_id and emoji_name may be set."
        raise InvalidForm.at("emoji_name", "SOUNDBOARD_SOUND_EMOJI", words)
    if id_ is not None and id_ not in guild.emojis:
        raise errors.UnknownEmoji
    if name is not None and custom_id(checked(name)) is not None:
        raise errors.UnknownEmoji
    return {"emoji_id": id_, "emoji_name": name}


def changes(guild: Picture, body: ModifySound) -> dict[str, Any]:
    """The fields that a form names; one kind of emoji puts the other away."""
    fields: dict[str, Any] = {}
    if body.name is not UNSET:
        fields["name"] = body.name
    if body.volume is not UNSET:
        fields["volume"] = volume(body.volume)
    if body.emoji_id is not UNSET or body.emoji_name is not UNSET:
        fields |= emoji(guild, body.emoji_id or None, body.emoji_name or None)
    return fields

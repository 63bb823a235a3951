"""What the forms of emojis say, and the emojis that rows stand for."""

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift.core.messages import people
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.emojis import Emoji
from rift.world import Picture

_NAME: Final = re.compile(r"[A-Za-z0-9_]{2,32}")


def name(given: str) -> str:
    """A name that can stand between two colons."""
    if _NAME.fullmatch(given) is None:
        words = "Only letters, digits and underscores."
        raise InvalidForm.at("name", "STRING_TYPE_REGEX", words)
    return given


def roles(guild: Picture, given: Sequence[Snowflake | None] | None) -> list[Snowflake]:
    """The roles that may use an emoji; @everyone is as good as none."""
    wanted: dict[Snowflake, None] = {}
    for number, role_id in enumerate(given or ()):
        if role_id is None or role_id == guild.id:
            continue
        if role_id not in guild.roles:
            raise InvalidForm.at(f"roles.{number}", "ROLE_INVALID", "Role does not exist")
        wanted[role_id] = None
    return list(wanted)


def from_row(row: dict[str, Any]) -> Emoji:
    """An emoji with whoever made it, as far as they are still there."""
    made = row["author_id"] is not None
    user = people.user_from_row(row) if made else UNSET
    fields = {key: row[key] for key in ("id", "name", "animated", "roles")}
    return msgspec.structs.replace(msgspec.convert(fields, Emoji), user=user)

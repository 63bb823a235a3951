"""What only forum and media channels have: tags for their posts, and how posts are shown."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import UNSET, to_builtins
from msgspec.structs import replace

from rift.core.channels.shapes import FORUMS, Row
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, CreateChannel, ForumTag, ForumTagBody, ModifyChannel
from rift.world import Picture

_REQUIRE_TAG: Final = 1 << 4
_HIDE_DOWNLOADS: Final = 1 << 15
_FLAGS: Final = _REQUIRE_TAG | _HIDE_DOWNLOADS


def columns(
    unit: Unit,
    guild: Picture,
    type_: int,
    body: CreateChannel | ModifyChannel,
    before: Channel | None = None,
) -> Row:
    """The columns a form names, as the table holds them."""
    row: Row = {}
    if type_ not in FORUMS:
        return row
    if body.available_tags is not UNSET:
        known = before.available_tags if before and before.available_tags else []
        row["available_tags"] = to_builtins(_tags(unit, guild, body.available_tags or [], known))
    if body.default_reaction_emoji is not UNSET:
        wanted = body.default_reaction_emoji
        if wanted is not None:
            _check_emoji(guild, wanted.emoji_id, wanted.emoji_name, "default_reaction_emoji")
        row["default_reaction_emoji"] = None if wanted is None else to_builtins(wanted)
    if isinstance(body, ModifyChannel) and body.flags is not UNSET:
        kept = 0 if before is None else before.flags & ~_FLAGS
        row["flags"] = kept | (body.flags or 0) & _FLAGS
    return row


def _tags(
    unit: Unit, guild: Picture, bodies: Sequence[ForumTagBody], known: Sequence[ForumTag]
) -> list[ForumTag]:
    """The tags a forum is to have: those with an id stay the same ones, the rest are new."""
    by_id = {tag.id: tag for tag in known}
    found: list[ForumTag] = []
    names: set[str] = set()
    for number, body in enumerate(bodies):
        at, name = f"available_tags.{number}", body.name.strip()
        if not name:
            raise InvalidForm({f"{at}.name": [REQUIRED]})
        if name.casefold() in names:
            raise InvalidForm.at(f"{at}.name", "TAG_NAMES_NOT_UNIQUE", "Tag names must be unique")
        names.add(name.casefold())
        _check_emoji(guild, body.emoji_id, body.emoji_name, at)
        found.append(_tag(unit, replace(body, name=name), by_id, at))
    if len({tag.id for tag in found}) < len(found):
        raise InvalidForm.at("available_tags", "TAG_IDS_NOT_UNIQUE", "Tag ids must be unique")
    return found


def _tag(unit: Unit, body: ForumTagBody, known: dict[Any, ForumTag], at: str) -> ForumTag:
    if body.id is not None and body.id not in known:
        raise InvalidForm.at(f"{at}.id", "UNKNOWN_TAG", "Unknown tag")
    was = known[body.id].moderated if body.id is not None else False
    return ForumTag(
        id=body.id or unit.new_id(),
        name=body.name,
        moderated=was if body.moderated is None else body.moderated,
        emoji_id=body.emoji_id,
        emoji_name=body.emoji_name,
    )


def _check_emoji(guild: Picture, id_: Snowflake | None, name: str | None, at: str) -> None:
    """An emoji of the guild or one that everybody has, not both."""
    if id_ is not None and name:
        words = "An emoji has an id or a name, not both."
        raise InvalidForm.at(at, "EMOJI_INVALID", words)
    if id_ is not None and id_ not in guild.emojis:
        raise InvalidForm.at(f"{at}.emoji_id", "EMOJI_INVALID", "Unknown emoji")

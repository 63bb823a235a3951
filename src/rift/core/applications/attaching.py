"""What an application shows by an address alone: pictures that no message has, for some hours."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import receiving
from rift.core.attachments.receiving import Received
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.attachments import ApplicationAttachment

_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif"})


async def attach(
    unit: Unit, actor: Actor, application_id: Snowflake, files: Sequence[Received] = ()
) -> ApplicationAttachment:
    """Put a picture where everybody finds it who is told the address, until nobody needs it."""
    await receiving.speaking(unit, actor, application_id)
    if not files:
        raise InvalidForm.at("file", "BASE_TYPE_REQUIRED", "This field is required")
    kept = files[0].kept
    if kept.content_type not in _SHOWN:
        raise errors.InvalidFile
    shown = replace(kept.shown(unit.house.links), ephemeral=True)
    return ApplicationAttachment(attachment=shown)

"""What the instance tells everybody, and how it gets its first owner."""

import secrets
from importlib.metadata import version
from typing import Final

import msgspec

from rift.core.accounts.tokens import token_hash
from rift.core.instance import queries
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.wire.instance import Instance, InstanceLimits
from rift.wire.limits import Json
from rift.wire.voice import VoiceRegion

_TOKEN_BYTES: Final = 24


async def describe(unit: Unit) -> Instance:
    """What to know of this server before logging in."""
    settings = unit.settings
    limits = {
        **msgspec.structs.asdict(settings.limits),
        "password_length": settings.auth.password_length,
    }
    return Instance(
        name=settings.instance.name,
        version=version("rift"),
        registration=settings.auth.registration,
        setup_required=not await _is_owned(unit),
        mail=settings.mail.enabled,
        gifs=unit.house.gifs is not None,
        discovery=settings.instance.discovery,
        push_key=None if unit.house.vapid is None else unit.house.vapid.public,
        limits=msgspec.convert(limits, InstanceLimits),
    )


async def list_voice_regions() -> list[VoiceRegion]:
    """Where voice goes through: here."""
    return [VoiceRegion(id="local", name="This server", optimal=True)]


async def describe_experiments() -> Json:
    """Which trials a user client takes part in: none."""
    return {}


async def decline_telemetry() -> None:
    """What user clients would have us know about their users; nothing of it is kept."""


async def setup_token(unit: Unit) -> str | None:
    """A new one-time token, in place of an earlier one; None where the instance has its owner."""
    if await _is_owned(unit):
        await unit.run(queries.FORGET_SETUP)
        return None
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    await unit.run(queries.KEEP_SETUP, token_hash(token).hex())
    return token


async def spend_setup_token(unit: Unit, token: str) -> None:
    """Let the token be used up, once and by one alone, while nobody owns the instance."""
    if not await unit.run(queries.SPEND_SETUP, token_hash(token).hex()):
        raise InvalidForm.at(
            "setup_token",
            "SETUP_TOKEN_INVALID",
            "This link was used already, or a later start of the server replaced it.",
        )


async def _is_owned(unit: Unit) -> bool:
    return bool((await unit.one(queries.HAS_OWNER))["owned"])

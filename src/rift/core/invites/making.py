"""How an invite comes to be: its code, its row, and what is told of it."""

import secrets
import string
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from rift import errors, events
from rift.core.invites import queries, showing
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.invites import Invite
from rift.world import Picture

Row = Mapping[str, Any]
Terms = tuple[int, int, bool]
"""For how long, how many, and whether for good."""

_ALPHABET: Final = string.ascii_letters + string.digits
_CODE_LENGTH: Final = 8
_FOR_EVER: Final[Terms] = (0, 0, False)


async def row(unit: Unit, code: str) -> Row:
    """An invite that is still good, or the one that a guild chose for itself."""
    found = await unit.maybe(queries.FIND, code, unit.now())
    if found is None:
        found = await unit.maybe(queries.VANITY, code)
    if found is None:
        raise errors.UnknownInvite
    return found


async def make(
    unit: Unit,
    picture: Picture,
    channel_id: Snowflake,
    inviter_id: Snowflake | None,
    terms: Terms,
) -> tuple[Invite, Row]:
    """An invite to a channel of a held guild."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    max_age, max_uses, temporary = terms
    now = unit.now()
    ends = now + timedelta(seconds=max_age) if max_age else None
    whose = (code, picture.id, channel_id, inviter_id)
    await unit.run(queries.INSERT, *whose, max_age, max_uses, temporary, now, ends)
    made = await row(unit, code)
    invite = showing.whole(picture, made)
    unit.emit(_created(invite, made))
    return invite, made


async def lasting(unit: Unit, picture: Picture, channel_id: Snowflake) -> str:
    """The code of one that is nobody's and good for ever."""
    invite, _ = await make(unit, picture, channel_id, None, _FOR_EVER)
    return invite.code


def _created(invite: Invite, made: Row) -> events.InviteCreate:
    return events.InviteCreate(
        data=gateway.InviteCreate(
            channel_id=invite.channel.id,
            code=invite.code,
            created_at=made["created_at"],
            expires_at=invite.expires_at,
            max_age=made["max_age"],
            max_uses=made["max_uses"],
            temporary=made["temporary"],
            guild_id=invite.guild_id,
            inviter=invite.inviter,
        )
    )

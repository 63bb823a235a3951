"""Which voice server somebody goes to, and the token that lets them in there."""

import secrets
from typing import Final

from rift import events
from rift.core.accounts.tokens import token_hash
from rift.core.unit import Unit
from rift.core.voices import queries
from rift.snowflake import Snowflake
from rift.wire.voice import VoiceServerUpdate, VoiceState

_TOKEN_BYTES: Final = 16


def endpoint() -> str | None:
    """The host of the voice server: none is allotted, for there is none yet, and clients wait."""
    return None


async def allot(unit: Unit, guild_id: Snowflake, state: VoiceState) -> None:
    """Tell the session that came into a channel, and it alone, where it is to speak.

    A voice server is shown the guild, the user, their session and the token: all four are those of
    one voice state, of which the token is kept as its hash until the next one takes its place.
    """
    token = secrets.token_hex(_TOKEN_BYTES)
    await unit.run(queries.LET_IN, guild_id, state.user_id, token_hash(token))
    told = VoiceServerUpdate(token=token, guild_id=guild_id, endpoint=endpoint())
    unit.emit(events.VoiceServerUpdate(data=told, to=(state.user_id,), session=state.session_id))

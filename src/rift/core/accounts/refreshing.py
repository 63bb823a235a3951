"""A refresh token buys the next tokens, once; who brings it a second time ends the session."""

from msgspec import Struct

from rift.core.accounts import queries, sessions
from rift.core.accounts.sessions import AccessPair
from rift.core.accounts.tokens import token_hash
from rift.core.actor import Guest
from rift.core.unit import Unit
from rift.errors import InvalidToken
from rift.snowflake import Snowflake
from rift.wire.users import Refresh, Registered


class _Held(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    session_id: Snowflake


async def refresh(unit: Unit, actor: Guest, body: Refresh) -> Registered:
    """Exchange a refresh token for new tokens of the same session; the old ones are void.

    One that comes a second time was stolen from who had it, or by them: the whole session ends.
    There is no grace for whoever lost the answer, for a thief would say the same.
    """
    held, registered = None, None
    async with Unit(unit.house) as spending:
        held = await _spend(spending, actor, body.refresh_token)
        if held is not None:
            token = await sessions.renew(spending, held.user_id, held.session_id)
            refresh_token = await sessions.new_refresh_token(spending, held.session_id)
            registered = Registered(token=token, refresh_token=refresh_token, user_id=held.user_id)
    if registered is None:
        raise InvalidToken
    return registered


async def refresh_pair(unit: Unit, actor: Guest, refresh_token: str) -> AccessPair:
    """The same where a session lives by short tokens."""
    made = None
    async with Unit(unit.house) as spending:
        held = await _spend(spending, actor, refresh_token)
        if held is not None:
            made = await sessions.pair(spending, held.user_id, held.session_id)
    if made is None:
        raise InvalidToken
    return made


async def _spend(spending: Unit, actor: Guest, refresh_token: str) -> _Held | None:
    """The session that goes on, or None.

    The unit is one of its own: what was ended stays so when the answer is a refusal.
    """
    now, hashed = spending.now(), token_hash(refresh_token)
    spending.house.throttles.admit_refresh(actor.address, now.timestamp())
    session = await spending.maybe(queries.HOLD_REFRESHED, hashed, now)
    if session is None:
        return None
    if not await spending.run(queries.SPEND_REFRESH, hashed, now):
        await sessions.end_reused(spending, session, hashed)
        return None
    await spending.run(queries.PROLONG, session["id"], now, sessions.ends_at(spending))
    return _Held(user_id=session["user_id"], session_id=session["id"])

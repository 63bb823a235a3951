"""Bringing along somebody who consented to it, with an access token of theirs (`guilds.join`)."""

from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core.access import Hall
from rift.core.accounts.tokens import token_hash
from rift.core.actor import Actor
from rift.core.members import changes, joining
from rift.core.members.joining import Source
from rift.core.oauth2 import queries as oauth2_queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.members import AddMember, Member, ModifyMember
from rift.wire.oauth2 import JOINING

_BY_BOT: Final = 1


async def check_consent(unit: Unit, actor: Actor, user_id: Snowflake, access_token: str) -> None:
    """Refuse a token that is not this user's, for this bot's application, to be brought along."""
    given = await unit.maybe(oauth2_queries.BEARER, token_hash(access_token))
    if (
        given is None
        or (given["id"], given["application_id"]) != (user_id, actor.application_id)
        or JOINING not in given["scopes"]
    ):
        raise errors.InvalidOauthToken


async def bring(
    unit: Unit, actor: Actor, hall: Hall, user_id: Snowflake, body: AddMember
) -> Member:
    """Let somebody into a held guild, with the name, roles and silence the bot may give."""
    source = Source(_BY_BOT, inviter_id=actor.id)
    member = await joining.join(unit, hall.guild, user_id, source=source)
    row = changes.columns(hall, member, _wished(body), unit.now())
    for field, needs in changes.SILENCES:
        if getattr(body, field):
            hall.require(needs)
            row[field] = True
    return await changes.store(unit, actor, hall, member, row)


def _wished(body: AddMember) -> ModifyMember:
    """What the form says of the member to be; null and nothing are the same in it."""
    fields: dict[str, Any] = {
        name: UNSET if getattr(body, name) is None else getattr(body, name)
        for name in ("nick", "roles", "flags")
    }
    return ModifyMember(**fields)

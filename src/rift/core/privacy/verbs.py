"""What can be done with one's privacy."""

from typing import Any

import msgspec
from msgspec import UNSET

from rift.core.actor import Actor
from rift.core.privacy import queries
from rift.core.unit import Unit
from rift.core.users import holding as users
from rift.wire.users import ModifyPrivacy, Privacy


async def fetch(unit: Unit, actor: Actor) -> Privacy:
    """Who may write to oneself and ask for friendship."""
    actor.must_be_person()
    return await _privacy(unit, actor)


async def modify(unit: Unit, actor: Actor, body: ModifyPrivacy) -> Privacy:
    """Change it; what was written before stays."""
    actor.must_be_person()
    changes: dict[str, Any] = {
        name: value
        for name in body.__struct_fields__
        if (value := getattr(body, name)) is not UNSET
    }
    guilds = changes.pop("restricted_guilds", None)
    await users.hold(unit, actor.id)
    if changes:
        await unit.run(queries.MODIFY, actor.id, changes)
    if guilds is not None:
        await unit.run(queries.RELEASE, actor.id, guilds)
        await unit.run(queries.RESTRICT, actor.id, guilds)
    return await _privacy(unit, actor)


async def _privacy(unit: Unit, actor: Actor) -> Privacy:
    return msgspec.convert(await unit.one(queries.FETCH, actor.id), Privacy)

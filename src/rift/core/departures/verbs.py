"""What can be done with a whole account: let it rest, delete it, shut it out."""

from datetime import timedelta

from rift import errors
from rift.core import access
from rift.core.accounts import sessions
from rift.core.accounts import verbs as accounts
from rift.core.actor import Actor, Visit
from rift.core.bells import Bell
from rift.core.console import deeds
from rift.core.departures import queries
from rift.core.factors import proving
from rift.core.mails import orders
from rift.core.mails.orders import Kind
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.departures import DeleteAccount, DeleteUser, DisableAccount, OwnedGuilds


async def disable(unit: Unit, actor: Actor, visit: Visit, body: DisableAccount) -> None:
    """Let one's own account rest: nobody is logged in any more, and all the rest stays."""
    await proving.require_if_enabled(unit, actor, visit)
    await _prove(unit, actor, body)
    await unit.run(queries.REST, actor.id)
    await shut(unit, actor.id)


async def delete(unit: Unit, actor: Actor, visit: Visit, body: DeleteAccount) -> None:
    """Mark one's own account for deletion; logging in within the days of grace takes it back.

    Who owns guilds says what is to become of them, or hands them over first.
    """
    await proving.require_if_enabled(unit, actor, visit)
    await _prove(unit, actor, body)
    if body.guilds is None and (await unit.one(queries.OWNS_GUILDS, actor.id))["owns"]:
        raise errors.OwnsGuilds
    await mark(unit, actor.id, body.guilds or "transfer")


async def disable_user(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Shut somebody out until they are enabled again."""
    await access.instance(unit, actor)
    await bar(unit, user_id)
    await deeds.note(unit, actor, "user_disable", user_id)


async def enable_user(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Let somebody in again, also who was about to be deleted."""
    await access.instance(unit, actor)
    await enable(unit, user_id)
    await deeds.note(unit, actor, "user_enable", user_id)


async def delete_user(unit: Unit, actor: Actor, user_id: Snowflake, body: DeleteUser) -> None:
    """Mark somebody's account for deletion, or have it deleted at once."""
    await access.instance(unit, actor)
    if (await _person(unit, user_id))["instance_owner"]:
        raise errors.MissingPermissions
    await mark(unit, user_id, body.guilds, now=body.now)
    await deeds.note(unit, actor, "user_delete", user_id, now=body.now)


async def bar(unit: Unit, user_id: Snowflake) -> None:
    await _person(unit, user_id)
    if not await unit.run(queries.BAR, user_id):
        raise errors.MissingPermissions  # owners of the instance do not shut each other out
    await shut(unit, user_id)


async def enable(unit: Unit, user_id: Snowflake) -> None:
    if not await unit.run(queries.ENABLE, user_id, unit.now()):
        raise errors.UnknownUser


async def mark(unit: Unit, user_id: Snowflake, guilds: OwnedGuilds, *, now: bool = False) -> None:
    """Let an account be deleted after the days of grace, or as soon as it gets its turn."""
    grace = timedelta(days=0 if now else unit.settings.auth.departure_days)
    if not await unit.run(queries.MARK, user_id, unit.now() + grace, guilds):
        raise errors.UnknownUser
    await shut(unit, user_id)
    if now:
        unit.rouse(Bell.LEAVINGS)
    if grace:
        await orders.order(unit, Kind.DEPARTURE, user_id)


async def shut(unit: Unit, user_id: Snowflake) -> None:
    """End every session, and whatever applications may ask in the user's name."""
    await sessions.end_all(unit, user_id)
    await unit.run(queries.END_GRANTS, user_id)


async def _prove(unit: Unit, actor: Actor, body: DisableAccount) -> None:
    actor.must_be_person()
    await accounts.check_password(unit, actor, body.password)


async def _person(unit: Unit, user_id: Snowflake) -> dict[str, object]:
    row = await unit.maybe(queries.PERSON, user_id)
    if row is None:
        raise errors.UnknownUser
    return row

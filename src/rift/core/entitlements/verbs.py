"""What can be asked about purchases: there are none, and whoever may ask is told so."""

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import queries
from rift.core.applications import verbs as applications
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.entitlements import EntitlementsQuery, OwnEntitlementsQuery, SubscriptionsQuery
from rift.wire.limits import Json


async def list_all(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    query: EntitlementsQuery,  # noqa: ARG001  # of nothing there is nothing to choose
) -> list[Json]:
    """What people have bought of an application of one's own."""
    await applications.own(unit, actor, application_id)
    return []


async def list_own(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    query: OwnEntitlementsQuery,  # noqa: ARG001  # as above
) -> list[Json]:
    """What one has bought of an application; an application asks about itself alone."""
    if actor.grant is not None and actor.grant.application_id != application_id:
        raise errors.NotYourApplication
    if await unit.maybe(queries.FLAGS, application_id) is None:
        raise errors.UnknownApplication
    return []


async def list_subscriptions(
    actor: Actor,  # noqa: ARG001  # guests ask nothing
    sku_id: Snowflake,  # noqa: ARG001  # no such thing is for sale
    query: SubscriptionsQuery,  # noqa: ARG001  # as above
) -> list[Json]:
    """Who has subscribed to something that is for sale."""
    return []

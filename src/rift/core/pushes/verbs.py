"""What can be done with one's push subscriptions."""

import secrets
from typing import Final
from urllib.parse import urlsplit

from msgspec import UNSET

from rift import errors
from rift.core.actor import Actor, Guest
from rift.core.bells import Bell
from rift.core.pushes import carrying, composing, queries
from rift.core.pushes.carrying import Device
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.fetching import NotFetched
from rift.protocols import webpush
from rift.snowflake import Snowflake, created_at
from rift.wire.pushes import (
    CreatePushSubscription,
    ModifyPushSubscription,
    PushReceipt,
    PushSubscription,
    PushTest,
)

_RECEIPT_BYTES: Final = 18


async def list_own(unit: Unit, actor: Actor) -> list[PushSubscription]:
    """One's devices, the oldest first."""
    actor.must_be_person()
    return [_shown(row, actor) for row in await unit.all(queries.OWN, actor.id)]


async def subscribe(unit: Unit, actor: Actor, body: CreatePushSubscription) -> PushSubscription:
    """Have pushes sent to the device that asks, until its session ends; in place of an earlier."""
    actor.must_be_person()
    if unit.house.vapid is None:
        raise errors.FeatureDisabled("This server sends no push messages.")
    _check(unit, body)
    await unit.run(queries.REPLACE, actor.session_id, body.endpoint)
    row = await unit.one(
        queries.SUBSCRIBE,
        unit.new_id(),
        actor.id,
        actor.session_id,
        body.endpoint,
        body.p256dh,
        body.auth,
        body.name.strip(),
        body.shows_content,
        secrets.token_urlsafe(_RECEIPT_BYTES),
    )
    unit.house.interest.pushes = True
    unit.rouse(Bell.DEVICES)
    return _shown(row, actor)


async def modify(
    unit: Unit, actor: Actor, subscription_id: Snowflake, body: ModifyPushSubscription
) -> PushSubscription:
    """Call a device something else, or have it shown more or less."""
    actor.must_be_person()
    name = None if body.name is UNSET else body.name.strip()
    shows = None if body.shows_content is UNSET else body.shows_content
    row = await unit.maybe(queries.CHANGE, actor.id, subscription_id, name, shows)
    if row is None:
        raise errors.NotFound
    return _shown(row, actor)


async def unsubscribe(unit: Unit, actor: Actor, subscription_id: Snowflake) -> None:
    """Send nothing more to a device."""
    actor.must_be_person()
    if not await unit.run(queries.UNSUBSCRIBE, actor.id, subscription_id):
        raise errors.NotFound


async def test(unit: Unit, actor: Actor, subscription_id: Snowflake) -> PushTest:
    """Send a device a push now, and say what became of it."""
    actor.must_be_person()
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.ONE, actor.id, subscription_id)
    if row is None:
        raise errors.NotFound
    device = Device.from_row(row)
    push = composing.trial(unit, device, actor.account.locale)
    outcome = await carrying.carry(unit.house, device, push, urgency="high")
    await carrying.note(unit, device, outcome)
    return PushTest(delivered=outcome.is_taken, gone=outcome.is_gone, status=outcome.status)


async def confirm(
    unit: Unit, actor: Actor | Guest, subscription_id: Snowflake, body: PushReceipt
) -> None:
    """A device says that a push came; its worker has no token, but what the push told it."""
    del actor
    if not await unit.run(queries.CONFIRM, subscription_id, body.receipt, unit.now()):
        raise errors.NotFound


def _check(unit: Unit, body: CreatePushSubscription) -> None:
    try:
        unit.house.messenger.check(body.endpoint)
    except NotFetched:
        words = "Pushes go to public servers over https."
        raise InvalidForm.at("endpoint", "PUSH_ENDPOINT_INVALID", words) from None
    try:
        webpush.receiver(body.p256dh, body.auth)
    except ValueError:
        words = "These are not the keys of a subscription."
        raise InvalidForm.at("p256dh", "PUSH_KEYS_INVALID", words) from None


def _shown(row: Row, actor: Actor) -> PushSubscription:
    return PushSubscription(
        id=row["id"],
        name=row["name"],
        service=urlsplit(row["endpoint"]).hostname or "",
        shows_content=row["shows_content"],
        current=row["session_id"] == actor.session_id,
        created_at=created_at(row["id"]),
        pushed_at=row["pushed_at"],
        received_at=row["received_at"],
        failure=row["failure"],
    )

"""What can be done with what somebody wants of notifications everywhere."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import events
from rift.core.actor import Actor
from rift.core.notifications import queries
from rift.core.notifications.rules import zone
from rift.core.unit import Unit
from rift.core.users.holding import hold
from rift.errors import InvalidForm
from rift.wire.notifications import ModifyNotificationSettings, NotificationSettings

_PLAIN: Final = NotificationSettings()


async def fetch(unit: Unit, actor: Actor) -> NotificationSettings:
    """One's own."""
    actor.must_be_person()
    row = await unit.maybe(queries.EVERYWHERE, actor.id)
    return _PLAIN if row is None else msgspec.convert(row, NotificationSettings)


async def modify(
    unit: Unit, actor: Actor, body: ModifyNotificationSettings
) -> NotificationSettings:
    """Change some; what is not named stays."""
    actor.must_be_person()
    quiet = body.quiet_hours
    if quiet and zone(quiet.timezone) is None:
        words = "This is not the name of a time zone."
        raise InvalidForm.at("quiet_hours.timezone", "TIMEZONE_UNKNOWN", words)
    # Held, so that two devices that each change another part both keep what they changed.
    await hold(unit, actor.id)
    before = await fetch(unit, actor)
    after = replace(before, **_given(body))
    if after != before:
        kept = msgspec.to_builtins(after.quiet_hours)
        await unit.run(queries.SAVE_EVERYWHERE, actor.id, after.flags, kept, after.keywords)
        unit.emit(events.NotificationSettingsUpdate(data=after, to=(actor.id,)))
    return after


def distinct(keywords: Iterable[str]) -> list[str]:
    """Each once, whatever the case, as it was written first."""
    return list({word.casefold(): word for word in reversed(list(keywords))}.values())[::-1]


def _given(body: ModifyNotificationSettings) -> dict[str, Any]:
    fields = {name: getattr(body, name) for name in body.__struct_fields__}
    given = {name: value for name, value in fields.items() if value is not UNSET}
    given = {
        name: getattr(_PLAIN, name) if value is None else value for name, value in given.items()
    }
    if "keywords" in given:
        given["keywords"] = distinct(given["keywords"])
    if given.get("quiet_hours"):
        days = sorted(set(given["quiet_hours"].days))
        given["quiet_hours"] = replace(given["quiet_hours"], days=days)
    return given

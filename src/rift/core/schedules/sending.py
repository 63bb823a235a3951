"""Sends what is due: each message once, in the transaction that takes it off the schedule."""

import logging
from datetime import timedelta
from typing import Final

from rift import errors, events
from rift.core.actor import Actor
from rift.core.bells import Bell
from rift.core.messages import verbs as messages
from rift.core.offices import Officer
from rift.core.schedules import drafting, queries
from rift.core.unit import Row, Unit
from rift.core.users import verbs as users
from rift.db.pool import AWAY
from rift.errors import Refusal
from rift.snowflake import Snowflake
from rift.wire.schedules import ScheduledMessageGone

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 500
_TOO_LATE: Final = timedelta(hours=1)
"""What could not be sent for so long is not sent any more; its author decides."""
_RETRY_S: Final = 30.0
_NO_SESSION: Final = Snowflake("0")
_MISSED: Final = "This message could not be sent in time."


class _Overtaken(Exception):  # nothing is wrong: somebody was faster
    """The message was changed, given up or sent while it was being sent."""


class Sender(Officer):
    """One process of the instance has one at work; a second one would find nothing to send.

    Nobody rings for a new one: it is due in a minute at least, and when is read before.
    """

    office = bell = Bell.SCHEDULES
    next_due = queries.NEXT_DUE

    async def step(self) -> bool:
        """Send what is due, of each person one a channel; never more than that a second."""
        async with Unit(self._house, reading=True) as unit:
            rows = await unit.all(queries.DUE, unit.now(), _AT_ONCE)
        for row in rows:
            await self._attend_to(row)
        return False

    async def _attend_to(self, row: Row) -> None:
        try:
            self._check(row)
            await self._send(row)
        except _Overtaken:
            _log.info("scheduled message %s was changed while it was due", row["id"])
        except AWAY:
            raise
        except Refusal as refusal:
            await self._refused(row, refusal)
        except Exception:  # noqa: BLE001  # the edge of a job: others are due as well
            _log.exception("scheduled message %s is tried again", row["id"])
            await self._refused(row, errors.Overloaded())

    def _check(self, row: Row) -> None:
        if row["disabled"]:
            raise errors.AccountDisabled
        if self._house.clock() - row["send_at"] > _TOO_LATE:
            raise errors.Conflict(_MISSED)

    async def _send(self, row: Row) -> None:
        async def take_off(unit: Unit, message_id: Snowflake) -> None:
            """In the transaction that stores the message."""
            if not await unit.run(queries.SENT, row["id"], row["version"]):
                raise _Overtaken
            gone = ScheduledMessageGone(
                id=row["id"], channel_id=row["channel_id"], message_id=message_id
            )
            unit.emit(events.ScheduledMessageDelete(data=gone, to=(row["user_id"],)))

        async with Unit(self._house, reading=True) as unit:
            actor = await _author(unit, row["user_id"])
        body, files = drafting.message(row), drafting.files(row)
        async with Unit(self._house) as unit:
            await messages.post(unit, actor, row["channel_id"], body, files, take_off)

    async def _refused(self, row: Row, refusal: Refusal) -> None:
        """Try again where it is a matter of waiting; else tell the author."""
        now = self._house.clock()
        wait_s = _wait_s(refusal)
        async with Unit(self._house) as unit:
            if wait_s is not None and now + timedelta(seconds=wait_s) < row["send_at"] + _TOO_LATE:
                due_at = now + timedelta(seconds=wait_s)
                await unit.run(queries.POSTPONE, row["id"], row["version"], due_at)
                return
            failed = await unit.maybe(
                queries.FAIL, row["id"], row["version"], refusal.code, refusal.message
            )
            if failed is not None:
                told = drafting.shown(failed, self._house.links)
                unit.emit(events.ScheduledMessageUpdate(data=told, to=(row["user_id"],)))


async def _author(unit: Unit, user_id: Snowflake) -> Actor:
    """Whose message it is, as if they asked themselves."""
    user, account = await users.somebody(unit, user_id), await users.current(unit, user_id)
    return Actor(user=user, account=account, session_id=_NO_SESSION)


def _wait_s(refusal: Refusal) -> float | None:
    """How long to wait before it may go better; None where it will not."""
    if isinstance(refusal, errors.RateLimited):
        return max(refusal.retry_after, 1.0)
    if isinstance(refusal, errors.Overloaded | errors.StoreAway):
        return _RETRY_S
    return None

"""Looks again at who has a linked role, and takes it from those who are not what it asks for."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from rift.core.auditlog.recording import record
from rift.core.bells import Bell
from rift.core.guilds import holding
from rift.core.members import changes, writing
from rift.core.offices import Officer
from rift.core.role_links import judging, queries
from rift.core.role_links.judging import Rules
from rift.core.unit import Row, Unit
from rift.db.pool import AWAY
from rift.errors import UnknownGuild
from rift.snowflake import Snowflake
from rift.world import Picture, loading
from rift.world import queries as world_queries

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 50
_MEMBERS_AT_ONCE: Final = 100
_EVERYBODY: Final = Snowflake("0")
_EVERY: Final = timedelta(days=1)
"""How often roles are looked at that time alone may take."""
_RETRY: Final = timedelta(minutes=1)


class Reviewer(Officer):
    """One process of the instance has one at work; a second one would find nothing to take."""

    office = bell = Bell.ROLE_LINKS
    next_due = queries.NEXT_DUE
    pace_s = 0.2

    async def step(self) -> bool:
        """Look at a portion of the members of each role that is due."""
        async with Unit(self._house, reading=True) as glance:
            due = await glance.all(queries.DUE, glance.now(), _AT_ONCE)
        for row in due:
            await self._attend_to(row)
        return bool(due)

    async def _attend_to(self, row: Row) -> None:
        try:
            async with Unit(self._house) as unit:
                await _review(unit, row)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001  # the edge of a job: others are due as well
            _log.exception("the linked role %s is looked at again", row["role_id"])
            async with Unit(self._house) as unit:
                later = unit.now() + _RETRY
                await unit.run(queries.POSTPONE, row["role_id"], row["user_id"], later)


async def _review(unit: Unit, row: Row) -> None:
    role_id, user_id = row["role_id"], row["user_id"]
    with suppress(UnknownGuild):  # it took its roles along
        guild = await holding.hold(unit, row["guild_id"])
        review = await unit.maybe(queries.HOLD_REVIEW, role_id, user_id)
        if review is None:
            return
        rules = judging.read(review["rules"])
        if user_id != _EVERYBODY:
            await _take(unit, guild, role_id, rules, [user_id])
            await unit.run(queries.DONE, role_id, user_id)
            return
        await _take_from_some(unit, guild, role_id, rules, review["reached"])


async def _take_from_some(
    unit: Unit, guild: Picture, role_id: Snowflake, rules: Rules, reached: Snowflake
) -> None:
    """The next of those who have it; after the last, again tomorrow where time may take it."""
    rows = await unit.all(queries.HOLDERS, guild.id, role_id, reached, _MEMBERS_AT_ONCE)
    user_ids = [row["user_id"] for row in rows]
    await _take(unit, guild, role_id, rules, user_ids)
    if len(user_ids) == _MEMBERS_AT_ONCE:
        await unit.run(queries.GO_ON, role_id, _EVERYBODY, user_ids[-1], unit.now())
    elif judging.fade(rules):
        await unit.run(queries.GO_ON, role_id, _EVERYBODY, _EVERYBODY, unit.now() + _EVERY)
    else:
        await unit.run(queries.DONE, role_id, _EVERYBODY)


async def _take(
    unit: Unit, guild: Picture, role_id: Snowflake, rules: Rules, user_ids: Sequence[Snowflake]
) -> None:
    stands = await judging.standings(unit, user_ids, rules)
    unfit = [id_ for id_ in user_ids if not stands[id_].meets(rules)]
    for row in await unit.all(world_queries.MEMBERS, guild.id, unfit):
        member = loading.member_from_row(row)
        if role_id not in member.roles:
            continue
        roles = [id_ for id_ in member.roles if id_ != role_id]
        after = await writing.rewrite(unit, guild.id, member, {"roles": roles})
        deeds = changes.deeds(guild, member, after)
        by = stands[member.user.id].unmet(rules)
        await record(unit, None, guild.id, *deeds, by=by)

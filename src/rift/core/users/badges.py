"""What people are honoured with: by what they are, and by the owner of the instance."""

from typing import Any, Final

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.console import deeds
from rift.core.unit import Unit
from rift.core.users import queries
from rift.core.users import verbs as users
from rift.snowflake import Snowflake
from rift.wire.users import Badge

_BADGES: Final = {
    "staff": "Runs this instance",
    "partner": "Partner of this instance",
    "contributor": "Contributed to this instance",
    "bug_hunter": "Found a bug",
    "server_owner": "Owns a server",
    "early_adopter": "One of the first fifty here",
}
"""By rank, with what they say."""
_AWARDED: Final = frozenset({"partner", "contributor", "bug_hunter"})


async def award(unit: Unit, actor: Actor, user_id: Snowflake, badge: str) -> None:
    """Honour somebody."""
    await access.instance(unit, actor)
    await users.somebody(unit, user_id)
    await unit.run(queries.AWARD, user_id, _awarded(badge))
    await deeds.note(unit, actor, "badge_award", user_id, badge=badge)


async def withdraw(unit: Unit, actor: Actor, user_id: Snowflake, badge: str) -> None:
    """Take the honour back."""
    await access.instance(unit, actor)
    await unit.run(queries.WITHDRAW, user_id, _awarded(badge))
    await deeds.note(unit, actor, "badge_withdraw", user_id, badge=badge)


def held(row: dict[str, Any]) -> list[Badge]:
    """The badges of the person whose profile this row is."""
    earned = {
        "staff": row["instance_owner"],
        "server_owner": row["owns_guild"],
        "early_adopter": row["early"],
    }
    return [
        Badge(id=name, description=words, icon=name)
        for name, words in _BADGES.items()
        if earned.get(name) or name in row["awarded"]
    ]


def _awarded(badge: str) -> str:
    if badge not in _AWARDED:
        raise errors.NotFound("Unknown Badge")
    return badge

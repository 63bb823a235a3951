"""What the administrator does with whole accounts."""

from rift.core.administration.accounts import account
from rift.core.administration.commands import DeleteUser, DisableUser, EnableUser
from rift.core.departures import erasing
from rift.core.departures import verbs as departures
from rift.core.unit import Unit


async def disable(unit: Unit, command: DisableUser) -> str:
    """Who is logged in is logged out, and nobody logs in."""
    await departures.bar(unit, await account(unit, command.username))
    return f"{command.username} is disabled."


async def enable(unit: Unit, command: EnableUser) -> str:
    """Also for who was marked for deletion."""
    await departures.enable(unit, await account(unit, command.username))
    return f"{command.username} is enabled."


async def delete(unit: Unit, command: DeleteUser) -> str:
    """After the days of grace, or before the shell has its answer."""
    user_id = await account(unit, command.username)
    await departures.mark(unit, user_id, command.guilds, now=command.now)
    if command.now:
        await erasing.erase(unit, user_id, command.guilds)
        return f"{command.username} is deleted."
    days = unit.settings.auth.departure_days
    return f"{command.username} is marked: the account is deleted in {days} days."

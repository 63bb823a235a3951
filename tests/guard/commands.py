"""What happens to commands and with them: a scene for each verb, a secret for each event."""

from typing import Any, Final

from tests.guard.expressions import MARK
from tests.guard.plays import Plays
from tests.guard.stage import Stage

plays: Final = Plays()
scene, secret = plays.scene, plays.secret

_EVERYWHERE: Final = "/applications/{application_id}/commands"
_HERE: Final = "/applications/{application_id}/guilds/{guild_id}/commands"
_WHY: Final = "commands are no part of a guild's picture; test_commands looks at them"

ALONE: Final = {
    ("POST", _EVERYWHERE): _WHY,
    ("PUT", _EVERYWHERE): _WHY,
    ("PATCH", f"{_EVERYWHERE}/{{command_id}}"): _WHY,
    ("DELETE", f"{_EVERYWHERE}/{{command_id}}"): _WHY,
    ("POST", _HERE): _WHY,
    ("PUT", _HERE): _WHY,
    ("PATCH", f"{_HERE}/{{command_id}}"): _WHY,
    ("DELETE", f"{_HERE}/{{command_id}}"): _WHY,
}


async def registered(stage: Stage, name: str = MARK, **fields: Any) -> dict[str, Any]:
    """A command of the bot's for this guild."""
    body = {"name": name, "description": "a command", **fields}
    path = f"/applications/{stage.bot.id}/guilds/{stage.id}/commands"
    made: dict[str, Any] = await stage.bot.post(path, body)
    return made


async def permitted(stage: Stage) -> dict[str, Any]:
    """A command of which the guild says that the outsider may not use it."""
    made = await registered(stage)
    path = f"/applications/{stage.bot.id}/guilds/{stage.id}/commands/{made['id']}/permissions"
    denied = {"id": stage.member.id, "type": 2, "permission": False}
    await stage.owner.put(path, {"permissions": [denied]})
    return made


@scene("PUT", f"{_HERE}/{{command_id}}/permissions")
async def _(stage: Stage) -> None:
    await permitted(stage)


@secret("CommandIndexUpdate")
async def _(stage: Stage) -> list[str]:
    await registered(stage)
    return ["GUILD_APPLICATION_COMMAND_INDEX_UPDATE", stage.id]


@secret("CommandPermissionsUpdate")
async def _(stage: Stage) -> list[str]:
    made = await permitted(stage)
    return ["APPLICATION_COMMAND_PERMISSIONS_UPDATE", made["id"]]

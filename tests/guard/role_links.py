"""Roles that members give themselves: a scene for each verb."""

from typing import Final

from tests.guard.plays import Plays
from tests.guard.stage import Stage
from tests.nouns.elsewhere import Client
from tests.nouns.test_role_connections import SCOPE, own

plays: Final = Plays()
scene = plays.scene
_OF_ROLE: Final = "/guilds/{guild_id}/roles/{role_id}/connections"


async def linked(stage: Stage) -> str:
    """The role is for those whom an application knows, as it does the member."""
    client = await Client.registered(stage.server, stage.owner)
    api = await client.api(stage.member, SCOPE)
    await api.put(own(client), {"platform_username": "Somebody"})
    path = f"/guilds/{stage.id}/roles/{stage.role['id']}/connections"
    wanted = {"connection_type": "application", "application_id": client.id}
    await stage.owner.put(f"{path}/configuration", [[wanted]])
    return path


@scene("PUT", f"{_OF_ROLE}/configuration")
async def _(stage: Stage) -> None:
    await linked(stage)


@scene("PUT", f"{_OF_ROLE}/assign")
async def _(stage: Stage) -> None:
    await stage.member.put(f"{await linked(stage)}/assign")


@scene("POST", f"{_OF_ROLE}/unassign")
async def _(stage: Stage) -> None:
    path = await linked(stage)
    await stage.member.put(f"{path}/assign")
    await stage.member.post(f"{path}/unassign")

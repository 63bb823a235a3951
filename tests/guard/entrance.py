"""How people come into a guild: a scene for each verb."""

from collections.abc import Awaitable, Callable
from typing import Final

from tests.guard.stage import Stage
from tests.nouns.entrance import Json, ask, community, guide, option, prompt

Scene = Callable[[Stage], Awaitable[object]]

SCENES: Final[dict[tuple[str, str], Scene]] = {}


def scene(method: str, path: str) -> Callable[[Scene], Scene]:
    def register(play: Scene) -> Scene:
        SCENES[method, path] = play
        return play

    return register


async def asked(stage: Stage) -> Json:
    """The stage as a community that asks who comes; one answer gives a role."""
    await community(stage.owner, stage.guild, stage.open)
    helps = option("Yes", role_ids=[stage.role["id"]], channel_ids=[stage.open["id"]])
    first = prompt("Do you help?", helps, option("No"))
    return await ask(stage.owner, stage.guild, stage.open, first, prompt("And?", option("So")))


@scene("PUT", "/guilds/{guild_id}/onboarding")
async def _(stage: Stage) -> None:
    made = await asked(stage)
    first = made["prompts"][0]
    kept = {**first, "title": "Do you?", "options": [{"id": None, "title": "Maybe"}]}
    await stage.owner.put(f"/guilds/{stage.id}/onboarding", {"prompts": [kept]})
    await stage.owner.put(f"/guilds/{stage.id}/onboarding", {"enabled": False})


@scene("POST", "/guilds/{guild_id}/onboarding-responses")
async def _(stage: Stage) -> None:
    made = await asked(stage)
    chosen = [made["prompts"][0]["options"][0]["id"]]
    body = {"onboarding_responses": chosen}
    await stage.member.post(f"/guilds/{stage.id}/onboarding-responses", body)


@scene("PUT", "/guilds/{guild_id}/onboarding-responses")
async def _(stage: Stage) -> None:
    made = await asked(stage)
    chosen = [made["prompts"][0]["options"][0]["id"]]
    path = f"/guilds/{stage.id}/onboarding-responses"
    await stage.member.put(path, {"onboarding_responses": chosen})
    await stage.member.put(path, {"onboarding_responses": []})


@scene("PUT", "/guilds/{guild_id}/new-member-welcome")
async def _(stage: Stage) -> None:
    await community(stage.owner, stage.guild, stage.open)
    path = f"/guilds/{stage.id}/new-member-welcome"
    await stage.owner.put(path, guide(stage.open))
    await stage.owner.put(path, guide(stage.open, "Come in!"))

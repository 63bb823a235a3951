"""How people come into a guild: a scene for each verb."""

from typing import Final

from tests.api import Person
from tests.guard.expressions import MARK
from tests.guard.plays import Plays
from tests.guard.stage import Stage
from tests.nouns.elsewhere import Client
from tests.nouns.entrance import (
    Json,
    agreed,
    ask,
    community,
    gate,
    guide,
    meant_for,
    option,
    prompt,
)
from tests.nouns.gallery import STILL, uri

plays: Final = Plays()
scene, secret = plays.scene, plays.secret


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


async def guided(stage: Stage) -> None:
    """The stage as a community that guides who comes."""
    await community(stage.owner, stage.guild, stage.open)
    await stage.owner.put(f"/guilds/{stage.id}/new-member-welcome", guide(stage.open))


@scene("PATCH", "/guilds/{guild_id}/new-member-actions/{channel_id}")
async def _(stage: Stage) -> None:
    await guided(stage)
    path = f"/guilds/{stage.id}/new-member-actions/{stage.open['id']}"
    await stage.owner.patch(path, {"icon": uri(STILL)})


@scene("PUT", "/guilds/{guild_id}/resource-channels/{channel_id}")
async def _(stage: Stage) -> None:
    await guided(stage)
    path = f"/guilds/{stage.id}/resource-channels/{stage.open['id']}"
    await stage.owner.put(path, {"icon": uri(STILL)})


@scene("POST", "/guilds/{guild_id}/new-member-action/{channel_id}")
async def _(stage: Stage) -> None:
    await guided(stage)
    await stage.member.post(f"/guilds/{stage.id}/new-member-action/{stage.open['id']}")


FORM: Final = "/guilds/{guild_id}/member-verification"
OWN: Final = "/guilds/{guild_id}/requests/@me"
ANSWER: Final = {"field_type": "PARAGRAPH", "label": "Who are you?", "required": True}


async def came(stage: Stage, *fields: Json) -> tuple[Person, str]:
    """Somebody who has come and is to agree, or to answer; and where they do."""
    await gate(stage.owner, stage.guild, *fields)
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    return newcomer, OWN.format(guild_id=stage.id)


async def answered(stage: Stage) -> tuple[Person, str]:
    """Somebody whose answer awaits a decision; and the id of the request."""
    newcomer, path = await came(stage, ANSWER)
    answer = {"form_fields": [{**ANSWER, "response": MARK}]}
    return newcomer, (await newcomer.put(path, answer))["id"]


@scene("PATCH", FORM)
async def _(stage: Stage) -> None:
    await came(stage)
    await stage.owner.patch(FORM.format(guild_id=stage.id), {"enabled": False})


@scene("PUT", OWN)
async def _(stage: Stage) -> None:
    newcomer, path = await came(stage)
    await newcomer.put(path, agreed(await newcomer.get(FORM.format(guild_id=stage.id))))
    await answered(stage)


@scene("POST", OWN)
async def _(stage: Stage) -> None:
    newcomer, _ = await answered(stage)
    await newcomer.post(OWN.format(guild_id=stage.id))


@scene("DELETE", OWN)
async def _(stage: Stage) -> None:
    newcomer, _ = await answered(stage)
    await newcomer.delete(OWN.format(guild_id=stage.id))


@scene("POST", f"{OWN}/ack")
async def _(stage: Stage) -> None:
    newcomer, path = await came(stage)
    await newcomer.put(path, agreed(await newcomer.get(FORM.format(guild_id=stage.id))))
    await newcomer.post(f"{path}/ack")


@scene("POST", "/guilds/{guild_id}/requests/{request_id}/ack")
async def _(stage: Stage) -> None:
    newcomer, path = await came(stage)
    await newcomer.put(path, agreed(await newcomer.get(FORM.format(guild_id=stage.id))))
    await newcomer.post(path.replace("@me", f"{newcomer.id}/ack"))


@scene("PATCH", "/guilds/{guild_id}/requests")
async def _(stage: Stage) -> None:
    for action in ("APPROVED", "REJECTED"):
        await answered(stage)
        await stage.owner.patch(f"/guilds/{stage.id}/requests", {"action": action})


@scene("PATCH", "/guilds/{guild_id}/requests/{request_id}")
async def _(stage: Stage) -> None:
    for action in ("APPROVED", "REJECTED"):
        _, id_ = await answered(stage)
        await stage.owner.patch(f"/guilds/{stage.id}/requests/{id_}", {"action": action})


@secret("JoinRequestCreate")
async def _(stage: Stage) -> list[str]:
    newcomer, _ = await came(stage)
    return ["GUILD_JOIN_REQUEST_CREATE", newcomer.id]


@secret("JoinRequestUpdate")
async def _(stage: Stage) -> list[str]:
    _, id_ = await answered(stage)
    return ["GUILD_JOIN_REQUEST_UPDATE", id_]


@secret("ReviewUpdate")
async def _(stage: Stage) -> list[str]:
    _, id_ = await answered(stage)
    return ["GUILD_JOIN_REQUEST_UPDATE", MARK, id_]


@secret("JoinRequestDelete")
async def _(stage: Stage) -> list[str]:
    newcomer, id_ = await answered(stage)
    await newcomer.delete(f"/users/@me/guilds/{stage.id}")
    return ["GUILD_JOIN_REQUEST_DELETE", id_]


@secret("ReviewDelete")
async def _(stage: Stage) -> list[str]:
    newcomer, id_ = await answered(stage)
    await stage.owner.delete(stage.members_path(newcomer))
    return ["GUILD_JOIN_REQUEST_DELETE", id_]


@scene("PATCH", "/guilds/{guild_id}/widget")
async def _(stage: Stage) -> None:
    body = {"enabled": True, "channel_id": stage.open["id"]}
    await stage.owner.patch(f"/guilds/{stage.id}/widget", body)


INTEGRATIONS: Final = "/guilds/{guild_id}/integrations"


async def _brought(stage: Stage, scope: str = "bot") -> str:
    """An application of the owner's, in the guild by now."""
    made = await stage.owner.post("/applications", {"name": MARK})
    await _authorize(stage, made["id"], scope)
    return str(made["id"])


async def _authorize(stage: Stage, application_id: str, scope: str) -> None:
    path = f"/oauth2/authorize?client_id={application_id}&scope={scope}"
    await stage.owner.post(path, {"guild_id": stage.id, "permissions": "0", "authorize": True})


async def _put_out(stage: Stage, application_id: str) -> None:
    listed = await stage.owner.get(INTEGRATIONS.format(guild_id=stage.id))
    [one] = [it for it in listed if it["application"]["id"] == application_id]
    await stage.owner.delete(f"{INTEGRATIONS.format(guild_id=stage.id)}/{one['id']}")


@scene("DELETE", f"{INTEGRATIONS}/{{integration_id}}")
async def _(stage: Stage) -> None:
    application_id = await _brought(stage, "applications.commands")
    await _authorize(stage, application_id, "bot")
    await _put_out(stage, application_id)


@secret("IntegrationCreate")
async def _(stage: Stage) -> list[str]:
    return ["INTEGRATION_CREATE", await _brought(stage)]


@secret("IntegrationUpdate")
async def _(stage: Stage) -> list[str]:
    application_id = await _brought(stage, "applications.commands")
    await _authorize(stage, application_id, "bot")
    return ["INTEGRATION_UPDATE", application_id]


@secret("IntegrationDelete")
async def _(stage: Stage) -> list[str]:
    application_id = await _brought(stage)
    await _put_out(stage, application_id)
    return ["INTEGRATION_DELETE", application_id]


@secret("IntegrationsUpdate")
async def _(stage: Stage) -> list[str]:
    await _brought(stage)
    return ["GUILD_INTEGRATIONS_UPDATE"]


@scene("PATCH", "/guilds/{guild_id}/discovery-metadata")
async def _(stage: Stage) -> None:
    path = f"/guilds/{stage.id}/discovery-metadata"
    await stage.owner.patch(path, {"keywords": ["harbour"], "primary_category_id": 1})


@scene("PUT", "/invites/{code}/target-users")
async def _(stage: Stage) -> None:
    made = await stage.owner.post(f"/channels/{stage.open['id']}/invites", {"unique": True})
    form = meant_for(stage.outsider.id)
    await stage.owner.put(f"/invites/{made['code']}/target-users", form)


CATEGORY: Final = "/guilds/{guild_id}/discovery-categories/{category_id}"


@scene("PUT", CATEGORY)
async def _(stage: Stage) -> None:
    await stage.owner.put(CATEGORY.format(guild_id=stage.id, category_id=3))


@scene("DELETE", CATEGORY)
async def _(stage: Stage) -> None:
    await stage.owner.put(CATEGORY.format(guild_id=stage.id, category_id=3))
    await stage.owner.delete(CATEGORY.format(guild_id=stage.id, category_id=3))


@scene("PUT", "/guilds/{guild_id}/members/@me")
async def _(stage: Stage) -> None:
    await community(stage.owner, stage.guild, stage.open)
    features = ["COMMUNITY", "DISCOVERABLE"]
    await stage.owner.patch(f"/guilds/{stage.id}", {"features": features})
    newcomer = await stage.server.person()
    await newcomer.put(f"/guilds/{stage.id}/members/@me", {})


@scene("PUT", "/guilds/{guild_id}/members/{user_id}")
async def _(stage: Stage) -> None:
    elsewhere = await Client.of(stage.server, stage.owner, stage.bot.id)
    given = await elsewhere.tokens(stage.outsider, "guilds.join")
    body = {"access_token": given["access_token"], "nick": "Guest", "roles": [stage.role["id"]]}
    await stage.bot.put(stage.members_path(stage.outsider), body)

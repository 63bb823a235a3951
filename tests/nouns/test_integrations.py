"""Integrations: the applications in a guild, how they come and how they are put out."""

from typing import Any

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import Server


def path(group: Company, *more: str) -> str:
    return "/".join((f"/guilds/{group.id}/integrations", *more))


async def authorize(group: Company, application: str, scope: str, permissions: int = 0) -> None:
    body = {"guild_id": group.id, "permissions": str(permissions), "authorize": True}
    asked = f"/oauth2/authorize?client_id={application}&scope={scope}"
    await group.owner.post(asked, body)


async def machine(group: Company) -> dict[str, Any]:
    made: dict[str, Any] = await group.owner.post("/applications", {"name": "Machine"})
    return made


async def roles(group: Company) -> list[dict[str, Any]]:
    """Those that came with bots."""
    listed = await group.owner.get(f"/guilds/{group.id}/roles")
    return [role for role in listed if role["managed"]]


async def test_a_bot_comes_as_an_integration_with_a_role_of_its_own(server: Server) -> None:
    group = await company(server)
    made = await machine(group)
    async with server.gateway(group.guest) as gateway:
        await authorize(group, made["id"], "bot", Permission.MANAGE_MESSAGES.value)
        told = (await gateway.expect("INTEGRATION_CREATE")).data
        assert (await gateway.expect("GUILD_INTEGRATIONS_UPDATE")).data == {"guild_id": group.id}
    [one] = await group.owner.get(path(group))
    assert one == {key: value for key, value in told.items() if key != "guild_id"}
    assert (one["name"], one["scopes"], one["enabled"]) == ("Machine", ["bot"], True)
    assert (one["application"]["bot"]["id"], one["user"]["id"]) == (made["id"], group.owner.id)
    [role] = await roles(group)
    assert (role["tags"]["bot_id"], role["name"]) == (made["id"], "Machine")
    assert (await group.owner.get(group.member(Person(group.owner.api, made))))["roles"] == [
        role["id"]
    ]
    assert (await group.guest.refused("GET", path(group))).code == 50013


async def test_an_application_may_do_more_later(server: Server) -> None:
    group = await company(server)
    made = await machine(group)
    await authorize(group, made["id"], "applications.commands")
    [first] = await group.owner.get(path(group))
    assert "bot" not in first["application"]
    async with server.gateway(group.guest) as gateway:
        await authorize(group, made["id"], "bot+applications.commands")
        told = (await gateway.expect("INTEGRATION_UPDATE")).data
    assert told["id"] == first["id"]
    assert told["scopes"] == ["applications.commands", "bot"]
    log = await group.owner.get(f"/guilds/{group.id}/audit-logs")
    actions = [entry["action_type"] for entry in log["audit_log_entries"]]
    assert {80, 81} <= set(actions)
    assert log["integrations"][0]["application_id"] == made["id"]
    count = actions.count(81)
    await authorize(group, made["id"], "bot")
    log = await group.owner.get(f"/guilds/{group.id}/audit-logs?action_type=81")
    assert len(log["audit_log_entries"]) == count


async def test_a_guild_hears_what_an_application_is_called_now(server: Server) -> None:
    group = await company(server)
    bot = await server.bot(group.owner, group.id)
    own = f"/applications/{bot.id}"
    async with server.gateway(group.guest) as gateway:
        await group.owner.patch(own, {"name": "Better", "description": "than before"})
        told = (await gateway.expect("INTEGRATION_UPDATE")).data
        await gateway.expect("GUILD_INTEGRATIONS_UPDATE")
        assert (told["guild_id"], told["name"], told["account"]["name"]) == (
            group.id,
            "Better",
            "Better",
        )
        assert told["application"]["description"] == "than before"
        await bot.patch("/users/@me", {"username": "Best"})
        told = (await gateway.expect("INTEGRATION_UPDATE")).data
        assert told["application"]["bot"]["username"] == "Best"
        await group.owner.patch(own, {"name": "Better", "tags": ["good"]})
        await gateway.quiet("INTEGRATION_UPDATE")


async def test_who_puts_it_out_puts_out_all_of_it(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    bot = await server.bot(group.owner, group.id)
    await bot.post(f"/channels/{group.channel['id']}/webhooks", {"name": "Crier"})
    [one] = await group.owner.get(path(group))
    assert (await group.guest.refused("DELETE", path(group, one["id"]))).code == 50013
    async with server.gateway(group.guest) as gateway:
        await group.moderator.delete(path(group, one["id"]))
        gone = (await gateway.expect("INTEGRATION_DELETE")).data
        assert (await gateway.expect("GUILD_MEMBER_REMOVE")).data["user"]["id"] == bot.id
    assert gone == {"id": one["id"], "guild_id": group.id, "application_id": bot.id}
    assert await group.owner.get(path(group)) == await roles(group) == []
    assert await group.owner.get(f"/channels/{group.channel['id']}/webhooks") == []
    assert (await group.owner.refused("DELETE", path(group, one["id"]))).code == 10005
    log = await group.owner.get(f"/guilds/{group.id}/audit-logs?action_type=82")
    assert log["audit_log_entries"][0]["target_id"] == one["id"]


async def test_a_bot_that_goes_is_no_integration_any_more(server: Server) -> None:
    group = await company(server)
    for leaves in ("kicked", "deleted"):
        bot = await server.bot(group.owner, group.id)
        async with server.gateway(group.guest) as gateway:
            if leaves == "kicked":
                await group.owner.delete(group.member(bot))
            else:
                await group.owner.delete(f"/applications/{bot.id}")
            assert (await gateway.expect("INTEGRATION_DELETE")).data["application_id"] == bot.id
        assert await group.owner.get(path(group)) == []

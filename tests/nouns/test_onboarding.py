"""Communities, what they ask those who come, and what the answers give."""

from rift.permissions import Permission
from tests.nouns.company import Company, company
from tests.nouns.entrance import Json, ask, community, option, prompt
from tests.server import Server

STARTED, COMPLETED = 1 << 3, 1 << 1
DENIED = str(1 << 11)


def path(group: Company, what: str = "onboarding") -> str:
    return f"/guilds/{group.id}/{what}"


async def asking(server: Server, **more: object) -> tuple[Company, Json, Json, Json]:
    """A community that asks one question; the answers give a role and a channel."""
    group = await company(server)
    await community(group.owner, group.guild, group.channel)
    role = await group.new_role()
    club = await group.owner.channel(group.id, "club")
    first = option("Plays", role_ids=[role["id"]], channel_ids=[club["id"]], emoji_name="🎲")
    question = prompt("What do you do?", first, option("Watches", description="Only that"), **more)
    return group, role, club, await ask(group.owner, group.guild, group.channel, question)


def ids(asked: Json) -> list[str]:
    return [option["id"] for prompt in asked["prompts"] for option in prompt["options"]]


async def test_a_community_has_rules_and_a_place_for_news_of_it(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    guild = path(group, "")[:-1]
    refused = await group.owner.refused("PATCH", guild, {"features": ["COMMUNITY"]})
    assert "rules_channel_id" in refused.body["errors"]
    room = group.channel["id"]
    body = {"features": ["COMMUNITY"], "rules_channel_id": room, "public_updates_channel_id": room}
    assert (await group.moderator.refused("PATCH", guild, body)).code == 50013
    made = await group.owner.patch(guild, body)
    assert made["features"] == ["COMMUNITY"]
    assert (made["verification_level"], made["explicit_content_filter"]) == (1, 2)
    assert (await group.owner.refused("DELETE", f"/channels/{room}")).code == 50074
    for unfit in ({"verification_level": 0}, {"rules_channel_id": None}):
        refused = await group.owner.refused("PATCH", guild, unfit)
        assert list(refused.body["errors"]) == list(unfit)
    await group.moderator.patch(guild, {"description": "Still changed by who manages it"})
    await group.owner.put(path(group), {"enabled": True, "default_channel_ids": [room]})
    left = await group.owner.patch(guild, {"features": []})
    assert left["features"] == ["GUILD_ONBOARDING_EVER_ENABLED"]
    await group.owner.delete(f"/channels/{room}")


async def test_what_is_asked_has_ids_that_stay(server: Server) -> None:
    group, role, club, asked = await asking(server)
    assert asked["enabled"] is True
    [question] = asked["prompts"]
    plays, watches = question["options"]
    assert (plays["role_ids"], plays["channel_ids"]) == ([role["id"]], [club["id"]])
    assert plays["emoji"] == {"id": None, "name": "🎲", "animated": False}
    assert watches["description"] == "Only that"
    kept = prompt("And you?", {**watches, "title": "Looks on"}, option("Other"))
    body = {"prompts": [{**kept, "id": question["id"]}, prompt("More?", option("No"))]}
    again = await group.owner.put(path(group), body)
    assert [one["id"] == question["id"] for one in again["prompts"]] == [True, False]
    assert [one["id"] == watches["id"] for one in again["prompts"][0]["options"]] == [True, False]
    seen = await group.guest.get(path(group))
    assert seen["prompts"] == again["prompts"]
    assert (seen["responses"], seen["onboarding_prompts_seen"]) == ([], {})


async def test_who_manages_asks_and_nobody_gives_what_is_above_them(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD, Permission.MANAGE_ROLES)
    await community(group.owner, group.guild, group.channel)
    assert (await group.guest.refused("GET", path(group))).code == 50013
    assert (await group.guest.refused("PUT", path(group), {"mode": 0})).code == 50013
    nobody, rules = await group.new_role(), await group.new_role(Permission.BAN_MEMBERS)
    for role_id, code in ((group.role["id"], 50013), (rules["id"], 50028), ("1", 10011)):
        body = {"prompts": [prompt("?", option("!", role_ids=[role_id]))]}
        assert (await group.moderator.refused("PUT", path(group), body)).code == code
    body = {"prompts": [prompt("?", option("!", channel_ids=["1"]))]}
    assert (await group.moderator.refused("PUT", path(group), body)).code == 10003
    fine = prompt("?", option("!", role_ids=[nobody["id"]]))
    await group.moderator.put(path(group), {"prompts": [fine]})


async def test_it_is_not_enabled_where_nobody_finds_a_place_to_talk(server: Server) -> None:
    group = await company(server)
    room = group.channel["id"]
    whole = {"enabled": True, "default_channel_ids": [room]}
    assert (await group.owner.refused("PUT", path(group), whole)).code == 350000
    await community(group.owner, group.guild, group.channel)
    assert (await group.owner.refused("PUT", path(group), {"enabled": True})).code == 350000
    talk = prompt("?", option("!", channel_ids=[room]))
    await group.owner.put(path(group), {"enabled": True, "mode": 1, "prompts": [talk]})
    assert (await group.owner.refused("PUT", path(group), {"mode": 0})).code == 350001
    silence = {"type": 0, "deny": DENIED}
    await group.owner.put(f"/channels/{room}/permissions/{group.id}", silence)
    assert (await group.owner.get(path(group)))["below_requirements"] is True


async def test_answers_give_roles_and_channels_and_take_them_back(server: Server) -> None:
    group, role, club, asked = await asking(server)
    plays, watches = ids(asked)
    newcomer = await group.newcomer(server)
    me = f"/users/@me/guilds/{group.id}/member"
    assert (await newcomer.get(me))["flags"] == STARTED
    answers = path(group, "onboarding-responses")
    seen = {"onboarding_prompts_seen": {asked["prompts"][0]["id"]: 1}}
    async with server.gateway(newcomer) as mine, server.gateway(group.owner) as other:
        body = {"onboarding_responses": [plays, watches], **seen}
        made = await newcomer.post(answers, body)
        assert sorted(made["onboarding_responses"]) == sorted([plays, watches])
        told = (await other.expect("GUILD_MEMBER_UPDATE")).data
        assert (told["roles"], told["flags"]) == ([role["id"]], STARTED | COMPLETED)
        settings = (await mine.expect("USER_GUILD_SETTINGS_UPDATE")).data
    shown = {it["channel_id"] for it in settings["channel_overrides"] if it["flags"] & 1 << 12}
    assert shown == {club["id"], group.channel["id"]}
    assert (await newcomer.get(path(group)))["onboarding_prompts_seen"] == next(iter(seen.values()))
    await newcomer.put(answers, {"onboarding_responses": [watches]})
    assert (await newcomer.get(me))["roles"] == []
    settings = await newcomer.get(f"/users/@me/guilds/{group.id}/settings")
    shown = {it["channel_id"] for it in settings["channel_overrides"] if it["flags"] & 1 << 12}
    assert shown == {group.channel["id"]}
    assert await newcomer.put(answers, {"onboarding_responses": []}) is None


async def test_answers_must_be_those_there_are(server: Server) -> None:
    group, _, _, asked = await asking(server, single_select=True, required=True)
    answers = path(group, "onboarding-responses")
    for wrong in ([], ids(asked), ["1"]):
        body = {"onboarding_responses": wrong}
        assert (await group.guest.refused("POST", answers, body)).code == 50035
    await group.owner.put(path(group), {"enabled": False})
    body = {"onboarding_responses": ids(asked)[:1]}
    assert (await group.guest.refused("POST", answers, body)).code == 40006


async def test_a_role_that_rules_by_now_is_not_given_any_more(server: Server) -> None:
    group, role, _, asked = await asking(server)
    body = {"permissions": str(Permission.BAN_MEMBERS.value)}
    await group.owner.patch(f"/guilds/{group.id}/roles/{role['id']}", body)
    answers = path(group, "onboarding-responses")
    await group.guest.post(answers, {"onboarding_responses": ids(asked)[:1]})
    assert (await group.see(group.guest))["roles"] == []

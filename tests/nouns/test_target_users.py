"""Invites for some people alone: a list of ids, as CSV."""

from rift.permissions import Permission
from tests.nouns.company import company
from tests.nouns.entrance import Json, meant_for
from tests.server import Server


def path(made: Json, what: str = "/target-users") -> str:
    return f"/invites/{made['code']}{what}"


async def test_only_those_it_is_for_see_it_and_come_in(server: Server) -> None:
    group = await company(server)
    meant, other = await server.person(), await server.person()
    room = f"/channels/{group.channel['id']}/invites"
    usual = await group.owner.post(room, {})
    form = meant_for(meant.id, meant.id, "1", max_age=0)
    made = await group.owner.post(room, form)
    assert (made["max_age"], made["code"] != usual["code"]) == (0, True)
    assert (await group.owner.post(room, {}))["code"] == usual["code"]
    for stranger in (other, server.guest):
        assert (await stranger.refused("GET", path(made, ""))).code == 10006
    assert (await other.refused("POST", path(made, ""), {})).code == 10006
    assert (await meant.get(path(made, "")))["guild"]["id"] == group.id
    await meant.post(path(made, ""), {})
    await group.owner.put(path(made), meant_for(other.id))
    await other.post(path(made, ""), {})
    status = await group.owner.get(path(made, "/target-users/job-status"))
    assert (status["status"], status["total_users"], status["processed_users"]) == (2, 1, 1)


async def test_the_list_is_handed_out_as_it_came(server: Server) -> None:
    group = await company(server, Permission.VIEW_AUDIT_LOG)
    made = await group.guest.post(f"/channels/{group.channel['id']}/invites", {"unique": True})
    for person in (group.guest, group.owner):
        assert (await person.refused("GET", path(made))).status == 404
    await group.guest.put(path(made), meant_for("30", "20", "30"))
    for person in (group.guest, group.moderator):
        url = f"{server.url}/api/v10{path(made)}"
        headers = {"Authorization": str(person.api.token)}
        async with server.http.get(url, headers=headers) as response:
            assert response.headers["Content-Type"] == "text/csv"
            assert (await response.text()).split() == ["user_id", "30", "20"]
    newcomer = await group.newcomer(server)
    assert (await newcomer.refused("GET", path(made))).code == 50013
    for person in (group.moderator, newcomer):
        assert (await person.refused("PUT", path(made), meant_for("20"))).code == 50013


async def test_a_list_with_something_else_in_it_changes_nothing(server: Server) -> None:
    group = await company(server)
    made = await group.owner.post(f"/channels/{group.channel['id']}/invites", {})
    refused = await group.owner.refused("PUT", path(made), meant_for("20", "twenty", "-1"))
    wrong = refused.body["errors"]["target_users_file"]["_errors"]
    assert [one["message"].partition(":")[0] for one in wrong] == ["Line 3", "Line 4"]
    assert (await group.owner.refused("PUT", path(made), meant_for())).code == 50035
    assert (await group.owner.refused("GET", path(made))).status == 404
    await group.owner.patch(f"/guilds/{group.id}/vanity-url", {"code": f"v{group.id}"})
    own = path({"code": f"v{group.id}"})
    assert (await group.owner.refused("PUT", own, meant_for("20"))).code == 50020

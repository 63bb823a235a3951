"""Servers, their members, roles and invites over the simple door."""

from typing import Any
from uuid import uuid4

from rift.doors.simple import ids
from rift.doors.simple.bits import SimplePermission
from rift.permissions import Permission
from tests.server import Server
from tests.simple_door.caller import Caller, snowflake


async def _company(server: Server) -> tuple[Caller, Caller, dict[str, Any]]:
    """An owner, a member and their server."""
    owner, member = await Caller.new(server), await Caller.new(server)
    made = await owner.server_of_own()
    await owner.bring(member, made["id"])
    return owner, member, made


async def test_a_server_is_founded_changed_and_deleted(server: Server) -> None:
    owner = await Caller.new(server)
    made = await owner.server_of_own("First name")
    assert (made["name"], made["owner_id"]) == ("First name", owner.id)
    path = f"/servers/{made['id']}"
    assert await owner.get(path) == made
    changed = await owner.patch(path, {"name": "Second name", "description": "words"})
    assert (changed["name"], changed["description"]) == ("Second name", "words")
    assert await owner.get("/servers") == [changed]
    await owner.refused(400, "PATCH", path, {"name": "x"})
    await owner.delete(path)
    await owner.refused(404, "GET", path)
    assert await owner.get("/servers") == []


async def test_servers_are_paged(server: Server) -> None:
    owner = await Caller.new(server)
    made = [await owner.server_of_own(f"Number {number}") for number in range(3)]
    first = await owner.get("/servers?limit=2")
    rest = await owner.get(f"/servers?limit=2&after={first[-1]['id']}")
    assert [*first, *rest] == made


async def test_a_stranger_finds_no_server(server: Server) -> None:
    owner, stranger = await Caller.new(server), await Caller.new(server)
    made = await owner.server_of_own()
    for path in ("", "/members", "/presences", "/channels", "/roles", "/invites", "/audit-log"):
        reply = await stranger.call("GET", f"/servers/{made['id']}{path}")
        assert reply.status in (403, 404), path
    await stranger.refused(404, "GET", f"/servers/{uuid4()}")
    await stranger.refused(400, "GET", "/servers/nonsense")


async def test_only_who_may_changes_a_server(server: Server) -> None:
    owner, member, made = await _company(server)
    path = f"/servers/{made['id']}"
    await member.refused(403, "PATCH", path, {"name": "mine"})
    await member.refused(403, "DELETE", path)
    given = await owner.patch(path, {"owner_id": member.id})
    assert given["owner_id"] == member.id
    await member.delete(path)


async def test_members_join_by_invite_and_leave(server: Server) -> None:
    owner, member, made = await _company(server)
    path = f"/servers/{made['id']}/members"
    listed = await owner.get(path)
    assert {one["user_id"] for one in listed} == {owner.id, member.id}
    page = await member.get(f"{path}?limit=1&after={owner.id}")
    assert [one["user_id"] for one in page] == [member.id]
    await member.delete(f"{path}/{member.id}")
    await member.refused(403, "GET", path)
    await owner.refused(400, "DELETE", f"{path}/{owner.id}")


async def test_an_invite_opens_its_own_server_and_no_other(server: Server) -> None:
    owner, guest = await Caller.new(server), await Caller.new(server)
    one, other = await owner.server_of_own(), await owner.server_of_own()
    invite = await owner.post(f"/servers/{one['id']}/invites", {"max_uses": 1})
    form = {"invite_code": invite["code"]}
    await guest.refused(404, "POST", f"/servers/{other['id']}/join", form)
    await guest.refused(404, "POST", f"/servers/{one['id']}/join", {"invite_code": "nothing"})
    await guest.refused(400, "POST", f"/servers/{one['id']}/join", {})
    joined = await guest.post(f"/servers/{one['id']}/join", form)
    assert joined == one
    third = await Caller.new(server)
    await third.refused(404, "POST", f"/servers/{one['id']}/join", form)


async def test_invites_are_made_looked_at_listed_and_withdrawn(server: Server) -> None:
    owner, member, made = await _company(server)
    path = f"/servers/{made['id']}/invites"
    channel = await owner.channel(made["id"])
    form = {"channel_id": channel["id"], "max_uses": 3, "expires_in": 3600}
    invite = await owner.post(path, form)
    assert (invite["channel_id"], invite["max_uses"], invite["uses"]) == (channel["id"], 3, 0)
    assert invite["inviter_id"] == owner.id
    seen = await member.get(f"/invites/{invite['code']}")
    assert (seen["server_name"], seen["member_count"]) == (made["name"], 2)
    assert seen["max_uses"] is None
    assert invite["code"] in {one["code"] for one in await owner.get(path)}
    await member.refused(403, "GET", path)
    await member.refused(403, "DELETE", f"/invites/{invite['code']}")
    await owner.delete(f"/invites/{invite['code']}")
    await member.refused(404, "GET", f"/invites/{invite['code']}")


async def test_who_may_kick_kicks(server: Server) -> None:
    owner, member, made = await _company(server)
    other = await Caller.new(server)
    await owner.bring(other, made["id"])
    path = f"/servers/{made['id']}/members"
    await member.refused(403, "DELETE", f"{path}/{other.id}")
    await member.refused(403, "DELETE", f"{path}/{owner.id}")
    await owner.delete(f"{path}/{other.id}")
    await owner.refused(404, "DELETE", f"{path}/{other.id}")
    await other.refused(403, "GET", path)


async def test_roles_are_made_changed_given_and_deleted(server: Server) -> None:
    owner, member, made = await _company(server)
    path = f"/servers/{made['id']}/roles"
    kick = int(SimplePermission.KICK_MEMBERS)
    role = await owner.post(path, {"name": "helper", "permissions": kick, "color": 255})
    assert (role["name"], role["permissions"], role["color"]) == ("helper", kick, 255)
    await owner.post(f"/roles/{role['id']}/members/{member.id}")
    listed = await member.get(f"/servers/{made['id']}/members")
    held = {one["user_id"]: one["role_ids"] for one in listed}
    assert held == {owner.id: [], member.id: [role["id"]]}
    changed = await owner.patch(f"/roles/{role['id']}", {"name": "ex", "permissions": 0})
    assert (changed["name"], changed["permissions"]) == ("ex", 0)
    assert changed in await member.get(path)
    await owner.delete(f"/roles/{role['id']}/members/{member.id}")
    await owner.delete(f"/roles/{role['id']}")
    await owner.refused(404, "PATCH", f"/roles/{role['id']}", {"name": "gone"})


async def test_roles_are_not_changed_by_who_may_not(server: Server) -> None:
    owner, member, made = await _company(server)
    stranger = await Caller.new(server)
    role = await owner.post(f"/servers/{made['id']}/roles", {"name": "helper"})
    for caller, status in ((member, 403), (stranger, 404)):
        path = f"/roles/{role['id']}"
        await caller.refused(status, "PATCH", path, {"permissions": 1 << 30})
        await caller.refused(status, "DELETE", path)
        await caller.refused(status, "POST", f"{path}/members/{caller.id}")
        await caller.refused(status, "DELETE", f"{path}/members/{caller.id}")


async def test_nobody_grants_what_they_lack(server: Server) -> None:
    owner, member, made = await _company(server)
    manage = int(SimplePermission.MANAGE_ROLES)
    chief = await owner.post(f"/servers/{made['id']}/roles", {"name": "a", "permissions": manage})
    await owner.post(f"/roles/{chief['id']}/members/{member.id}")
    form = {"name": "b", "permissions": int(SimplePermission.ADMINISTRATOR)}
    await member.refused(403, "POST", f"/servers/{made['id']}/roles", form)
    await member.refused(403, "PATCH", f"/roles/{chief['id']}", {"permissions": 1 << 30})


async def test_bits_this_door_has_no_name_for_survive_a_change(server: Server) -> None:
    person = await server.person()
    owner = await Caller.behind(server, person)
    guild = await person.guild()
    bits = int(Permission.MODERATE_MEMBERS | Permission.PIN_MESSAGES | Permission.BAN_MEMBERS)
    role = await person.post(f"/guilds/{guild['id']}/roles", {"permissions": str(bits)})
    kick = int(SimplePermission.KICK_MEMBERS)
    path = f"/roles/{ids.shown(role['id'])}"
    changed = await owner.patch(path, {"permissions": kick})
    assert changed["permissions"] == kick
    now = await person.get(f"/guilds/{guild['id']}/roles/{role['id']}")
    wanted = Permission.MODERATE_MEMBERS | Permission.PIN_MESSAGES | Permission.KICK_MEMBERS
    assert int(now["permissions"]) == wanted
    await owner.refused(400, "PATCH", path, {"permissions": 1 << 11})
    await owner.refused(400, "PATCH", path, {"permissions": 1 << 20})


async def test_the_audit_log_tells_what_was_done(server: Server) -> None:
    owner, member, made = await _company(server)
    channel = await owner.channel(made["id"], "made")
    path = f"/servers/{made['id']}/audit-log"
    [entry] = await owner.get(f"{path}?action=10")
    assert (entry["action"], entry["user_id"]) == ("channel_create", owner.id)
    assert entry["target_id"] == channel["id"]
    assert await owner.get(f"{path}?action=10&before={entry['id']}") == []
    assert await owner.get(f"{path}?user_id={member.id}") == []
    await member.refused(403, "GET", path)
    assert snowflake(entry["id"]).isdigit()

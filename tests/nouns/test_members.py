"""Members: seen, listed, renamed, given roles, kicked; and the guilds one is in oneself."""

import asyncio

import pytest

from rift import events
from rift.core.invites import verbs as invites
from rift.core.members import joining
from rift.core.unit import Unit
from rift.permissions import ALL, DEFAULT_EVERYONE, Permission
from rift.snowflake import Snowflake
from tests.api import Person
from tests.guard.voices import inside
from tests.nouns.company import Company, company
from tests.nouns.parlour import GUILD, MODERATORS, parlour
from tests.server import Server

MEMBERS_INTENT = 1 << 14


async def test_a_member_is_seen_by_members(server: Server) -> None:
    group = await company(server)
    shown = await group.guest.get(group.member(group.moderator))
    assert shown["user"]["id"] == group.moderator.id
    assert shown["roles"] == [group.role["id"]]
    stranger = await server.person()
    assert (await stranger.refused("GET", group.member(group.moderator))).code == 50001
    assert (await group.guest.refused("GET", group.member(stranger))).code == 10007


async def test_members_are_listed_page_by_page(server: Server) -> None:
    group = await company(server)
    everybody = sorted([group.owner.id, group.moderator.id, group.guest.id], key=int)
    path = f"/guilds/{group.id}/members"
    assert [one["user"]["id"] for one in await group.guest.get(f"{path}?limit=9")] == everybody
    first = await group.guest.get(path)
    assert [one["user"]["id"] for one in first] == everybody[:1]
    rest = await group.guest.get(f"{path}?limit=1000&after={everybody[0]}")
    assert [one["user"]["id"] for one in rest] == everybody[1:]
    assert (await group.guest.refused("GET", f"{path}?limit=1001")).code == 50035


async def test_a_bot_lists_members_with_the_privileged_intent_alone(server: Server) -> None:
    group = await company(server)
    blind = await server.bot(group.owner, group.id)
    seeing = await server.bot(group.owner, group.id, flags=MEMBERS_INTENT)
    path = f"/guilds/{group.id}/members?limit=10"
    assert (await blind.refused("GET", path)).code == 50001
    assert len(await seeing.get(path)) == 5
    assert (await blind.get(group.member(group.guest)))["user"]["id"] == group.guest.id


async def test_members_are_found_by_the_beginning_of_a_name(server: Server) -> None:
    group = await company(server)
    await group.owner.patch(group.member(group.guest), {"nick": "Zebra Crossing"})
    path = f"/guilds/{group.id}/members/search"
    found = await group.owner.get(f"{path}?query=zebra")
    assert [one["user"]["id"] for one in found] == [group.guest.id]
    name = group.moderator.user["username"].upper()
    found = await group.owner.get(f"{path}?query={name}&limit=5")
    assert group.moderator.id in [one["user"]["id"] for one in found]
    assert await group.owner.get(f"{path}?query=crossing") == []
    assert (await group.owner.refused("GET", path)).code == 50035


async def test_a_moderator_names_those_below(server: Server) -> None:
    group = await company(server, Permission.MANAGE_NICKNAMES)
    async with server.gateway(group.guest) as watching:
        renamed = await group.moderator.patch(group.member(group.guest), {"nick": " Guest "})
        told = (await watching.expect("GUILD_MEMBER_UPDATE")).data
    assert renamed["nick"] == "Guest"
    assert told == {**renamed, "guild_id": group.id}
    cleared = await group.moderator.patch(group.member(group.guest), {"nick": ""})
    assert cleared["nick"] is None
    assert await group.see(group.guest) == cleared


async def test_nobody_names_those_above(server: Server) -> None:
    group = await company(server, Permission.MANAGE_NICKNAMES)
    for person, other in (
        (group.moderator, group.owner),
        (group.guest, group.moderator),
    ):
        reply = await person.refused("PATCH", group.member(other), {"nick": "x"})
        assert (reply.status, reply.code) == (403, 50013)
    long = {"nick": "x" * 33}
    assert (await group.owner.refused("PATCH", group.member(group.guest), long)).code == 50035


async def test_what_does_not_change_is_not_told(server: Server) -> None:
    group = await company(server)
    async with server.gateway(group.guest) as watching:
        body = {"nick": None, "roles": [], "mute": False, "deaf": None, "flags": 0}
        before = await group.see(group.guest)
        assert await group.owner.patch(group.member(group.guest), body) == before
        await watching.quiet("GUILD_MEMBER_UPDATE")


async def test_one_names_oneself(server: Server) -> None:
    group = await company(server)
    me = f"/guilds/{group.id}/members/@me"
    mine = await group.guest.patch(me, {"nick": "Me"})
    assert (mine["nick"], mine["permissions"]) == ("Me", str(DEFAULT_EVERYONE))
    assert await group.guest.patch(f"{me}/nick", {"nick": "I"}) == {"nick": "I"}
    assert (await group.see(group.guest))["nick"] == "I"
    assert (await group.guest.patch(group.member(group.guest), {"nick": None}))["nick"] is None
    reply = await group.guest.refused("PATCH", me, {"avatar": "data:image/png;base64,AA=="})
    assert reply.code == 50035
    kept = str(DEFAULT_EVERYONE & ~Permission.CHANGE_NICKNAME.value)
    await group.owner.patch(f"/guilds/{group.id}/roles/{group.id}", {"permissions": kept})
    assert (await group.guest.refused("PATCH", me, {"nick": "You"})).code == 50013
    reply = await group.guest.refused("PATCH", group.member(group.guest), {"nick": "You"})
    assert reply.code == 50013


async def test_a_role_is_given_and_taken(server: Server) -> None:
    group = await company(server, Permission.MANAGE_ROLES)
    low = await group.new_role()
    path = f"{group.member(group.guest)}/roles/{low['id']}"
    async with server.gateway(group.guest) as watching:
        await group.moderator.put(path)
        assert (await watching.expect("GUILD_MEMBER_UPDATE")).data["roles"] == [low["id"]]
        await group.moderator.put(path)
        await group.moderator.delete(path)
        assert (await watching.expect("GUILD_MEMBER_UPDATE")).data["roles"] == []
        await group.moderator.delete(path)
        await watching.quiet("GUILD_MEMBER_UPDATE")


async def test_nobody_gives_or_takes_a_role_that_is_not_below_their_own(server: Server) -> None:
    group = await company(server, Permission.MANAGE_ROLES)
    own = f"{group.member(group.guest)}/roles/{group.role['id']}"
    assert (await group.moderator.refused("PUT", own)).code == 50013
    taking = f"{group.member(group.moderator)}/roles/{group.role['id']}"
    assert (await group.moderator.refused("DELETE", taking)).code == 50013
    everyone = f"{group.member(group.guest)}/roles/{group.id}"
    assert (await group.owner.refused("PUT", everyone)).code == 50028
    unknown = f"{group.member(group.guest)}/roles/1234"
    assert (await group.owner.refused("PUT", unknown)).code == 10011
    body = {"roles": [group.role["id"]]}
    assert (await group.moderator.refused("PATCH", group.member(group.guest), body)).code == 50013
    assert (await group.guest.refused("PUT", own)).code == 50013


async def test_a_bots_own_role_is_not_given_to_others_and_goes_with_it(server: Server) -> None:
    group = await company(server)
    bot = await server.bot(group.owner, group.id)
    [role_id] = (await group.see(bot))["roles"]
    given = f"{group.member(group.guest)}/roles/{role_id}"
    assert (await group.owner.refused("PUT", given)).code == 50028
    taken = f"{group.member(bot)}/roles/{role_id}"
    assert (await group.owner.refused("DELETE", taken)).code == 50028
    async with server.gateway(group.owner) as watching:
        await group.owner.delete(group.member(bot))
        assert (await watching.expect("GUILD_ROLE_DELETE")).data["role_id"] == role_id
        assert (await watching.expect("GUILD_MEMBER_REMOVE")).data["user"]["id"] == bot.id
    left = await group.owner.get(f"/guilds/{group.id}/roles")
    assert role_id not in [role["id"] for role in left]
    assert [role["position"] for role in left] == [0, 1]


async def test_all_roles_are_set_at_once_in_one_order(server: Server) -> None:
    group = await company(server)
    roles = [(await group.new_role())["id"] for _ in range(3)]
    shuffled = [roles[2], roles[0], roles[2], roles[1]]
    changed = await group.owner.patch(group.member(group.guest), {"roles": shuffled})
    assert changed["roles"] == roles
    changed = await group.owner.patch(group.member(group.guest), {"roles": roles[1:]})
    assert changed["roles"] == roles[1:]
    assert (await group.owner.patch(group.member(group.guest), {"roles": None}))["roles"] == []


async def test_roles_given_at_the_same_time_are_all_kept(server: Server) -> None:
    group = await company(server)
    roles = [(await group.new_role())["id"] for _ in range(12)]
    where = group.member(group.guest)
    await asyncio.gather(
        *(group.owner.put(f"{where}/roles/{id_}") for id_ in roles),
        group.owner.patch(where, {"nick": "busy"}),
    )
    seen = await group.see(group.guest)
    assert (seen["roles"], seen["nick"]) == (roles, "busy")


async def test_a_new_role_counts_from_the_next_request_on(server: Server) -> None:
    group = await company(server)
    mighty = await group.new_role(Permission.MANAGE_CHANNELS)
    body = {"name": "mine", "type": 0}
    assert (await group.guest.refused("POST", f"/guilds/{group.id}/channels", body)).code == 50013
    await group.give(group.guest, mighty)
    await group.guest.post(f"/guilds/{group.id}/channels", body)
    await group.owner.delete(f"{group.member(group.guest)}/roles/{mighty['id']}")
    assert (await group.guest.refused("POST", f"/guilds/{group.id}/channels", body)).code == 50013


@pytest.mark.parametrize(
    ("body", "needs"),
    [
        ({"mute": True}, Permission.MUTE_MEMBERS),
        ({"deaf": True}, Permission.DEAFEN_MEMBERS),
        ({"flags": 4}, Permission.MANAGE_GUILD),
    ],
)
async def test_what_else_can_be_set_has_permissions_of_its_own(
    server: Server, body: dict[str, object], needs: Permission
) -> None:
    group = await company(server, needs)
    reply = await group.guest.refused("PATCH", group.member(group.moderator), body)
    assert reply.code == 50013
    room = await group.owner.channel(group.id, "voices", type=2)
    async with inside(server, group.guest, room):
        changed = await group.moderator.patch(group.member(group.guest), body)
    assert body.items() <= changed.items()
    assert body.items() <= (await group.see(group.guest)).items()


async def test_only_one_flag_is_set_by_hand(server: Server) -> None:
    group = await company(server)
    changed = await group.owner.patch(group.member(group.guest), {"flags": 0b1111})
    assert changed["flags"] == 0b100


async def test_who_is_not_in_voice_cannot_be_moved(server: Server) -> None:
    group = await company(server)
    body = {"channel_id": group.channel["id"]}
    assert (await group.moderator.refused("PATCH", group.member(group.guest), body)).code == 50013
    reply = await group.owner.refused("PATCH", group.member(group.guest), body)
    assert (reply.status, reply.code) == (400, 40032)


async def test_a_refused_part_refuses_the_whole(server: Server) -> None:
    group = await company(server, Permission.MANAGE_NICKNAMES)
    body = {"nick": "x", "mute": True}
    assert (await group.moderator.refused("PATCH", group.member(group.guest), body)).code == 50013
    assert (await group.see(group.guest))["nick"] is None


async def test_a_kicked_member_is_gone_and_may_come_back(server: Server) -> None:
    group = await company(server, Permission.KICK_MEMBERS)
    async with server.gateway(group.owner) as other, server.gateway(group.guest) as theirs:
        await group.moderator.delete(group.member(group.guest))
        gone = (await other.expect("GUILD_MEMBER_REMOVE")).data
        assert (gone["guild_id"], gone["user"]["id"]) == (group.id, group.guest.id)
        assert (await theirs.expect("GUILD_DELETE")).data["id"] == group.id
    assert (await group.guest.refused("GET", f"/guilds/{group.id}")).code == 50001
    assert (await group.moderator.refused("DELETE", group.member(group.guest))).code == 10007
    await group.owner.bring(group.guest, group.channel["id"])
    assert (await group.see(group.guest))["roles"] == []


async def test_nobody_kicks_those_above_or_themselves(server: Server) -> None:
    group = await company(server, Permission.KICK_MEMBERS)
    equal = await group.newcomer(server)
    await group.give(equal, group.role)
    for person, other in (
        (group.moderator, group.owner),
        (group.moderator, equal),
        (group.moderator, group.moderator),
        (group.guest, group.moderator),
        (group.owner, group.owner),
    ):
        reply = await person.refused("DELETE", group.member(other))
        assert (reply.status, reply.code) == (403, 50013)


async def test_people_are_not_brought_by_a_token(server: Server) -> None:
    group = await company(server)
    stranger = await server.person()
    body = {"access_token": "made up"}
    bot = await server.bot(group.owner, group.id)
    assert (await bot.refused("PUT", group.member(stranger), body)).code == 50025
    assert (await group.owner.refused("PUT", group.member(stranger), body)).code == 20002


async def own(person: Person, query: str = "") -> list[str]:
    return [guild["id"] for guild in await person.get(f"/users/@me/guilds{query}")]


async def test_one_lists_ones_own_guilds(server: Server) -> None:
    group = await company(server)
    [mine] = await group.guest.get("/users/@me/guilds")
    assert (mine["id"], mine["owner"]) == (group.id, False)
    assert mine["permissions"] == str(DEFAULT_EVERYONE)
    assert "approximate_member_count" not in mine
    [counted] = await group.owner.get("/users/@me/guilds?with_counts=true")
    assert (counted["owner"], counted["permissions"]) == (True, str(ALL))
    assert counted["approximate_member_count"] == 3
    assert counted["approximate_presence_count"] == 0


async def test_ones_own_guilds_are_paged(server: Server) -> None:
    person = await server.person()
    ids = [(await person.guild())["id"] for _ in range(5)]
    assert await own(person) == ids
    assert await own(person, "?limit=2") == ids[:2]
    assert await own(person, f"?limit=2&after={ids[1]}") == ids[2:4]
    assert await own(person, f"?limit=2&before={ids[3]}") == ids[1:3]
    assert await own(person, f"?after={ids[0]}&before={ids[4]}") == ids[1:4]
    assert (await person.refused("GET", "/users/@me/guilds?limit=201")).code == 50035


async def test_one_sees_oneself_in_a_guild(server: Server) -> None:
    group = await company(server)
    path = f"/users/@me/guilds/{group.id}/member"
    assert (await group.moderator.get(path))["roles"] == [group.role["id"]]
    assert (await (await server.person()).refused("GET", path)).code == 50001


async def test_one_leaves_a_guild_but_not_ones_own(server: Server) -> None:
    group = await company(server)
    path = f"/users/@me/guilds/{group.id}"
    async with server.gateway(group.owner) as watching:
        await group.guest.delete(path)
        gone = (await watching.expect("GUILD_MEMBER_REMOVE")).data
        assert gone["user"]["id"] == group.guest.id
    assert await own(group.guest) == []
    assert (await group.guest.refused("DELETE", path)).code == 50001
    reply = await group.owner.refused("DELETE", path)
    assert (reply.status, reply.code) == (400, 50055)


async def test_leaving_many_times_at_once_is_leaving_once(server: Server) -> None:
    group: Company = await company(server)
    path = f"/users/@me/guilds/{group.id}"
    async with server.gateway(group.owner) as watching:
        replies = await asyncio.gather(*(group.guest.call("DELETE", path) for _ in range(6)))
        await watching.expect("GUILD_MEMBER_REMOVE")
        await watching.quiet("GUILD_MEMBER_REMOVE")
    assert sorted(reply.status for reply in replies) == [204] + [403] * 5
    counted = await group.owner.get(f"/guilds/{group.id}?with_counts=true")
    assert counted["approximate_member_count"] == 2


TEMPORARY = """
update members
set temporary = true
where user_id = any($1)
"""


async def test_who_came_for_a_while_stays_if_given_a_role(database: str) -> None:
    async with parlour(database) as house:
        bob, cid = house.bob.id, house.cid.id  # Bob has a role
        await house.house.world.guild(GUILD)
        async with Unit(house.house) as unit:
            await joining.see_off(unit, Snowflake(cid))
        await house.run(TEMPORARY, [bob, cid])
        for user_id in (bob, cid, cid):
            async with Unit(house.house) as unit:
                await joining.see_off(unit, Snowflake(user_id))
        left = await house.rows("select user_id, roles from members order by user_id")
        assert [row["user_id"] for row in left] == [house.ann.id, bob]
        assert left[1]["roles"] == [MODERATORS]
        gone = [event for event in house.heard if type(event) is events.MemberRemove]
        assert [event.data.user.id for event in gone] == [cid]


async def test_a_temporary_invite_is_remembered_by_the_member(database: str) -> None:
    async with parlour(database) as house:
        await house.run(
            """
            insert into invites (code, guild_id, channel_id, max_age, max_uses, temporary)
            values ('briefly', $1, '2000', 0, 0, true)
            """,
            GUILD,
        )
        async with Unit(house.house) as unit:
            await invites.redeem(unit, Snowflake(house.eve.id), "briefly")
        async with Unit(house.house) as unit:
            await joining.see_off(unit, Snowflake(house.eve.id))
        names = house.names()
        assert names == ["GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"]

"""Member lists, as a client that applies every change shows them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

OFFICIAL: Final = 22525
VIEW: Final = 1 << 10
LIST: Final = "GUILD_MEMBER_LIST_UPDATE"


@asynccontextmanager
async def online(server: Server, person: Person, status: str = "online") -> AsyncIterator[Gateway]:
    async with Gateway.connected(server.url) as gateway:
        await gateway.identify(
            person.api.bare_token,
            guilds=False,
            capabilities=OFFICIAL,
            presence={"status": status, "activities": [], "since": 0, "afk": False},
        )
        await gateway.expect("READY_SUPPLEMENTAL")
        yield gateway


class Sidebar:
    """The rows as a client holds them: made by SYNC, changed by everything else."""

    def __init__(self, gateway: Gateway, guild_id: str) -> None:
        self.gateway = gateway
        self.guild_id = guild_id
        self.rows: list[Any] = []
        self.groups: list[Any] = []
        self.heard: list[str] = []
        self.list_id = ""

    async def look(self, channels: dict[str, Any], *, op: int = 37) -> None:
        asked = {"typing": True, "activities": True, "threads": True, "channels": channels}
        if op == 37:
            await self.gateway.send(37, {"subscriptions": {self.guild_id: asked}})
        else:
            await self.gateway.send(14, {"guild_id": self.guild_id, **asked})

    async def becomes(self, *wanted: str) -> None:
        """Apply what comes until the rows are these: `#` and a group's id, or a user's id."""
        while self.shown != list(wanted):
            try:
                self.apply((await self.gateway.expect(LIST)).data)
            except (TimeoutError, AssertionError):
                raise AssertionError(f"{self.shown} instead of {list(wanted)}") from None

    def apply(self, update: Any) -> None:
        assert update["guild_id"] == self.guild_id
        self.groups, self.list_id = update["groups"], update["id"]
        for op in update["ops"]:
            self.heard.append(op["op"])
            self._apply(op)

    def _apply(self, op: Any) -> None:
        if op["op"] == "SYNC":
            first, last = op["range"]
            self.rows[first : last + 1] = op["items"]
        elif op["op"] == "INSERT":
            self.rows.insert(op["index"], op["item"])
        elif op["op"] == "DELETE":
            del self.rows[op["index"]]
        elif op["op"] == "UPDATE":
            self.rows[op["index"] : op["index"] + 1] = [op["item"]]

    @property
    def shown(self) -> list[str]:
        return [
            "#" + row["group"]["id"] if "group" in row else row["member"]["user"]["id"]
            for row in self.rows
        ]


async def _guild(server: Server) -> tuple[Person, Person, str, str]:
    owner = await server.person(global_name="Aaron")
    member = await server.person(global_name="Zoe")
    guild = await owner.guild("Listed")
    channel = await owner.channel(guild["id"])
    await owner.bring(member, channel["id"])
    return owner, member, guild["id"], channel["id"]


async def _role(owner: Person, guild_id: str, **fields: Any) -> str:
    return str((await owner.api.post(f"/guilds/{guild_id}/roles", fields))["id"])


async def _give(owner: Person, guild_id: str, member: Person, role_id: str) -> None:
    await owner.api.put(f"/guilds/{guild_id}/members/{member.id}/roles/{role_id}")


async def test_people_come_and_go_between_the_groups(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    async with online(server, owner) as gateway:
        sidebar = Sidebar(gateway, guild_id)
        await sidebar.look({channel_id: [[0, 99]]})
        await sidebar.becomes("#online", owner.id, "#offline", member.id)
        assert sidebar.list_id == "everyone"
        async with online(server, member, "dnd") as theirs:
            await sidebar.becomes("#online", owner.id, member.id)
            assert sidebar.rows[2]["member"]["presence"]["status"] == "dnd"
            await theirs.send(3, {"status": "invisible", "activities": [], "since": 0})
            await sidebar.becomes("#online", owner.id, "#offline", member.id)
            assert sidebar.rows[3]["member"]["presence"] is None
            await theirs.send(3, {"status": "online", "activities": [], "since": 0})
            await sidebar.becomes("#online", owner.id, member.id)
            await theirs.close()
        await sidebar.becomes("#online", owner.id, "#offline", member.id)
        assert sidebar.heard.count("SYNC") == 1


async def test_a_role_a_name_and_a_departure_move_one_row(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    role_id = await _role(owner, guild_id, name="Crew", hoist=True)
    async with online(server, owner) as gateway, online(server, member):
        sidebar = Sidebar(gateway, guild_id)
        await sidebar.look({channel_id: [[0, 99]]})
        await sidebar.becomes("#online", owner.id, member.id)
        await _give(owner, guild_id, member, role_id)
        await sidebar.becomes(f"#{role_id}", member.id, "#online", owner.id)
        assert sidebar.groups == [{"id": role_id, "count": 1}, {"id": "online", "count": 1}]
        await owner.api.delete(f"/guilds/{guild_id}/members/{member.id}/roles/{role_id}")
        await sidebar.becomes("#online", owner.id, member.id)
        await owner.api.patch(f"/guilds/{guild_id}/members/{member.id}", {"nick": "Aardvark"})
        await sidebar.becomes("#online", member.id, owner.id)
        newcomer = await server.person(global_name="Yves")
        await owner.bring(newcomer, channel_id)
        await sidebar.becomes("#online", member.id, owner.id, "#offline", newcomer.id)
        await owner.api.delete(f"/guilds/{guild_id}/members/{newcomer.id}")
        await sidebar.becomes("#online", member.id, owner.id)
        assert sidebar.heard.count("SYNC") == 1


async def test_a_role_that_is_set_apart_makes_a_group(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    role_id = await _role(owner, guild_id, name="Crew")
    await _give(owner, guild_id, member, role_id)
    async with online(server, owner) as gateway, online(server, member):
        sidebar = Sidebar(gateway, guild_id)
        await sidebar.look({channel_id: [[0, 99]]})
        await sidebar.becomes("#online", owner.id, member.id)
        await owner.api.patch(f"/guilds/{guild_id}/roles/{role_id}", {"hoist": True})
        await sidebar.becomes(f"#{role_id}", member.id, "#online", owner.id)
        await owner.api.delete(f"/guilds/{guild_id}/roles/{role_id}")
        sidebar.rows = []
        await sidebar.becomes("#online", owner.id, member.id)


async def test_a_list_shows_only_who_may_see_the_channel(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    hidden = {"id": guild_id, "type": 0, "deny": str(VIEW)}
    cellar = await owner.channel(guild_id, "cellar", permission_overwrites=[hidden])
    async with online(server, owner) as gateway, online(server, member) as theirs:
        sidebar, outside = Sidebar(gateway, guild_id), Sidebar(theirs, guild_id)
        await sidebar.look({cellar["id"]: [[0, 99]]})
        await sidebar.becomes("#online", owner.id)
        assert sidebar.list_id not in {"everyone", "0"}
        await outside.look({cellar["id"]: [[0, 99]]})
        await theirs.quiet(LIST)
        path = f"/channels/{cellar['id']}/permissions/{member.id}"
        await owner.api.put(path, {"type": 1, "allow": str(VIEW)})
        sidebar.rows = []
        await sidebar.becomes("#online", owner.id, member.id)
        await theirs.expect("CHANNEL_CREATE")
        await outside.look({cellar["id"]: [[0, 99]]})
        await outside.becomes("#online", owner.id, member.id)
        await owner.api.delete(path)
        await theirs.expect("CHANNEL_DELETE")
        theirs.events.clear()
        sidebar.rows = []
        await sidebar.becomes("#online", owner.id)
        newcomer = await server.person()
        await owner.bring(newcomer, channel_id)
        await owner.api.put(
            f"/channels/{cellar['id']}/permissions/{newcomer.id}", {"type": 1, "allow": str(VIEW)}
        )
        await theirs.quiet(LIST)


async def test_ranges_are_kept_true_also_where_others_move_in(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    async with online(server, owner) as gateway:
        sidebar = Sidebar(gateway, guild_id)
        await sidebar.look({channel_id: [[0, 2]]}, op=14)
        await sidebar.becomes("#online", owner.id, "#offline")
        first = await server.person(global_name="Aaa")
        await owner.bring(first, channel_id)
        async with online(server, first):
            await gateway.expect(LIST, lambda it: it["groups"][0]["count"] == 2)
            gateway.events.clear()
        update = (await gateway.expect(LIST)).data
        known = [op for op in update["ops"] if op["op"] == "UPDATE"]
        assert known[-1]["index"] == 2
        assert known[-1]["item"] == {"group": {"id": "offline", "count": 2}}
        gateway.events.clear()
        await sidebar.look({channel_id: [[0, 99]]}, op=14)
        ops = (await gateway.expect(LIST)).data["ops"]
        assert [(op["op"], op["range"]) for op in ops] == [
            ("INVALIDATE", [0, 2]),
            ("SYNC", [0, 99]),
        ]
        assert len(ops[1]["items"]) == 5
        assert member.id in str(ops)


async def test_channels_that_the_same_people_see_share_a_list(server: Server) -> None:
    owner, _, guild_id, channel_id = await _guild(server)
    hidden = {"id": guild_id, "type": 0, "deny": str(VIEW)}
    rooms = [await owner.channel(guild_id, permission_overwrites=[hidden]) for _ in range(2)]
    ids = set()
    async with online(server, owner) as gateway:
        for room in [*rooms, {"id": channel_id}]:
            sidebar = Sidebar(gateway, guild_id)
            await sidebar.look({room["id"]: [[0, 99]]})
            sidebar.apply((await gateway.expect(LIST)).data)
            ids.add(sidebar.list_id)
    assert len(ids) == 2
    assert "everyone" in ids


@pytest.mark.parametrize(
    "ranges",
    [[[5, 1]], [[-1, 4]], [[0, 10**18]], [[n, n] for n in range(500)], []],
)
async def test_no_range_is_too_odd(server: Server, ranges: Any) -> None:
    owner, _, guild_id, channel_id = await _guild(server)
    async with online(server, owner) as gateway:
        await Sidebar(gateway, guild_id).look({channel_id: ranges})
        await Sidebar(gateway, guild_id).look({"0": [[0, 99]], "x": [[0, 99]]})
        await Sidebar(gateway, "1").look({channel_id: [[0, 99]]})
        sidebar = Sidebar(gateway, guild_id)
        gateway.events.clear()
        await sidebar.look({channel_id: [[0, 99]]})
        update = (await gateway.expect(LIST, lambda it: it["ops"][-1]["range"] == [0, 99])).data
        assert len(update["ops"]) <= 6


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [],
        {"guild_id": "x"},
        {"guild_id": "1", "channels": {"1": [[0]]}},
        {"guild_id": "1", "channels": {"1": "all"}},
        {"subscriptions": []},
        {"subscriptions": {"1": None}},
        {"subscriptions": {"1": {"channels": {"1": [["a", "b"]]}}}},
    ],
)
async def test_nonsense_closes_nothing(server: Server, data: Any) -> None:
    person = await server.person()
    async with online(server, person) as gateway:
        for op in (14, 37, 13, 34, 35, 36, 38, 39, 40, 41):
            await gateway.send(op, data)
        await gateway.send(1, gateway.sequence)
        await gateway.heard(11)


async def test_who_comes_back_to_a_guild_sees_a_list_that_lives(server: Server) -> None:
    owner, member, guild_id, channel_id = await _guild(server)
    async with online(server, member) as theirs:
        sidebar = Sidebar(theirs, guild_id)
        await sidebar.look({channel_id: [[0, 99]]})
        await sidebar.becomes("#online", member.id, "#offline", owner.id)
        await member.api.delete(f"/users/@me/guilds/{guild_id}")
        await theirs.expect("GUILD_DELETE")
        await owner.bring(member, channel_id)
        await theirs.expect("GUILD_CREATE")
        theirs.events.clear()
        sidebar.rows = []
        await sidebar.look({channel_id: [[0, 99]]})
        await sidebar.becomes("#online", member.id, "#offline", owner.id)
        async with online(server, owner):
            await sidebar.becomes("#online", owner.id, member.id)

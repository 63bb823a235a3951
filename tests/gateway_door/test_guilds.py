"""What the gateway shows of guilds: channels that come and go, members, presences."""

import time

import pytest

from tests.api import Person
from tests.server import Server

VIEW = str(1 << 10)
PRIVILEGED = 1 << 19 | 1 << 15 | 1 << 13


@pytest.fixture
async def ann(server: Server) -> Person:
    return await server.person()


async def test_a_new_guild_is_shown_to_all_sessions_of_its_owner(
    server: Server, ann: Person
) -> None:
    async with server.gateway(ann) as one, server.gateway(ann) as two:
        guild = await ann.guild("Fresh")
        for gateway in (one, two):
            shown = (await gateway.expect("GUILD_CREATE")).data
            assert shown["id"] == guild["id"]
            assert shown["member_count"] == 1
            assert {channel["type"] for channel in shown["channels"]} == {0, 2, 4}
            assert [member["user"]["id"] for member in shown["members"]] == [ann.id]


async def test_a_guild_just_joined_is_told_from_one_announced(server: Server, ann: Person) -> None:
    async with server.gateway(ann) as gateway:
        guild = await ann.guild("Joined")
        joined = await gateway.expect("GUILD_CREATE", lambda data: data["id"] == guild["id"])
        assert "unavailable" not in joined.data
    async with server.gateway(ann) as gateway:
        announced = [event.data for event in gateway.history if event.name == "GUILD_CREATE"]
        assert {data["unavailable"] for data in announced} == {False}


async def test_channels_come_and_go_with_the_permission_to_see_them(
    server: Server, ann: Person
) -> None:
    guild = await ann.guild()
    room = await ann.channel(guild["id"], "open")
    bob = await server.person()
    await ann.bring(bob, room["id"])
    path = f"/channels/{room['id']}/permissions/{guild['id']}"
    async with server.gateway(bob) as gateway:
        await ann.put(path, {"type": 0, "allow": "0", "deny": VIEW})
        gone = await gateway.expect("CHANNEL_DELETE")
        assert gone.data["id"] == room["id"]
        told = ("name", "topic", "permission_overwrites", "last_message_id")
        assert [gone.data[field] for field in told] == ["", None, [], None]
        await ann.patch(f"/channels/{room['id']}", {"topic": "unseen"})
        await gateway.quiet("CHANNEL_UPDATE")
        await ann.delete(path)
        assert (await gateway.expect("CHANNEL_CREATE")).data["topic"] == "unseen"


async def test_a_role_that_opens_channels_shows_them_at_once(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    hidden = [{"id": guild["id"], "type": 0, "deny": VIEW}]
    rooms = [
        await ann.channel(guild["id"], f"room-{n}", permission_overwrites=hidden) for n in range(3)
    ]
    bob = await server.person()
    entrance = await ann.channel(guild["id"], "entrance")
    await ann.bring(bob, entrance["id"])
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "key", "permissions": "8"})
    async with server.gateway(bob) as gateway:
        await ann.put(f"/guilds/{guild['id']}/members/{bob.id}/roles/{role['id']}")
        shown = {(await gateway.expect("CHANNEL_CREATE")).data["id"] for _ in rooms}
        assert shown == {room["id"] for room in rooms}
        await ann.say(rooms[0]["id"], "welcome")
        await gateway.expect("MESSAGE_CREATE")
        await ann.patch(f"/guilds/{guild['id']}/roles/{role['id']}", {"permissions": "0"})
        hidden_again = {(await gateway.expect("CHANNEL_DELETE")).data["id"] for _ in rooms}
        assert hidden_again == shown


async def test_members_are_sent_in_chunks(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    people = [await server.person(f"chunky{ann.id[-6:]}{number}") for number in range(3)]
    for person in people:
        await ann.bring(person, room["id"])
    bot = await server.bot(ann, guild["id"], flags=PRIVILEGED)
    async with server.gateway(bot) as gateway:
        await gateway.send(8, {"guild_id": guild["id"], "query": "", "limit": 0, "nonce": "n"})
        chunk = (await gateway.expect("GUILD_MEMBERS_CHUNK")).data
        assert len(chunk["members"]) == 5
        assert (chunk["chunk_index"], chunk["chunk_count"], chunk["nonce"]) == (0, 1, "n")
        await gateway.send(8, {"guild_id": guild["id"], "query": "chunky", "limit": 2})
        assert len((await gateway.expect("GUILD_MEMBERS_CHUNK")).data["members"]) == 2
        ids = [people[0].id, "1"]
        await gateway.send(8, {"guild_id": guild["id"], "user_ids": ids, "presences": True})
        chunk = (await gateway.expect("GUILD_MEMBERS_CHUNK")).data
        assert [member["user"]["id"] for member in chunk["members"]] == [people[0].id]
        assert chunk["not_found"] == ["1"]


async def test_without_the_intent_the_whole_list_is_not_sent(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    bot = await server.bot(ann, guild["id"])
    async with server.gateway(bot, intents=1) as gateway:
        await gateway.send(8, {"guild_id": guild["id"], "query": "", "limit": 0})
        await gateway.quiet("GUILD_MEMBERS_CHUNK")


async def test_presences_are_told_and_remembered(server: Server, ann: Person) -> None:
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    bob = await server.person()
    await ann.bring(bob, room["id"])
    async with server.gateway(ann) as watching:
        async with server.gateway(bob) as gateway:
            await watching.expect("PRESENCE_UPDATE", lambda data: data["user"]["id"] == bob.id)
            await gateway.send(
                3, {"status": "idle", "activities": [{"name": "chess", "type": 0}], "since": None}
            )
            told = await watching.expect("PRESENCE_UPDATE", lambda data: data["status"] == "idle")
            assert told.data["activities"][0]["name"] == "chess"
            async with server.gateway(ann) as later:
                shown = later.history[1].data["presences"]
                assert {one["user"]["id"]: one["status"] for one in shown}[bob.id] == "idle"
            await gateway.send(3, {"status": "invisible", "activities": []})
            told = await watching.expect(
                "PRESENCE_UPDATE",
                lambda data: (data["user"]["id"], data["status"]) == (bob.id, "offline"),
            )
            assert told.data["activities"] == []
            await gateway.close(1000)
        watching.events = [event for event in watching.events if event.data["user"]["id"] == bob.id]
        await watching.quiet("PRESENCE_UPDATE")


async def test_the_server_says_since_when_an_activity_lasts(server: Server, ann: Person) -> None:
    """Without `created_at` hikari drops the presence."""
    await ann.guild()
    doing = {"status": "online", "activities": [{"name": "chess", "created_at": 1}]}
    async with server.gateway(ann, presence=doing) as gateway:
        told = await gateway.expect("PRESENCE_UPDATE", lambda data: bool(data["activities"]))
        assert abs(told.data["activities"][0]["created_at"] / 1000 - time.time()) < 60


async def test_an_activity_may_be_called_a_game(server: Server, ann: Person) -> None:
    """As hikari does."""
    await ann.guild()
    async with server.gateway(ann) as gateway:
        await gateway.send(3, {"status": "online", "since": None, "game": {"name": "chess"}})
        told = await gateway.expect("PRESENCE_UPDATE", lambda data: bool(data["activities"]))
        assert told.data["activities"][0]["name"] == "chess"


async def test_voice_states_and_unknown_user_opcodes_are_tolerated(
    server: Server, ann: Person
) -> None:
    guild = await ann.guild()
    async with server.gateway(ann) as gateway:
        await gateway.send(4, {"guild_id": guild["id"], "channel_id": None})
        for op in (13, 14, 36, 37, 41):
            await gateway.send(op, {"guild_id": guild["id"]})
        await gateway.send(1, None)
        await gateway.heard(11)


async def test_a_temporary_member_leaves_with_their_last_session(
    server: Server, ann: Person
) -> None:
    guild = await ann.guild()
    room = await ann.channel(guild["id"])
    bob, carl = await server.person(), await server.person()
    invite = await ann.post(f"/channels/{room['id']}/invites", {"temporary": True})
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "here to stay"})
    async with server.gateway(ann) as watching:
        async with server.gateway(bob) as first, server.gateway(carl) as second:
            for person in (bob, carl):
                await person.post(f"/invites/{invite['code']}", {})
            await ann.put(f"/guilds/{guild['id']}/members/{carl.id}/roles/{role['id']}")
            await first.close(1000)
            await second.close(1000)
        gone = await watching.expect("GUILD_MEMBER_REMOVE")
        assert gone.data["user"]["id"] == bob.id
        await watching.quiet("GUILD_MEMBER_REMOVE")

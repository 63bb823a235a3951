"""Accounts that rest, go and come back: by their owners' wish and by the instance's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rift.core.administration.commands import DeleteUser
from rift.core.departures import erasing
from rift.core.unit import Unit
from rift.doors.console import Done, ask
from tests.api import Api, Person
from tests.core.houses import living
from tests.gateway import Gateway
from tests.nouns.circles import (
    FRIEND,
    befriend,
    direct,
    friends,
    group,
    names,
    open_channels,
)
from tests.nouns.elsewhere import Client, told, works
from tests.nouns.keychain import Keychain
from tests.nouns.visits import with_guest
from tests.patience import until
from tests.server import LIFTED, Server, running_server

PASSWORD = "correct horse battery"
GIVEN = {"password": PASSWORD}


async def log_in(api: Api, login: str, **fields: Any) -> Any:
    body = {"login": login, "password": PASSWORD, **fields}
    return await api.call("POST", "/auth/login", body)


async def erase(database: str) -> None:
    """As the chores do once the days of grace are over."""
    await told(database, "update users set leaves_at = now() where leaves_at is not null")
    async with living(database) as house:
        for _ in range(50):
            async with Unit(house) as unit:
                if not await erasing.erase_portion(unit):
                    return
    raise AssertionError("there is no end to it")


async def erase_at_once(server: Server, person: Person) -> None:
    """As the administrator does; who is connected there hears of it."""
    gone = DeleteUser(username=person.user["username"], now=True)
    assert isinstance(await ask(server.data / "console", gone), Done)


@pytest.fixture
async def boss(own_server: Server) -> Person:
    return await own_server.person("boss", setup_token=own_server.setup_token)


async def test_who_disables_their_account_is_logged_out_everywhere_until_they_want_it_back(
    server: Server,
) -> None:
    ann = await server.person()
    assert (await ann.refused("POST", "/users/@me/disable", {"password": "wrong"})).code == 50035
    async with server.gateway(ann) as gateway:
        await ann.post("/users/@me/disable", GIVEN)
        assert (await gateway.closing()).code == 4004
    assert (await ann.refused("GET", "/users/@me")).status == 401
    name = ann.user["username"]
    assert (await log_in(server.guest, name)).code == 20013
    assert (await log_in(server.guest, name, undelete=True)).status == 200
    assert (await log_in(server.guest, name)).status == 200


async def test_who_deletes_their_account_can_come_back_within_the_days_of_grace(
    own_server: Server, database: str
) -> None:
    ann = await own_server.person("ann", email="ann@example.org")
    elsewhere = await Client.registered(own_server)
    bearer = await elsewhere.api(ann)
    async with own_server.gateway(ann) as gateway:
        await ann.post("/users/@me/delete", GIVEN)
        assert (await gateway.closing()).code == 4004
    assert not await works(bearer)
    assert (await log_in(own_server.guest, "ann")).code == 20011
    [row] = await told(database, "select leaves_at - now() as left from users where disabled")
    assert 13.9 < row["left"].total_seconds() / 86_400 <= 14
    assert (await log_in(own_server.guest, "ann", undelete=True)).status == 200
    [row] = await told(database, "select leaves_at, disabled from users where username = 'ann'")
    assert (row["leaves_at"], row["disabled"]) == (None, False)


async def test_who_owns_guilds_says_what_is_to_become_of_them(server: Server) -> None:
    ann = await server.person()
    await ann.guild()
    assert (await ann.refused("POST", "/users/@me/delete", GIVEN)).code == 40011
    await ann.post("/users/@me/delete", {**GIVEN, "guilds": "delete"})


async def test_a_deleted_account_leaves_its_messages_and_nothing_else(
    own_server: Server, database: str
) -> None:
    ann, bob, guild = await with_guest(own_server)
    channel = guild["system_channel_id"]
    said = await bob.say(channel, "I was here")
    bot = await own_server.bot(bob)
    await bob.patch("/users/@me", {"bio": "me", "email": "bob@example.org", **GIVEN})
    await bob.post("/users/@me/delete", GIVEN)
    await erase(database)
    shown = await ann.get(f"/channels/{channel}/messages/{said['id']}")
    assert shown["content"] == "I was here"
    assert shown["author"]["id"] == bob.id
    assert shown["author"]["global_name"] == "Deleted User"
    assert shown["author"]["username"].startswith("Deleted User ")
    [row] = await told(database, "select * from users where deleted")
    assert (row["email"], row["bio"], row["avatar"]) == (None, "", None)
    for table in ("sessions", "factors", "members", "applications", "refresh_tokens"):
        rows = await told(database, f"select to_jsonb(it)::text as row from {table} it")
        assert not any(id_ in row["row"] for row in rows for id_ in (bob.id, bot.id)), table
    name = bob.user["username"]
    assert (await log_in(own_server.guest, name, undelete=True)).status == 400
    await own_server.person(name, email="bob@example.org")


async def test_what_a_deleted_account_edited_away_and_what_was_deleted_of_it_is_forgotten(
    own_server: Server, database: str
) -> None:
    ann, bob, guild = await with_guest(own_server)
    channel = guild["system_channel_id"]
    hers = await ann.say(channel, "mine")
    await ann.patch(f"/channels/{channel}/messages/{hers['id']}", {"content": "mine still"})
    said = await bob.say(channel, "first")
    await bob.patch(f"/channels/{channel}/messages/{said['id']}", {"content": "second"})
    gone = await bob.say(channel, "never mind")
    await ann.delete(f"/channels/{channel}/messages/{gone['id']}")
    more = "insert into message_history select channel_id, message_id, n * interval '1s' + now(),"
    columns = "changed_by, kind, content, embeds, guild_id, author_id from message_history"
    many = f"{more} {columns}, generate_series(1, 700) as n where author_id = $1"
    await told(database, many, int(bob.id))
    await bob.post("/users/@me/delete", GIVEN)
    await erase(database)
    rows = await told(database, "select author_id, content from message_history")
    assert [(str(row["author_id"]), row["content"]) for row in rows] == [(ann.id, "mine")]
    deleted = await ann.get(f"/channels/{channel}/deleted-messages")
    assert deleted == []


async def test_a_conversation_stays_with_who_stays(own_server: Server) -> None:
    ann, bob, carl = await friends(own_server, 3)
    channel, closed = await direct(bob, ann), await direct(bob, carl)
    said = await bob.say(channel["id"], "farewell")
    async with own_server.gateway(ann) as lived:
        await erase_at_once(own_server, bob)
        changed = await lived.expect("CHANNEL_UPDATE", lambda it: it["id"] == channel["id"])
        assert changed.data["recipients"][0]["global_name"] == "Deleted User"
        gone = await lived.expect("RELATIONSHIP_REMOVE")
        assert gone.data == {"id": bob.id, "type": FRIEND}
    async with own_server.gateway(ann) as fresh:
        shown = {one["id"]: one for one in fresh.ready["private_channels"]}
        assert shown[channel["id"]]["recipients"][0]["id"] == bob.id
        assert bob.id not in {one["id"] for one in fresh.ready["relationships"]}
    assert names((await open_channels(ann))[channel["id"]]) == {bob.id}
    [kept] = await ann.get(f"/channels/{channel['id']}/messages")
    assert kept["id"] == said["id"]
    assert await open_channels(carl) == {}
    assert (await direct(carl, bob))["id"] == closed["id"]


async def test_nobody_begins_anything_with_a_deleted_account(
    own_server: Server, database: str
) -> None:
    ann, bob, carl = await friends(own_server, 3)
    channel = await direct(ann, bob)
    await bob.post("/users/@me/delete", GIVEN)
    await erase(database)
    words = {"content": "are you there?"}
    assert (await ann.refused("POST", f"/channels/{channel['id']}/messages", words)).code == 50007
    assert (await ann.refused("PUT", f"/users/@me/relationships/{bob.id}", {})).code == 10013
    opening = {"recipient_id": bob.id}
    assert (await carl.refused("POST", "/users/@me/channels", opening)).code == 50033
    await ann.delete(f"/channels/{channel['id']}")
    assert await open_channels(ann) == {}


async def test_a_deleted_account_leaves_its_groups(own_server: Server, database: str) -> None:
    ann, bob, carl = await friends(own_server, 3)
    await befriend(bob, carl)
    shared, alone = await group(bob, ann, carl), await group(bob, ann)
    await ann.delete(f"/channels/{alone['id']}")
    async with own_server.gateway(ann) as gateway:
        await erase_at_once(own_server, bob)
        left = await gateway.expect("CHANNEL_RECIPIENT_REMOVE")
        assert (left.data["channel_id"], left.data["user"]["id"]) == (shared["id"], bob.id)
    [mine] = (await open_channels(ann)).values()
    assert (names(mine), mine["owner_id"]) == ({carl.id}, ann.id)
    assert await told(database, "select from channels where id = $1", int(alone["id"])) == []


async def test_everybody_sees_a_deleted_member_go(own_server: Server) -> None:
    ann, bob, guild = await with_guest(own_server)
    async with own_server.gateway(ann) as gateway:
        await bob.post("/users/@me/delete", GIVEN)
        boss = await own_server.person("boss", setup_token=own_server.setup_token)
        await boss.post(f"/instance/users/{bob.id}/delete", {"now": True})
        await until(lambda: _seen_going(gateway, bob.id))
    members = await ann.get(f"/guilds/{guild['id']}/members?limit=10")
    assert [member["user"]["id"] for member in members] == [ann.id]


def _seen_going(gateway: Gateway, user_id: str) -> bool:
    gone = (event for event in gateway.history if event.name == "GUILD_MEMBER_REMOVE")
    return any(event.data["user"]["id"] == user_id for event in gone)


async def test_a_guild_goes_to_who_stands_highest_or_dissolves(
    own_server: Server, database: str
) -> None:
    ann, bob, guild = await with_guest(own_server)
    carl = await own_server.person()
    await ann.bring(carl, guild["system_channel_id"])
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "deputy"})
    await ann.put(f"/guilds/{guild['id']}/members/{carl.id}/roles/{role['id']}")
    alone = await ann.guild("Nobody else")
    await ann.post("/users/@me/delete", {**GIVEN, "guilds": "transfer"})
    await erase(database)
    rows = await told(database, "select id, owner_id from guilds")
    assert [(str(row["id"]), str(row["owner_id"])) for row in rows] == [(guild["id"], carl.id)]
    assert alone["id"] != guild["id"]
    left = await told(database, "select user_id from members")
    assert {str(row["user_id"]) for row in left} == {bob.id, carl.id}


async def test_a_guild_somebody_wants_deleted_with_them_is(
    own_server: Server, database: str
) -> None:
    ann, _, _ = await with_guest(own_server)
    await ann.post("/users/@me/delete", {**GIVEN, "guilds": "delete"})
    await erase(database)
    assert await told(database, "select from guilds") == []


async def test_the_owner_of_the_instance_shuts_somebody_out(
    own_server: Server, boss: Person
) -> None:
    ann = await own_server.person("ann")
    async with own_server.gateway(ann) as gateway:
        await boss.post(f"/instance/users/{ann.id}/disable", {})
        assert (await gateway.closing()).code == 4004
    for undelete in (False, True):
        assert (await log_in(own_server.guest, "ann", undelete=undelete)).code == 20013
    await boss.post(f"/instance/users/{ann.id}/enable", {})
    assert (await log_in(own_server.guest, "ann")).status == 200


async def test_only_an_owner_of_the_instance_shuts_others_out(
    own_server: Server, boss: Person
) -> None:
    ann, bob = await own_server.person(), await own_server.person()
    for act in ("disable", "enable", "delete"):
        reply = await ann.refused("POST", f"/instance/users/{bob.id}/{act}", {})
        assert reply.code == 50013
        assert (await boss.refused("POST", f"/instance/users/1/{act}", {})).code == 10013
    for act in ("disable", "delete"):
        assert (await boss.refused("POST", f"/instance/users/{boss.id}/{act}", {})).code == 50013


async def test_a_second_factor_is_not_got_round(server: Server) -> None:
    keys = await Keychain.with_totp(server)
    for act in ("disable", "delete"):
        assert (await keys.person.refused("POST", f"/users/@me/{act}", GIVEN)).code == 60003
    assert (await keys.person.get("/users/@me"))["id"] == keys.person.id
    headers = await keys.proof()
    await keys.person.post("/users/@me/delete", GIVEN, headers=headers)
    assert (await keys.person.refused("GET", "/users/@me")).status == 401


async def test_a_bot_does_not_delete_itself(server: Server) -> None:
    bot = await server.bot(await server.person())
    for act in ("disable", "delete"):
        assert (await bot.refused("POST", f"/users/@me/{act}", GIVEN)).code == 20001


@pytest.fixture
async def hasty(database: str, tmp_path: Path) -> AsyncIterator[Server]:
    where = {**LIFTED, "DATABASE_URL": database, "RIFT_AUTH_DEPARTURE_DAYS": "0"}
    async with running_server(tmp_path, where) as server:
        yield server


async def test_nobody_comes_back_once_the_days_are_over(hasty: Server) -> None:
    ann = await hasty.person("ann")
    await ann.post("/users/@me/delete", GIVEN)
    assert (await log_in(hasty.guest, "ann", undelete=True)).code == 20011

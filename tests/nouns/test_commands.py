"""Application commands: registered, kept under their ids, shown in a language, allowed or not."""

from typing import Any

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.test_applications import CONTENT, MEMBERS, PRESENCES, consent
from tests.server import Server

ECHO: dict[str, Any] = {
    "name": "echo",
    "description": "Say it again",
    "name_localizations": {"de": "nachsagen"},
    "description_localizations": {"de": "Sag es noch einmal"},
    "options": [
        {"type": 3, "name": "text", "description": "What", "required": True, "max_length": 100},
        {
            "type": 4,
            "name": "times",
            "description": "How often",
            "min_value": 1,
            "choices": [{"name": "twice", "value": 2, "name_localizations": {"de": "zweimal"}}],
        },
    ],
}


def option(kind: int, name: str, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "one", **fields}


class Shop:
    """A guild whose owner has brought their own bot into it."""

    def __init__(self, owner: Person, bot: Person, guild: dict[str, Any]) -> None:
        self.owner, self.bot, self.guild = owner, bot, guild
        self.everywhere = f"/applications/{bot.id}/commands"
        self.here = f"/applications/{bot.id}/guilds/{guild['id']}/commands"
        self.index = f"/guilds/{guild['id']}/application-command-index"

    @classmethod
    async def open(cls, server: Server) -> "Shop":
        owner = await server.person()
        bot = await server.bot(owner, flags=PRESENCES | MEMBERS | CONTENT)
        guild = await owner.guild()
        await consent(owner, bot.id, guild["id"])
        return cls(owner, bot, guild)

    async def offered(self, person: Person) -> list[str]:
        shown = await person.get(self.index)
        return [one["name"] for one in shown["application_commands"]]


async def test_a_command_is_kept_as_it_was_registered(server: Server) -> None:
    shop = await Shop.open(server)
    made = await shop.bot.post(shop.everywhere, ECHO)
    assert (made["name"], made["type"], made["dm_permission"]) == ("echo", 1, True)
    assert made["options"][0]["required"] is True
    assert made["options"][1]["choices"][0]["value"] == 2
    assert await shop.bot.get(f"{shop.everywhere}/{made['id']}") == made
    assert await shop.bot.get(f"{shop.everywhere}?with_localizations=true") == [made]


async def test_a_list_is_in_one_language(server: Server) -> None:
    shop = await Shop.open(server)
    await shop.bot.post(shop.everywhere, ECHO)
    german = {"X-Discord-Locale": "de"}
    reply = await shop.bot.call("GET", shop.everywhere, headers=german)
    [shown] = reply.body
    assert shown["name_localized"] == "nachsagen"
    assert "name_localizations" not in shown
    assert shown["options"][1]["choices"][0]["name_localized"] == "zweimal"
    [plain] = await shop.bot.get(shop.everywhere)
    assert "name_localized" not in plain


async def test_a_name_is_taken_once_a_type(server: Server) -> None:
    shop = await Shop.open(server)
    first = await shop.bot.post(shop.everywhere, ECHO)
    again = await shop.bot.post(shop.everywhere, {**ECHO, "description": "Louder"})
    assert again["id"] == first["id"]
    assert again["version"] != first["version"]
    menu = await shop.bot.post(shop.everywhere, {"name": "echo", "type": 3})
    assert menu["id"] != first["id"]
    other = await shop.bot.post(shop.everywhere, {"name": "shout", "description": "Loud"})
    path = f"{shop.everywhere}/{other['id']}"
    assert (await shop.bot.refused("PATCH", path, {"name": "echo"})).code == 40041


async def test_all_are_replaced_at_once_and_the_same_keep_their_ids(server: Server) -> None:
    shop = await Shop.open(server)
    body = [ECHO, {"name": "gone", "description": "Soon"}, {"name": "Inspect", "type": 2}]
    first = await shop.bot.put(shop.here, body)
    second = await shop.bot.put(
        shop.here, [ECHO, {"name": "Inspect", "type": 2, "nsfw": True}, {"name": "Look", "type": 3}]
    )
    assert second[0] == first[0]
    assert second[1]["id"] == first[2]["id"]
    assert int(second[1]["version"]) > int(first[2]["version"])
    assert [one["name"] for one in await shop.bot.get(shop.here)] == ["echo", "Inspect", "Look"]
    reply = await shop.bot.refused("PUT", shop.here, [ECHO, ECHO])
    assert "name" in reply.body["errors"]["1"]
    assert await shop.bot.get(shop.everywhere) == []


async def test_an_edit_leaves_the_rest(server: Server) -> None:
    shop = await Shop.open(server)
    made = await shop.bot.post(shop.here, ECHO)
    path = f"{shop.here}/{made['id']}"
    edited = await shop.bot.patch(path, {"description": "Once more"})
    assert edited["description"] == "Once more"
    assert edited["options"] == made["options"]
    unchanged = await shop.bot.patch(path, {"description": "Once more"})
    assert unchanged["version"] == edited["version"]
    await shop.bot.delete(path)
    assert (await shop.bot.refused("GET", path)).code == 10063


async def test_what_makes_no_sense_is_refused_where_it_stands(server: Server) -> None:
    shop = await Shop.open(server)
    sub = option(1, "sub")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"name": "Echo"}, "name"),
        ({"name": "two words"}, "name"),
        ({"name": "x", "description": None}, "description"),
        ({"options": [sub, option(3, "text")]}, "options"),
        ({"options": [option(3, "a"), option(3, "b", required=True)]}, "options.1.required"),
        ({"options": [option(3, "a"), option(3, "a")]}, "options.1.name"),
        ({"options": [option(2, "group", options=[option(3, "a")])]}, "options.0.options.0.type"),
        ({"options": [option(1, "sub", options=[sub])]}, "options.0.options.0.type"),
        ({"options": [option(5, "a", choices=[{"name": "x", "value": "y"}])]}, "options.0.choices"),
        (
            {"options": [option(4, "a", choices=[{"name": "x", "value": "y"}])]},
            "options.0.choices.0.value",
        ),
        ({"options": [option(3, "a", min_value=1)]}, "options.0.min_value"),
        ({"options": [option(4, "a", min_value=2, max_value=1)]}, "options.0.min_value"),
        ({"options": [option(6, "a", autocomplete=True)]}, "options.0.autocomplete"),
        ({"type": 2, "options": [option(3, "a")]}, "options"),
        ({"options": [option(3, str(n)) for n in range(26)]}, "options"),
        ({"name_localizations": {"xx": "a"}}, "name_localizations"),
        ({"options": [option(12, "a")]}, "options.0.type"),
    ]
    for fields, path in wrong:
        body = {"name": "fine", "description": "fine", **fields}
        reply = await shop.bot.refused("POST", shop.everywhere, body)
        assert reply.code == 50035, (fields, reply.body)
        found = reply.body["errors"]
        for step in path.split("."):
            assert step in found, (path, reply.body)
            found = found[step]
        assert found["_errors"]


async def test_there_is_a_limit_of_commands_and_of_their_words(server: Server) -> None:
    shop = await Shop.open(server)
    menus = [{"name": f"Menu {number}", "type": 2} for number in range(16)]
    assert (await shop.bot.refused("PUT", shop.here, menus)).code == 30032
    assert len(await shop.bot.put(shop.here, menus[:15])) == 15
    long = [option(3, f"o{n}", description="x" * 100) for n in range(25)]
    group = [option(1, f"s{n}", options=long) for n in range(4)]
    body = {"name": "long", "description": "long", "options": group}
    assert (await shop.bot.refused("POST", shop.here, body)).code == 50035
    for day in range(3):
        many = [{"name": f"c{day}-{n}", "description": "one"} for n in range(60)]
        await shop.bot.put(shop.here, many)
    more = [{"name": f"d{n}", "description": "one"} for n in range(60)]
    assert (await shop.bot.refused("PUT", shop.here, more)).code == 30034


async def test_nobody_else_registers_commands(server: Server) -> None:
    shop = await Shop.open(server)
    stranger = await server.person()
    other = await server.bot(stranger)
    for one in (stranger, other):
        assert (await one.refused("POST", shop.everywhere, ECHO)).code == 20012
        assert (await one.refused("GET", shop.here)).code == 20012
    assert await shop.owner.get(shop.everywhere) == []
    away = await stranger.guild()
    path = f"/applications/{shop.bot.id}/guilds/{away['id']}/commands"
    assert (await shop.bot.refused("PUT", path, [ECHO])).code == 50001


async def test_a_client_is_offered_what_its_person_may_use(server: Server) -> None:
    shop = await Shop.open(server)
    guest = await server.person()
    room = await shop.owner.channel(shop.guild["id"])
    await shop.owner.bring(guest, room["id"])
    ban = str(Permission.BAN_MEMBERS.value)
    await shop.bot.put(shop.everywhere, [ECHO, {"name": "Ban", "type": 2}])
    async with server.gateway(guest) as gateway, server.gateway(shop.bot) as robot:
        await shop.bot.put(
            shop.here,
            [{"name": "ban", "description": "Ban", "default_member_permissions": ban}],
        )
        told = await gateway.expect("GUILD_APPLICATION_COMMAND_INDEX_UPDATE")
        await robot.quiet("GUILD_APPLICATION_COMMAND_INDEX_UPDATE")
    assert told.data == {"guild_id": shop.guild["id"]}
    assert await shop.offered(shop.owner) == ["echo", "Ban", "ban"]
    assert await shop.offered(guest) == ["echo", "Ban"]
    reply = await guest.call("GET", shop.index, headers={"X-Discord-Locale": "de"})
    shown = reply.body["application_commands"][0]
    assert (shown["name"], shown["name_default"]) == ("nachsagen", "echo")
    assert reply.body["applications"][0]["bot_id"] == shop.bot.id
    assert (await (await server.person()).refused("GET", shop.index)).code == 50001


async def test_a_guild_says_who_uses_what(server: Server) -> None:
    shop = await Shop.open(server)
    guest = await server.person()
    room = await shop.owner.channel(shop.guild["id"])
    await shop.owner.bring(guest, room["id"])
    [echo] = await shop.bot.put(shop.everywhere, [ECHO])
    path = f"{shop.here}/{echo['id']}/permissions"
    denied = [{"id": guest.id, "type": 2, "permission": False}]
    async with server.gateway(shop.bot) as robot:
        await shop.owner.put(path, {"permissions": denied})
        told = (await robot.expect("APPLICATION_COMMAND_PERMISSIONS_UPDATE")).data
    assert told["permissions"] == denied
    assert await shop.bot.get(path) == told
    assert await shop.bot.get(f"{shop.here}/permissions") == [told]
    assert await shop.offered(guest) == []
    assert (await guest.refused("PUT", path, {"permissions": []})).code == 50013
    assert (await shop.bot.refused("PUT", path, {"permissions": []})).code == 20001
    log = await shop.owner.get(f"/guilds/{shop.guild['id']}/audit-logs?action_type=121")
    [entry] = log["audit_log_entries"]
    assert (entry["target_id"], entry["changes"][0]["key"]) == (echo["id"], guest.id)
    await shop.owner.put(path, {"permissions": []})
    assert await shop.offered(guest) == ["echo"]
    assert (await shop.bot.refused("GET", path)).code == 10066
    every = f"{shop.here}/{shop.bot.id}/permissions"
    everyone = [{"id": shop.guild["id"], "type": 1, "permission": False}]
    await shop.owner.put(every, {"permissions": everyone})
    assert await shop.offered(guest) == []
    assert await shop.offered(shop.owner) == ["echo"]


async def test_commands_leave_with_their_bot(server: Server) -> None:
    shop = await Shop.open(server)
    await shop.bot.put(shop.everywhere, [ECHO])
    assert await shop.offered(shop.owner) == ["echo"]
    await shop.owner.delete(f"/guilds/{shop.guild['id']}/members/{shop.bot.id}")
    assert await shop.offered(shop.owner) == []


async def test_an_application_is_taken_along(server: Server) -> None:
    owner, person = await server.person(), await server.person()
    bot = await server.bot(owner)
    everywhere = f"/applications/{bot.id}/commands"
    await bot.put(everywhere, [{**ECHO, "integration_types": [0, 1]}])
    path = f"/oauth2/authorize?client_id={bot.id}&scope=applications.commands&integration_type=1"
    assert (await person.refused("POST", path, {"authorize": True})).code == 50035
    await owner.patch(f"/applications/{bot.id}", {"integration_types_config": {"0": {}, "1": {}}})
    await person.post(path, {"authorize": True})
    index = "/users/@me/application-command-index"
    assert [it["name"] for it in (await person.get(index))["application_commands"]] == ["echo"]
    mine = await person.get(f"/applications/{bot.id}/application-command-index")
    assert len(mine["application_commands"]) == 1
    [token] = await person.get("/oauth2/tokens")
    await person.delete(f"/oauth2/tokens/{token['id']}")
    assert (await person.get(index))["application_commands"] == []


async def test_an_application_registers_with_a_token_of_its_own(server: Server) -> None:
    shop = await Shop.open(server)
    secret = (await shop.owner.post(f"/applications/{shop.bot.id}/reset", {}))["secret"]
    form = {
        "grant_type": "client_credentials",
        "scope": "applications.commands.update",
        "client_id": shop.bot.id,
        "client_secret": secret,
    }
    async with server.guest.http.post(f"{server.url}/api/v10/oauth2/token", data=form) as reply:
        token = (await reply.json())["access_token"]
    bearer = server.guest.with_token(f"Bearer {token}")
    made = await bearer.put(shop.everywhere, [ECHO])
    assert await shop.bot.get(f"{shop.everywhere}?with_localizations=true") == made
    path = f"/guilds/{shop.guild['id']}/application-command-index"
    assert (await bearer.refused("GET", path)).status in {401, 403}

"""Interactions: begun by a person's client, told to a bot, answered once and then some more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import urlencode

from tests.api import Person
from tests.gateway import Gateway
from tests.nouns.luggage import form
from tests.nouns.test_commands import ECHO, Shop
from tests.patience import until
from tests.server import Server

EPHEMERAL = 64
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "go", "label": "Go"}]}
INPUT = {
    "type": 18,
    "label": "Words",
    "component": {"type": 4, "custom_id": "words", "style": 1, "min_length": 2},
}


class Counter:
    """A shop with a customer, a command, and both their gateways."""

    def __init__(self, shop: Shop, customer: Person, room: dict[str, Any]) -> None:
        self.shop, self.customer, self.room = shop, customer, room
        self.bot = shop.bot
        self.command: dict[str, Any] = {}
        self.person: Gateway
        self.robot: Gateway

    @classmethod
    @asynccontextmanager
    async def open(cls, server: Server) -> AsyncIterator[Self]:
        shop = await Shop.open(server)
        customer = await server.person()
        room = await shop.owner.channel(shop.guild["id"])
        await shop.owner.bring(customer, room["id"])
        counter = cls(shop, customer, room)
        counter.command = await shop.bot.post(shop.everywhere, ECHO)
        async with server.gateway(customer) as person, server.gateway(shop.bot) as robot:
            counter.person, counter.robot = person, robot
            yield counter

    def form(self, kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "application_id": self.bot.id,
            "guild_id": self.shop.guild["id"],
            "channel_id": self.room["id"],
            "session_id": self.person.ready["session_id"],
            "nonce": "7",
            "data": data,
            **more,
        }

    def words(self, text: str = "hello") -> dict[str, Any]:
        return {
            "id": self.command["id"],
            "name": "echo",
            "version": self.command["version"],
            "type": 1,
            "options": [{"type": 3, "name": "text", "value": text}],
        }

    async def begin(self, kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What the bot is told of what the customer does."""
        await self.customer.post("/interactions", self.form(kind, data, **more))
        told: dict[str, Any] = (await self.robot.expect("INTERACTION_CREATE")).data
        return told

    async def echo(self) -> dict[str, Any]:
        return await self.begin(2, self.words())

    async def click(self, message_id: str, **data: Any) -> dict[str, Any]:
        given = {"component_type": 2, "custom_id": "go", **data}
        return await self.begin(3, given, message_id=message_id)

    async def answer(
        self, told: dict[str, Any], kind: int, data: Any = None, query: str = ""
    ) -> Any:
        path = f"/interactions/{told['id']}/{told['token']}/callback{query}"
        return await self.bot.post(path, {"type": kind, "data": data})

    def hook(self, told: dict[str, Any], more: str = "") -> str:
        return f"/webhooks/{self.bot.id}/{told['token']}{more}"


async def test_a_command_is_told_to_the_bot_and_answered_for_all(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        started = (await counter.person.expect("INTERACTION_CREATE")).data
        assert started == {"id": told["id"], "nonce": "7"}
        assert told["data"]["options"] == [{"type": 3, "name": "text", "value": "hello"}]
        assert told["member"]["user"]["id"] == counter.customer.id
        assert int(told["app_permissions"]) > 0
        assert (told["context"], told["entitlements"], told["version"]) == (0, [], 1)
        assert told["authorizing_integration_owners"] == {"0": counter.shop.guild["id"]}
        said = await counter.answer(told, 4, {"content": "hello"}, "?with_response=true")
        message = said["resource"]["message"]
        shown = (await counter.person.expect("MESSAGE_CREATE")).data
        assert shown["id"] == said["interaction"]["response_message_id"] == message["id"]
        assert (shown["type"], shown["content"], shown["application_id"]) == (
            20,
            "hello",
            counter.bot.id,
        )
        assert shown["author"]["id"] == shown["webhook_id"] == counter.bot.id
        assert shown["interaction"]["name"] == "echo"
        assert shown["interaction_metadata"]["user"]["id"] == counter.customer.id
        success = (await counter.person.expect("INTERACTION_SUCCESS")).data
        assert success == {"id": told["id"], "nonce": "7"}
        read = await counter.customer.get(f"/channels/{counter.room['id']}/messages/{shown['id']}")
        for field in ("interaction", "interaction_metadata", "webhook_id", "type"):
            assert read[field] == shown[field]
        path = f"/interactions/{told['id']}/{told['token']}/callback"
        again = await counter.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}})
        assert again.code == 40060


async def test_what_came_of_a_command_is_found_by_it(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        await counter.answer(told, 5)
        first = await counter.bot.patch(counter.hook(told, "/messages/@original"), {"content": "a"})
        second = await counter.bot.post(counter.hook(told), {"content": "b"})
        await counter.customer.say(counter.room["id"], "a")

        async def found(**query: str) -> list[str]:
            path = f"/channels/{counter.room['id']}/messages/search?{urlencode(query)}"
            messages = (await counter.customer.get(path))["messages"]
            return [message["id"] for [message] in messages]

        async def is_indexed() -> bool:
            return await found(content="a", author_id=counter.customer.id) != []

        await until(is_indexed)
        of_it = {"command_id": counter.command["id"], "command_name": "Echo"}
        assert await found(**of_it) == [second["id"], first["id"]]
        assert await found(**of_it, content="a") == [first["id"]]
        assert await found(command_id=counter.bot.id) == []
        assert await found(**{**of_it, "command_name": "other"}) == []


async def test_an_answer_for_one_is_seen_by_nobody_else(server: Server) -> None:
    async with Counter.open(server) as counter, server.gateway(counter.shop.owner) as other:
        told = await counter.echo()
        await counter.answer(told, 4, {"content": "secretly", "flags": EPHEMERAL})
        shown = (await counter.person.expect("MESSAGE_CREATE")).data
        assert (shown["content"], shown["flags"]) == ("secretly", EPHEMERAL)
        hook = counter.hook(told, "/messages/@original")
        assert (await counter.bot.get(hook))["id"] == shown["id"]
        await counter.bot.patch(hook, {"content": "more secretly"})
        changed = (await counter.person.expect("MESSAGE_UPDATE")).data
        assert changed["content"] == "more secretly"
        place = f"/channels/{counter.room['id']}/messages"
        for one in (counter.customer, counter.shop.owner, counter.bot):
            assert await one.get(place) == []
            assert (await one.refused("GET", f"{place}/{shown['id']}")).code == 10008
        await counter.bot.delete(hook)
        assert (await counter.person.expect("MESSAGE_DELETE")).data["id"] == shown["id"]
        assert (await counter.bot.refused("GET", hook)).code == 10008
        await other.quiet("MESSAGE_CREATE")
        for raw in (*other.raw, *counter.robot.raw):
            assert b"secretly" not in raw


async def test_who_waits_is_shown_the_answer_when_it_comes(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        await counter.answer(told, 5)
        waiting = (await counter.person.expect("MESSAGE_CREATE")).data
        assert (waiting["flags"], waiting["content"]) == (128, "")
        first = await counter.bot.post(counter.hook(told), {"content": "at last"})
        assert (first["id"], first["flags"]) == (waiting["id"], 0)
        second = await counter.bot.post(counter.hook(told), {"content": "and more"})
        assert second["id"] != waiting["id"]
        origin = second["interaction_metadata"]["original_response_message_id"]
        assert origin == waiting["id"]
        hidden = await counter.bot.post(counter.hook(told), {"content": "psst", "flags": EPHEMERAL})
        await counter.person.expect("MESSAGE_CREATE", lambda it: it["id"] == hidden["id"])
        path = counter.hook(told, f"/messages/{second['id']}")
        assert (await counter.bot.patch(path, {"content": "changed"}))["content"] == "changed"
        await counter.bot.delete(path)
        assert (await counter.bot.refused("GET", path)).code == 10008
        for method in ("GET", "DELETE"):
            wrong = f"/webhooks/{counter.customer.id}/{told['token']}/messages/@original"
            assert (await counter.bot.refused(method, wrong)).code == 10015


async def test_a_secret_wait_stays_secret(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        await counter.answer(told, 5, {"flags": EPHEMERAL})
        waiting = (await counter.person.expect("MESSAGE_CREATE")).data
        assert waiting["flags"] == 128 | EPHEMERAL
        edited = await counter.bot.patch(
            counter.hook(told, "/messages/@original"), {"content": "done"}
        )
        assert (edited["flags"], edited["content"]) == (EPHEMERAL, "done")
        assert await counter.customer.get(f"/channels/{counter.room['id']}/messages") == []


async def test_nobody_answers_and_the_client_learns_it(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        failed = (await counter.person.expect("INTERACTION_FAILURE")).data
        assert failed == {"id": told["id"], "nonce": "7", "reason_code": 2}
        path = f"/interactions/{told['id']}/{told['token']}/callback"
        late = await counter.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}})
        assert late.code == 10062
        assert (
            await counter.bot.refused("POST", counter.hook(told), {"content": "x"})
        ).code == 10015


async def test_choices_are_offered_while_one_types(server: Server) -> None:
    async with Counter.open(server) as counter:
        search = {
            "name": "find",
            "description": "Find",
            "options": [
                {"type": 3, "name": "what", "description": "What", "autocomplete": True},
                {"type": 6, "name": "who", "description": "Who", "required": False},
            ],
        }
        made = await counter.bot.post(counter.shop.here, search)
        data = {
            "id": made["id"],
            "name": "find",
            "options": [{"type": 3, "name": "what", "value": "ap", "focused": True}],
        }
        told = await counter.begin(4, data)
        assert told["data"]["options"][0] == {
            "type": 3,
            "name": "what",
            "value": "ap",
            "focused": True,
        }
        assert told["data"]["guild_id"] == counter.shop.guild["id"]
        choices = [{"name": "Apple", "value": "apple"}]
        await counter.answer(told, 8, {"choices": choices})
        offered = await counter.person.expect("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE")
        assert offered.data == {"choices": choices, "nonce": "7"}


async def test_a_button_changes_its_message_or_brings_another(server: Server) -> None:
    async with Counter.open(server) as counter:
        said = await counter.bot.say(counter.room["id"], "press", components=[BUTTON])
        told = await counter.click(said["id"])
        assert told["message"]["id"] == said["id"]
        assert (told["data"]["custom_id"], told["data"]["component_type"]) == ("go", 2)
        await counter.answer(told, 7, {"content": "pressed", "components": []})
        changed = (await counter.person.expect("MESSAGE_UPDATE")).data
        assert (changed["content"], changed["components"]) == ("pressed", [])
        gone = counter.form(3, {"component_type": 2, "custom_id": "go"}, message_id=said["id"])
        assert (await counter.customer.refused("POST", "/interactions", gone)).code == 50035
        other = await counter.bot.say(counter.room["id"], "press", components=[BUTTON])
        told = await counter.click(other["id"])
        await counter.answer(told, 6)
        await counter.bot.patch(counter.hook(told, "/messages/@original"), {"content": "later"})
        told = await counter.click(other["id"])
        await counter.answer(
            told, 4, {"content": "another", "flags": EPHEMERAL, "components": [BUTTON]}
        )
        mine = await counter.person.expect("MESSAGE_CREATE", lambda it: it["content"] == "another")
        assert mine.data["interaction_metadata"]["interacted_message_id"] == other["id"]
        told = await counter.click(mine.data["id"])
        await counter.answer(told, 7, {"content": "hidden still", "components": []})
        changed = await counter.person.expect(
            "MESSAGE_UPDATE", lambda it: it["id"] == mine.data["id"]
        )
        assert changed.data["content"] == "hidden still"
        theirs = counter.form(
            3, {"component_type": 2, "custom_id": "go"}, message_id=mine.data["id"]
        )
        reply = await counter.shop.owner.refused("POST", "/interactions", theirs)
        assert reply.code == 10008


async def test_menus_say_what_was_chosen_and_what_it_stands_for(server: Server) -> None:
    async with Counter.open(server) as counter:
        options = [{"label": value, "value": value} for value in ("a", "b", "c")]
        rows = [
            {"type": 3, "custom_id": "s", "options": options, "max_values": 2},
            {"type": 5, "custom_id": "u"},
            {"type": 6, "custom_id": "r"},
            {"type": 8, "custom_id": "c"},
        ]
        parts = [{"type": 1, "components": [one]} for one in rows]
        said = await counter.bot.say(counter.room["id"], "choose", components=parts)
        guild, room = counter.shop.guild["id"], counter.room["id"]
        chosen = [
            (3, "s", ["a", "c"], None),
            (5, "u", [counter.customer.id], "users"),
            (6, "r", [guild], "roles"),
            (8, "c", [room], "channels"),
        ]
        for kind, name, values, resolved in chosen:
            data = {"component_type": kind, "custom_id": name, "values": values}
            told = await counter.begin(3, data, message_id=said["id"])
            assert told["data"]["values"] == values
            if resolved is not None:
                assert values[0] in told["data"]["resolved"][resolved]
            await counter.answer(told, 6)
        wrong = [(3, "s", ["z"]), (3, "s", ["a", "b", "c"]), (3, "s", ["a", "a"]), (8, "c", ["1"])]
        for kind, name, values in wrong:
            data = {"component_type": kind, "custom_id": name, "values": values}
            body = counter.form(3, data, message_id=said["id"])
            assert (await counter.customer.refused("POST", "/interactions", body)).code == 50035


async def test_a_form_is_shown_and_sent_in(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        modal = {"custom_id": "form", "title": "Tell us", "components": [INPUT]}
        await counter.answer(told, 9, modal)
        shown = (await counter.person.expect("INTERACTION_MODAL_CREATE")).data
        assert (shown["title"], shown["id"], shown["nonce"]) == ("Tell us", told["id"], "7")
        inner = {"type": 4, "custom_id": "words", "value": "x"}
        data = {
            "id": shown["id"],
            "custom_id": "form",
            "components": [{"type": 18, "component": inner}],
        }
        short = counter.form(5, data)
        assert (await counter.customer.refused("POST", "/interactions", short)).code == 50035
        inner["value"] = "some words"
        sent = await counter.begin(5, data)
        assert sent["data"]["components"][0]["component"]["value"] == "some words"
        await counter.answer(sent, 4, {"content": "thanks"})
        said = (await counter.person.expect("MESSAGE_CREATE")).data
        began = said["interaction_metadata"]["triggering_interaction_metadata"]
        assert began["id"] == told["id"]
        twice = counter.form(5, data)
        assert (await counter.customer.refused("POST", "/interactions", twice)).code == 10062


async def test_menus_of_people_and_messages(server: Server) -> None:
    async with Counter.open(server) as counter:
        user = await counter.bot.post(counter.shop.here, {"name": "Who is it", "type": 2})
        quote = await counter.bot.post(counter.shop.here, {"name": "Quote", "type": 3})
        said = await counter.shop.owner.say(counter.room["id"], "quote me")
        owner = counter.shop.owner.id
        data = {"id": user["id"], "name": user["name"], "type": 2, "target_id": owner}
        told = await counter.begin(2, data)
        assert told["data"]["target_id"] == owner
        assert told["data"]["resolved"]["members"][owner]["roles"] == []
        data = {"id": quote["id"], "name": quote["name"], "type": 3, "target_id": said["id"]}
        told = await counter.begin(2, data)
        assert told["data"]["resolved"]["messages"][said["id"]]["content"] == "quote me"
        await counter.answer(told, 4, {"content": "> quote me"})
        message = (await counter.person.expect("MESSAGE_CREATE", lambda it: it["type"] == 23)).data
        assert message["interaction_metadata"]["target_message_id"] == said["id"]


async def test_only_what_is_registered_and_allowed_can_be_used(server: Server) -> None:
    async with Counter.open(server) as counter:
        good = counter.words()
        wrong: list[tuple[dict[str, Any], int]] = [
            ({**good, "id": counter.room["id"]}, 10063),
            ({**good, "version": "1"}, 50035),
            ({**good, "options": []}, 50035),
            ({**good, "options": [{"type": 3, "name": "text", "value": 5}]}, 50035),
            ({**good, "options": [{"type": 3, "name": "other", "value": "x"}]}, 50035),
            ({**good, "options": [{"type": 3, "name": "text", "value": "x" * 101}]}, 50035),
        ]
        for data, code in wrong:
            body = counter.form(2, data)
            reply = await counter.customer.refused("POST", "/interactions", body)
            assert reply.code == code, (data, reply.body)
        body = counter.form(2, good)
        assert (await counter.bot.refused("POST", "/interactions", body)).code == 20001
        stranger = await server.person()
        assert (await stranger.refused("POST", "/interactions", body)).code == 50001
        path = f"{counter.shop.here}/{counter.command['id']}/permissions"
        denied = [{"id": counter.room["id"], "type": 3, "permission": False}]
        await counter.shop.owner.put(path, {"permissions": denied})
        assert (await counter.customer.refused("POST", "/interactions", body)).code == 50013
        await counter.robot.quiet("INTERACTION_CREATE")


async def test_files_come_with_a_command(server: Server) -> None:
    async with Counter.open(server) as counter:
        two = [{"type": 11, "name": name, "description": "A file"} for name in ("one", "other")]
        command = await counter.bot.post(
            counter.shop.everywhere, {"name": "keep", "description": "Keep files", "options": two}
        )
        data = {
            "id": command["id"],
            "name": "keep",
            "version": command["version"],
            "type": 1,
            "options": [{"type": 11, "name": "one", "value": "1"}],
            "attachments": [{"id": "1", "filename": "b.txt"}],
        }
        data["options"].append({"type": 11, "name": "other", "value": "0"})
        data["attachments"].append({"id": "0", "filename": "a.txt"})
        files = (("a.txt", b"first"), ("b.txt", b"second"), ("c.txt", b"nobody asked for it"))
        reply = await counter.customer.call(
            "POST", "/interactions", form(*files, payload=counter.form(2, data))
        )
        assert reply.status == 204, reply.body
        told = (await counter.robot.expect("INTERACTION_CREATE")).data["data"]
        there = told["resolved"]["attachments"]
        contents = []
        for option in told["options"]:
            async with server.http.get(there[option["value"]]["url"]) as got:
                contents.append(await got.read())
        assert contents == [b"second", b"first"]
        assert len(there) == 2
        lacking = await counter.customer.call(
            "POST", "/interactions", form(files[0], payload=counter.form(2, data))
        )
        assert lacking.status == 400
        assert (await counter.bot.refused("POST", "/interactions", form(files[0]))).code == 20001


async def test_files_come_with_answers_also_for_one(server: Server) -> None:
    async with Counter.open(server) as counter:
        for flags in (0, EPHEMERAL):
            told = await counter.echo()
            path = f"/interactions/{told['id']}/{told['token']}/callback?with_response=true"
            payload = {"type": 4, "data": {"content": "look", "flags": flags}}
            data = form(("notes.txt", b"hello"), payload=payload)
            reply = await counter.bot.call("POST", path, data)
            assert reply.status == 200, reply.body
            [file] = reply.body["resource"]["message"]["attachments"]
            async with server.http.get(file["url"]) as got:
                assert await got.read() == b"hello"


async def test_an_answer_is_given_once_however_many_come_at_once(server: Server) -> None:
    async with Counter.open(server) as counter:
        told = await counter.echo()
        path = f"/interactions/{told['id']}/{told['token']}/callback"
        body = {"type": 4, "data": {"content": "once"}}
        replies = await asyncio.gather(*(counter.bot.call("POST", path, body) for _ in range(4)))
        assert sorted(reply.status for reply in replies) == [204, 400, 400, 400]
        assert len(await counter.customer.get(f"/channels/{counter.room['id']}/messages")) == 1

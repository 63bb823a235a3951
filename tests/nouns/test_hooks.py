"""Webhooks that others write through, by a token."""

from typing import Any

import aiohttp

from tests.api import Api, Person
from tests.nouns.elsewhere import told as rows
from tests.nouns.gallery import seen, uri
from tests.nouns.luggage import TEXT, form, png
from tests.server import Server

MANAGE_WEBHOOKS = 1 << 29
VIEW = 1 << 10
READ_HISTORY = 1 << 16
BUTTON = {"type": 2, "style": 1, "label": "Press", "custom_id": "it"}
LINK = {"type": 2, "style": 5, "label": "Go", "url": "https://example.org/"}

Json = dict[str, Any]


class Desk:
    """Ann's channel with a webhook, and somebody who has nothing but its address."""

    def __init__(self, ann: Person, bob: Person) -> None:
        self.ann = ann
        self.bob = bob
        self.nobody: Api = ann.api.with_token(None)
        self.guild: Json = {}
        self.channel: Json = {}
        self.hook: Json = {}

    @classmethod
    async def open(cls, server: Server) -> "Desk":
        desk = cls(await server.person(), await server.person())
        desk.guild = await desk.ann.guild()
        desk.channel = await desk.ann.channel(desk.guild["id"])
        await desk.ann.bring(desk.bob, desk.channel["id"])
        desk.hook = await desk.make(desk.ann)
        return desk

    async def make(self, person: Person, **fields: Any) -> Json:
        """Another webhook."""
        path = f"/channels/{self.channel['id']}/webhooks"
        made: Json = await person.post(path, {"name": "Herald", **fields})
        return made

    @property
    def path(self) -> str:
        return f"/webhooks/{self.hook['id']}/{self.hook['token']}"

    async def write(self, body: Any, query: str = "") -> Json:
        """A message through the webhook."""
        said: Json = await self.nobody.post(f"{self.path}?wait=true{query}", body)
        return said

    async def newest(self) -> Json:
        """What was said last, as Bob reads it."""
        [said] = await self.bob.get(f"/channels/{self.channel['id']}/messages?limit=1")
        return dict(said)

    async def code(self, path: str, body: Any, method: str = "POST") -> int:
        """How nobody is refused."""
        return (await self.nobody.refused(method, path, body)).code


async def test_who_has_the_address_of_a_webhook_writes_in_its_channel(server: Server) -> None:
    desk = await Desk.open(server)
    async with server.gateway(desk.bob) as gateway:
        said = await desk.write({"content": "hear, hear", "username": " Crier ", "tts": True})
        told = (await gateway.expect("MESSAGE_CREATE")).data
        shown = await desk.newest()
        assert await desk.nobody.post(desk.path, {"content": "again"}) is None
        again = (await gateway.expect("MESSAGE_CREATE")).data
    author = {"id": desk.hook["id"], "username": "Crier", "discriminator": "0000", "bot": True}
    for message in (said, told, shown):
        assert message["webhook_id"] == desk.hook["id"]
        assert author.items() <= message["author"].items()
        assert (message["content"], message["type"], message["tts"]) == ("hear, hear", 0, True)
        assert "member" not in message
    assert (again["author"]["username"], again["content"]) == ("Herald", "again")


async def test_the_address_is_shown_again_to_who_manages_webhooks(server: Server) -> None:
    desk = await Desk.open(server)
    assert desk.hook["url"] == f"{server.url}/api{desk.path}"
    assert desk.hook["user"]["id"] == desk.ann.id
    for path in (
        f"/channels/{desk.channel['id']}/webhooks",
        f"/guilds/{desk.guild['id']}/webhooks",
    ):
        assert await desk.ann.get(path) == [desk.hook]
    assert await desk.ann.get(f"/webhooks/{desk.hook['id']}") == desk.hook
    by_token = await desk.nobody.get(desk.path)
    assert by_token == {name: value for name, value in desk.hook.items() if name != "user"}
    form_of_old = {"content": "as a form, and without a version"}
    async with server.http.post(desk.hook["url"], data=form_of_old) as answer:
        assert answer.status == 204
    assert (await desk.newest())["content"] == form_of_old["content"]


async def test_neither_the_database_nor_the_log_knows_a_token(
    own_server: Server, database: str
) -> None:
    desk = await Desk.open(own_server)
    kept = "select row_to_json(it)::text as row from webhooks as it"
    logged = "select row_to_json(it)::text as row from audit_log as it"
    for query in (kept, logged):
        for row in await rows(database, query):
            assert desk.hook["token"] not in row["row"]
    log = await desk.ann.get(f"/guilds/{desk.guild['id']}/audit-logs?action_type=50")
    assert desk.hook["token"] not in str(log)


async def test_a_wrong_token_opens_nothing(server: Server) -> None:
    desk = await Desk.open(server)
    news = await desk.ann.channel(desk.guild["id"], "news", type=5)
    body = {"webhook_channel_id": desk.channel["id"]}
    follower = (await desk.ann.post(f"/channels/{news['id']}/followers", body))["webhook_id"]
    said = await desk.write({"content": "mine"})
    for id_, token, code in (
        (desk.hook["id"], "x" * 68, 50027),
        (desk.hook["id"], "None", 50027),
        (follower, desk.hook["token"], 50027),
        (desk.channel["id"], desk.hook["token"], 10015),
    ):
        path = f"/webhooks/{id_}/{token}"
        for method, below, sent in (
            ("GET", "", None),
            ("POST", "", {"content": "yours"}),
            ("POST", "", form(TEXT)),
            ("POST", "/slack", {"text": "yours"}),
            ("POST", "/github", {}),
            ("PATCH", "", {"name": "Mine"}),
            ("DELETE", "", None),
            ("GET", f"/messages/{said['id']}", None),
            ("PATCH", f"/messages/{said['id']}", {"content": "yours"}),
            ("DELETE", f"/messages/{said['id']}", None),
        ):
            assert await desk.code(path + below, sent, method) == code, (method, below)
    assert (await desk.newest())["content"] == "mine"


async def test_a_webhook_writes_all_that_a_message_has(server: Server) -> None:
    desk = await Desk.open(server)
    role = await desk.ann.post(f"/guilds/{desk.guild['id']}/roles", {"name": "helpers"})
    words = f"@everyone <@{desk.bob.id}> <@&{role['id']}>"
    payload = {"content": words, "embeds": [{"title": "Look"}], "flags": 1 << 12}
    said = await desk.write(form(("a.png", png()), payload=payload))
    for message in (said, await desk.newest()):
        assert message["mention_everyone"] is True
        assert [user["id"] for user in message["mentions"]] == [desk.bob.id]
        assert message["mention_roles"] == [role["id"]]
        assert [one["title"] for one in message["embeds"]] == ["Look"]
        assert [one["filename"] for one in message["attachments"]] == ["a.png"]
        assert message["flags"] == 1 << 12
    quiet = await desk.write({"content": words, "allowed_mentions": {"parse": []}})
    assert (quiet["mention_everyone"], quiet["mentions"], quiet["mention_roles"]) == (False, [], [])
    assert await desk.code(desk.path, {}) == 50006
    assert await desk.code(desk.path, {"content": "x" * 5000}) == 50035
    assert await desk.code(desk.path, {"content": "x", "thread_name": "post"}) == 220003
    assert await desk.code(f"{desk.path}?thread_id={desk.guild['id']}", {"content": "x"}) == 10003


async def test_some_names_are_somebody_elses(server: Server) -> None:
    desk = await Desk.open(server)
    path = f"/channels/{desk.channel['id']}/webhooks"
    for name in ("my Discord", "CLYDE", "  ", "x" * 81):
        assert (await desk.ann.refused("POST", path, {"name": name})).code == 50035
        assert (
            await desk.ann.refused("PATCH", f"/webhooks/{desk.hook['id']}", {"name": name})
        ).code == 50035
        assert await desk.code(desk.path, {"content": "x", "username": name}) == 50035
        assert await desk.code(desk.path, {"name": name}, "PATCH") == 50035


async def test_a_webhook_takes_care_of_its_own_messages(server: Server) -> None:
    desk = await Desk.open(server)
    said = await desk.write({"content": "one", "username": "Crier"})
    path = f"{desk.path}/messages/{said['id']}"
    assert await desk.nobody.get(path) == said
    async with server.gateway(desk.bob) as gateway:
        changed = await desk.nobody.patch(path, form(TEXT, payload={"content": "two"}))
        told = (await gateway.expect("MESSAGE_UPDATE")).data
        await desk.nobody.delete(path)
        gone = (await gateway.expect("MESSAGE_DELETE")).data
    for message in (changed, told):
        assert (message["content"], message["author"]["username"]) == ("two", "Crier")
        assert [one["filename"] for one in message["attachments"]] == [TEXT[0]]
        assert message["webhook_id"] == desk.hook["id"]
    assert gone["id"] == said["id"]
    others = await desk.bob.say(desk.channel["id"], "mine")
    for method, body in (("GET", None), ("PATCH", {"content": "x"}), ("DELETE", None)):
        assert await desk.code(path, body, method) == 10008
        other = f"{desk.path}/messages/{others['id']}"
        assert await desk.code(other, body, method) == 10008
    assert (await desk.newest())["content"] == "mine"


async def test_who_has_the_token_renames_and_ends_a_webhook_and_moves_it_nowhere(
    server: Server,
) -> None:
    desk = await Desk.open(server)
    there = await desk.ann.channel(desk.guild["id"], "there")
    async with server.gateway(desk.ann) as gateway:
        body = {"name": "Crier", "avatar": uri(png()), "channel_id": there["id"]}
        changed = await desk.nobody.patch(desk.path, body)
        await gateway.expect("WEBHOOKS_UPDATE")
        assert (changed["name"], changed["channel_id"]) == ("Crier", desk.channel["id"])
        assert "user" not in changed
        shown = await seen(server, f"avatars/{desk.hook['id']}/{changed['avatar']}.png")
        assert shown.status == 200
        await desk.nobody.delete(desk.path)
        await gateway.expect("WEBHOOKS_UPDATE")
    assert await desk.code(desk.path, {"content": "x"}) == 10015
    log = await desk.ann.get(f"/guilds/{desk.guild['id']}/audit-logs?target_id={desk.hook['id']}")
    by = [(entry["action_type"], entry["user_id"]) for entry in log["audit_log_entries"]]
    assert by == [(52, None), (51, None), (50, desk.ann.id)]


async def test_webhooks_are_made_by_who_manages_them_where_people_write(server: Server) -> None:
    desk = await Desk.open(server)
    path = f"/channels/{desk.channel['id']}/webhooks"
    assert (await desk.bob.refused("POST", path, {"name": "Mine"})).code == 50013
    body = {"permissions": str(VIEW | MANAGE_WEBHOOKS)}
    await desk.ann.patch(f"/guilds/{desk.guild['id']}/roles/{desk.guild['id']}", body)
    made = await desk.make(desk.bob, avatar=uri(png()))
    assert (made["user"]["id"], made["type"]) == (desk.bob.id, 1)
    assert (await seen(server, f"avatars/{made['id']}/{made['avatar']}.png")).status == 200
    voices = await desk.ann.channel(desk.guild["id"], "voices", type=2)
    folder = await desk.ann.channel(desk.guild["id"], "folder", type=4)
    await desk.ann.patch(f"/webhooks/{made['id']}", {"channel_id": voices["id"]})
    wrong = f"/channels/{folder['id']}/webhooks"
    assert (await desk.ann.refused("POST", wrong, {"name": "Mine"})).code == 50024
    for number in range(14):
        await desk.make(desk.ann, name=f"Herald {number}")
    assert (await desk.ann.refused("POST", path, {"name": "Mine"})).code == 30007


async def test_an_applications_webhook_is_its_own(server: Server) -> None:
    desk = await Desk.open(server)
    bot = await server.bot(desk.ann, desk.guild["id"])
    body = {"permissions": str(VIEW | MANAGE_WEBHOOKS)}
    everyone = f"/guilds/{desk.guild['id']}/roles/{desk.guild['id']}"
    await desk.ann.patch(everyone, body)
    hook = await desk.make(bot)
    application = await bot.get("/applications/@me")
    assert hook["application_id"] == application["id"]
    shown = await desk.ann.get(f"/webhooks/{hook['id']}")
    assert not {"token", "url"} & shown.keys()
    await desk.ann.patch(everyone, {"permissions": str(VIEW | READ_HISTORY)})
    assert await bot.get(f"/webhooks/{hook['id']}") == hook
    desk.hook = hook
    row = {"type": 1, "components": [BUTTON]}
    said = await desk.write({"content": "press", "components": [row]})
    for message in (said, await desk.newest()):
        assert message["application_id"] == application["id"]
        assert message["components"][0]["components"][0]["custom_id"] == "it"


async def test_nobody_hears_a_click_below_other_webhooks(server: Server) -> None:
    desk = await Desk.open(server)
    links, buttons = ([{"type": 1, "components": [one]}] for one in (LINK, BUTTON))
    body = {"content": "x", "components": links}
    assert (await desk.write(body))["components"] == []
    said = await desk.write(body, "&with_components=true")
    assert said["components"][0]["components"][0]["url"] == LINK["url"]
    body = {"content": "x", "components": buttons}
    assert (await desk.write(body))["components"] == []
    assert await desk.code(f"{desk.path}?with_components=true", body) == 50035
    path = f"{desk.path}/messages/{said['id']}?with_components=true"
    assert await desk.code(path, body, "PATCH") == 50035
    kept = await desk.nobody.patch(f"{desk.path}/messages/{said['id']}", body)
    assert kept["components"] == said["components"]


async def test_a_webhook_has_a_bucket_for_all_who_know_it(strict_server: Server) -> None:
    desk = await Desk.open(strict_server)
    other = await desk.make(desk.ann)
    replies = [await desk.nobody.call("POST", desk.path, {"content": "x"}) for _ in range(6)]
    assert [reply.status for reply in replies] == [204] * 5 + [429]
    assert replies[0].headers["X-RateLimit-Limit"] == "5"
    as_ann = await desk.ann.call("POST", desk.path, {"content": "x"})
    assert as_ann.status == 429
    elsewhere = f"/webhooks/{other['id']}/{other['token']}"
    assert (await desk.nobody.call("POST", elsewhere, {"content": "x"})).status == 204


async def test_what_is_written_for_slack_is_understood(server: Server) -> None:
    desk = await Desk.open(server)
    body = {
        "text": "<!here> see <https://example.org/1|the *build*> &amp; *rejoice*",
        "username": "builder",
        "attachments": [
            {
                "fallback": "passed",
                "color": "good",
                "title": "Build 7",
                "title_link": "https://example.org/7",
                "author_name": "Ann",
                "fields": [{"title": "Took", "value": "3 s", "short": True}],
                "footer": "ci",
                "ts": 1700000000,
            },
            {"fallback": "only this", "color": "#abc", "thumb_url": "ftp://no"},
            {"pretext": "before"},
        ],
    }
    assert await desk.nobody.post(f"{desk.path}/slack", body) == "ok"
    said = await desk.newest()
    assert said["content"] == (
        "@here see [the **build**](https://example.org/1) & **rejoice**\nbefore"
    )
    assert (said["author"]["username"], said["mention_everyone"]) == ("builder", True)
    first, second = said["embeds"]
    assert (first["title"], first["url"]) == ("Build 7", "https://example.org/7")
    assert first["fields"] == [{"name": "Took", "value": "3 s", "inline": True}]
    assert first["timestamp"].startswith("2023-11-14T22:13:20")
    assert (second["description"], second["color"]) == ("only this", 0xAABBCC)
    old = aiohttp.FormData({"payload": '{"text": "in a form"}'})
    async with server.http.post(f"{server.url}/api{desk.path}/slack", data=old) as answer:
        assert (answer.status, await answer.json()) == (200, "ok")
    assert (await desk.newest())["content"] == "in a form"
    assert await desk.code(f"{desk.path}/slack", {}) == 50006


async def test_what_happens_at_github_is_told(server: Server) -> None:
    desk = await Desk.open(server)
    path = f"{desk.path}/github"
    commits = [
        {
            "id": "abcdef0123",
            "url": "https://example.org/c",
            "message": "Mend\n\nall",
            "author": {"name": "Ann", "username": "ann"},
        }
    ]
    body = {
        "ref": "refs/heads/main",
        "compare": "https://example.org/compare",
        "commits": commits,
        "repository": {"full_name": "ann/tools", "html_url": "https://example.org/"},
        "sender": {"login": "ann", "html_url": "https://example.org/ann", "avatar_url": ""},
    }
    await desk.nobody.post(path, body, headers={"X-GitHub-Event": "push"})
    said = await desk.newest()
    assert said["author"]["username"] == "GitHub"
    [embed] = said["embeds"]
    assert embed["title"] == "[ann/tools:main] 1 new commit"
    assert embed["description"] == "[`abcdef0`](https://example.org/c) Mend - ann"
    assert (embed["url"], embed["author"]["name"]) == (body["compare"], "ann")
    await desk.nobody.post(path, {"zen": "Be quiet."}, headers={"X-GitHub-Event": "ping"})
    await desk.nobody.post(path, body)
    assert (await desk.newest())["id"] == said["id"]
    pull = {"number": 3, "title": "Tools", "html_url": "https://example.org/3", "merged": True}
    body = {"action": "closed", "pull_request": pull, "sender": body["sender"]}
    await desk.nobody.post(path, body, headers={"X-GitHub-Event": "pull_request"})
    [embed] = (await desk.newest())["embeds"]
    assert embed["title"] == "Pull request merged: #3 Tools"

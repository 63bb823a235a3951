"""What the attacks are aimed at, and how to see whether any of it changed."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import asyncpg
import msgspec

from tests.api import Person
from tests.guard.automod import WORDS
from tests.guard.happenings import somewhere
from tests.nouns.artwork import emoji, sound, sticker
from tests.nouns.circles import befriend, direct, group
from tests.server import Server

# Not what outlets have still to read, and how far they are: that moves by itself. Nor the tickets:
# whoever is refused for want of a proof is handed one, and it changes nothing.
_TABLES: Final = """
select table_name
from information_schema.tables
where table_schema = 'public' and table_type = 'BASE TABLE'
    and table_name not in ('outbox', 'outlet_cursors', 'tickets')
order by table_name
"""

_PASSING: Final = ("used_at", "revision")
"""Columns that tell of use, not of content."""

DEVICE: Final = {
    "endpoint": "https://localhost/a-browser",
    "p256dh": (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    ),
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
"""Of a browser that nobody reaches: this machine is not called. The keys are those of RFC 8291."""

_GATHERED: Final = frozenset(
    {
        "attention",
        "last_said",
        "reading_progress",
        "search_documents",
        "search_faded",
        "search_queue",
        "search_segments",
        "search_words",
    }
)
"""Tables the server fills by itself from time to time, from what others hold."""


class Scene:
    """A guild with one of everything."""

    def __init__(self, server: Server, dsn: str, owner: Person) -> None:
        self.server = server
        self.dsn = dsn
        self.owner = owner
        self.ids: dict[str, str] = {}
        """A value for each parameter of a path."""
        self.group_id = ""
        self.thread_id = ""
        self.request_id = ""
        """A direct message in which a stranger's first words await consent."""

    def ids_for(self, template: str) -> Mapping[str, str]:
        """What there is for the parameters of one path: private channels are their own kind."""
        if "/recipients/@me" in template:
            return {**self.ids, "channel_id": self.request_id}
        if "/thread-members" in template:
            return {**self.ids, "channel_id": self.thread_id}
        if "/recipients/" in template:
            return {**self.ids, "channel_id": self.group_id}
        return self.ids

    def path(self, template: str, **others: str) -> str:
        """A declared path with its parameters filled in."""
        return template.format_map({**self.ids_for(template), **others})

    async def contents(self) -> Mapping[str, list[str]]:
        """All that is kept, table by table."""
        connection = await asyncpg.connect(self.dsn)
        try:
            found = {row["table_name"] for row in await connection.fetch(_TABLES)}
            tables = sorted(found - _GATHERED)
            return {table: await _rows(connection, table) for table in tables}
        finally:
            await connection.close()

    @asynccontextmanager
    async def unchanged(self) -> AsyncIterator[None]:
        """Nothing of what is kept changes meanwhile, and the server still serves."""
        before = await self.contents()
        yield
        assert await self.contents() == before
        assert (await self.owner.get("/users/@me"))["id"] == self.owner.id


async def _rows(connection: asyncpg.Connection, table: str) -> list[str]:
    passing = "".join(f" - '{name}'" for name in _PASSING)
    query = f'select (to_jsonb(it){passing})::text as row from "{table}" it order by 1'
    return [row["row"] for row in await connection.fetch(query)]


async def set_scene(server: Server, dsn: str) -> Scene:
    owner, other = await server.person(), await server.person()
    scene = Scene(server, dsn, owner)
    guild = await owner.guild("Quiet place")
    channel = await owner.channel(guild["id"], "talk")
    await owner.bring(other, channel["id"])
    invite = await owner.post(f"/channels/{channel['id']}/invites", {"max_age": 0})
    role = await owner.post(f"/guilds/{guild['id']}/roles", {"name": "helpers"})
    message = await owner.say(channel["id"], "hello")
    application = await owner.post("/applications", {"name": "machine"})
    grant_id = await _granted(owner, application["id"])
    nothing = {"contains": "nothing says this"}
    purge = await owner.post(f"/channels/{channel['id']}/purges", nothing)
    news = await owner.channel(guild["id"], "news", type=5)
    body = {"webhook_channel_id": channel["id"]}
    await owner.post(f"/channels/{news['id']}/followers", body)
    hook = await owner.post(f"/channels/{channel['id']}/webhooks", {"name": "Herald"})
    await _meet(scene, other, channel["id"])
    thread = await owner.post(f"/channels/{channel['id']}/threads", {"name": "aside", "type": 11})
    scene.thread_id = thread["id"]
    kept = {"name": "greetings", "query": {"content": "hello"}}
    saved = await owner.post("/users/@me/saved-searches", kept)
    report = {"kind": "user", "user_id": owner.id, "guild_id": guild["id"], "reason": "other"}
    reported = await other.post("/reports", report)
    later = {"content": "later", "send_at": (datetime.now(UTC) + timedelta(days=30)).isoformat()}
    scheduled = await owner.post(f"/channels/{channel['id']}/scheduled-messages", later)
    wave = await emoji(owner, guild)
    greeting = await sticker(owner, guild)
    hum = await sound(owner, guild)
    device = await owner.post("/users/@me/push-subscriptions", DEVICE)
    template = await owner.post(f"/guilds/{guild['id']}/templates", {"name": "like this"})
    command = await owner.post(
        f"/applications/{application['id']}/commands", {"name": "x", "description": "x"}
    )
    rule = await owner.post(f"/guilds/{guild['id']}/auto-moderation/rules", WORDS)
    picnic = await owner.post(f"/guilds/{guild['id']}/scheduled-events", somewhere())
    scene.ids = {
        "guild_scheduled_event_id": picnic["id"],
        "guild_scheduled_event_exception_id": picnic["id"],
        "exception_id": picnic["id"],
        "rule_id": rule["id"],
        "command_id": command["id"],
        "interaction_id": command["id"],
        "interaction_token": "aW50ZXJhY3Rpb246bm9ib2R5",
        "template_code": template["code"],
        "request_id": role["id"],
        "category_id": "3",
        "integration_id": role["id"],
        "sku_id": role["id"],
        "instance_id": "nothing-goes-on",
        "subscription_id": device["id"],
        "harvest_id": role["id"],
        "backup_name": "rift-20200101-030000",
        "job": "search",
        "guild_id": guild["id"],
        "channel_id": channel["id"],
        "message_id": message["id"],
        "role_id": role["id"],
        "overwrite_id": role["id"],
        "user_id": other.id,
        "application_id": application["id"],
        "grant_id": grant_id,
        "purge_id": purge["id"],
        "webhook_id": hook["id"],
        "webhook_token": hook["token"],
        "answer_id": "1",
        "saved_search_id": saved["id"],
        "report_id": reported["id"],
        "scheduled_message_id": scheduled["id"],
        "code": invite["code"],
        "authenticator_type": "totp",
        "authenticator_id": role["id"],
        "registration_code": "NOBODYMADEIT",
        "settings_type": "1",
        "read_state_type": "2",
        "entity_id": message["id"],
        "badge": "partner",
        "upload_filename": "nobodys.file.txt",
        "emoji_id": wave["id"],
        "sticker_id": greeting["id"],
        "pack_id": greeting["id"],
        "sound_id": hum["sound_id"],
        "emoji": "%F0%9F%91%8D",
    }
    return scene


async def _meet(scene: Scene, other: Person, channel_id: str) -> None:
    """A friend with a conversation and a group, a group's guest, and a stranger who wrote."""
    owner, third, stranger = scene.owner, await scene.server.person(), await scene.server.person()
    await befriend(owner, other, third)
    await direct(owner, other)
    scene.group_id = (await group(owner, other, third))["id"]
    await owner.bring(stranger, channel_id)
    scene.request_id = (await direct(stranger, owner))["id"]
    await stranger.say(scene.request_id, "do you know me?")


async def _granted(owner: Person, application_id: str) -> str:
    """A consent to log in with an application."""
    back = "https://example.org/"
    await owner.patch(f"/applications/{application_id}", {"redirect_uris": [back]})
    asked = f"client_id={application_id}&scope=identify&response_type=code"
    await owner.post(f"/oauth2/authorize?{asked}", {"authorize": True})
    [grant] = await owner.get("/oauth2/tokens")
    return str(grant["id"])


class Operation(msgspec.Struct, frozen=True):
    """One operation of our published description."""

    method: str
    path: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any] | None

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def named(self, place: str) -> list[dict[str, Any]]:
        """The parameters in the path or in the query."""
        return [it for it in self.parameters if it["in"] == place]


class Description:
    """The published description, as far as an attacker reads it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas = document["components"]["schemas"]
        self.operations = [
            Operation(method.upper(), path, operation["parameters"], _body(operation))
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]

    def fields(self, schema: Mapping[str, Any] | None) -> Mapping[str, Mapping[str, Any]]:
        """The fields of a body."""
        if schema is None:
            return {}
        if "$ref" in schema:
            return self.fields(self._schemas[schema["$ref"].rpartition("/")[2]])
        fields = dict(schema.get("properties", {}))
        for one in schema.get("anyOf", ()):
            fields |= self.fields(one)
        return fields

    def kinds(self, schema: Mapping[str, Any]) -> set[str]:
        """The JSON types a field takes; `any` where that is not said."""
        if "$ref" in schema:
            return self.kinds(self._schemas[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return set().union(*(self.kinds(one) for one in schema["anyOf"]))
        if "enum" in schema:
            return {"string" if isinstance(one, str) else "integer" for one in schema["enum"]}
        kind = schema.get("type", "any")
        return set(kind) if isinstance(kind, list) else {kind}


def _body(operation: Mapping[str, Any]) -> dict[str, Any] | None:
    if "requestBody" not in operation:
        return None
    content = operation["requestBody"]["content"]
    schema: dict[str, Any] = next(iter(content.values()))["schema"]
    return schema


async def description(scene: Scene, path: str = "/api/openapi.json") -> Description:
    async with scene.server.http.get(scene.server.url + path) as response:
        return Description(await response.json())

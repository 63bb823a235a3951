"""Verbs nobody else hears of have no scene: here each is done, and refused to others."""

from collections.abc import Mapping
from typing import Any, Final

from tests.api import Api
from tests.guard.alone import ALONE
from tests.nouns.artwork import still
from tests.oracle.exhibition import COMMAND, Exhibition
from tests.oracle.sources import shape
from tests.oracle.test_scoreboard import asked
from tests.server import Server

COMMANDS: Final = "/applications/{application_id}/commands"
LOCAL: Final = "/applications/{application_id}/guilds/{guild_id}/commands"
EMOJIS: Final = "/applications/{application_id}/emojis"
TEMPLATE: Final = "/guilds/{guild_id}/templates/{template_code}"
CONNECTION: Final = "/users/@me/applications/{application_id}/role-connection"
ATTACHMENT: Final = ("POST", "/applications/{application_id}/attachment")
"""A form with a file: tests/nouns/test_application_attachments.py."""


class Doing:
    """Does one verb after another, each tried by a stranger before."""

    def __init__(self, there: Exhibition, stranger: Api) -> None:
        self.there, self.stranger = there, stranger
        self.done = {ATTACHMENT}

    async def do(
        self, method: str, template: str, body: Any = None, by: Api | None = None, **ids: str
    ) -> Any:
        path = self.there.scene.path(template, **ids)
        refused = await self.stranger.refused(method, path, body)
        assert refused.status in {401, 403, 404}, f"{method} {template}: {refused.status}"
        self.done.add((method, template))
        reply = await (by or self.there.owner.api).call(method, path, body)
        assert reply.status < 300, f"{method} {template}: {reply.status} {reply.body}"
        return reply.body

    async def keep(self, parent: str, made: Mapping[str, Any], change: Mapping[str, Any]) -> None:
        """Make something, change it and take it away."""
        kind = "emoji_id" if parent == EMOJIS else "command_id"
        one = {kind: (await self.do("POST", parent, made))["id"]}
        await self.do("PATCH", f"{parent}/{{{kind}}}", change, **one)
        await self.do("DELETE", f"{parent}/{{{kind}}}", **one)


async def test_what_is_ones_own_affair_is_done_by_oneself_alone(server: Server) -> None:
    async with Exhibition.opened(server) as there:
        doing = Doing(there, (await server.person()).api)
        for parent in (COMMANDS, LOCAL):
            await doing.keep(parent, {**COMMAND, "name": "leaf"}, {"name": "twig"})
            await doing.do("PUT", parent, [COMMAND])
        await doing.keep(EMOJIS, {"name": "shrug", "image": still()}, {"name": "sigh"})
        await doing.do("PUT", "/applications/{application_id}/role-connections/metadata", [])
        await doing.do("PUT", CONNECTION, {"platform_name": "Elsewhere"}, there.bearer)
        await doing.do("DELETE", CONNECTION, None, there.bearer)
        await doing.do("PUT", TEMPLATE)
        await doing.do("PATCH", TEMPLATE, {"name": "like that"})
        await doing.do("DELETE", TEMPLATE)
        await doing.do("POST", "/guilds/{guild_id}/templates", {"name": "like this"})
    assert doing.done == {verb for verb in ALONE if (verb[0], shape(verb[1])) in asked()}

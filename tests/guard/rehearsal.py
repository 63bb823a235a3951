"""Before a verb is played, those who have no business with it try it, and are refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import aiohttp

from tests.api import Person, fits
from tests.guard.plays import Operation
from tests.guard.stage import Stage

ANYBODY: Final = frozenset(
    {
        ("POST", "/guilds"),
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"),
        ("PUT", "/channels/recipients/@me/batch-reject"),
    }
)
"""Verbs for everybody, and those whose path holds a secret; so is all that is one's own."""

_OWN: Final = ("/users/@me", "/webhooks/{webhook_id}/{webhook_token}")

MEMBERS: Final = frozenset(
    {
        ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"),
        ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}"),
        ("PATCH", "/guilds/{guild_id}/members/@me"),
        ("PATCH", "/guilds/{guild_id}/members/@me/nick"),
        ("POST", "/channels/{channel_id}/invites"),
        ("POST", "/channels/{channel_id}/messages"),
        ("POST", "/channels/{channel_id}/messages/{message_id}/threads"),
        ("POST", "/channels/{channel_id}/threads"),
        ("POST", "/channels/{channel_id}/typing"),
        ("POST", "/interactions"),
        ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"),
        ("PUT", "/channels/{channel_id}/recipients/@me"),
        ("PUT", "/channels/{channel_id}/thread-members/{user_id}"),
    }
)
"""What a member without any role may do beside what anybody may."""

UNHEARD: Final = {
    ("POST", "/guilds/{guild_id}/stickers"): "its form can be sent once only",
    ("PUT", "/invites/{code}/target-users"): "its form can be sent once only",
    ("POST", "/invites/{code}"): "for everybody; a newcomer plays it",
    ("PUT", "/guilds/{guild_id}/members/@me"): "for everybody; a newcomer plays it",
    ("PUT", "/guilds/{guild_id}/requests/@me"): "one's own; a newcomer plays it",
    ("POST", "/guilds/{guild_id}/requests/@me"): "one's own; a newcomer plays it",
    ("DELETE", "/guilds/{guild_id}/requests/@me"): "one's own; a newcomer plays it",
    ("POST", "/guilds/{guild_id}/requests/@me/ack"): "one's own; a newcomer plays it",
    ("POST", "/guilds/{guild_id}/requests/{request_id}/ack"): "one's own; a newcomer plays it",
}
"""Verbs that are not tried, each with the reason."""


class Rehearsal:
    """Of one verb: a stranger tries it, and a member where others than members act."""

    def __init__(self, stage: Stage, stranger: Person, verb: Operation) -> None:
        self.was_held = False
        self._stage, self._stranger, self._verb = stage, stranger, verb

    @contextmanager
    def before(self, *actors: Person) -> Iterator[None]:
        for actor in actors:
            actor.api.before = self._listener(actor)
        yield
        for actor in actors:
            actor.api.before = None

    def _listener(self, actor: Person) -> Any:
        async def before(method: str, path: str, body: Any) -> None:
            is_played = method == self._verb[0] and fits(self._verb[1], path)
            if is_played and not self.was_held and not isinstance(body, aiohttp.FormData):
                self.was_held = True
                await self._hold(actor, path, body)

        return before

    async def _hold(self, actor: Person, path: str, body: Any) -> None:
        if self._verb in ANYBODY or self._verb[1].startswith(_OWN):
            return
        await self._refused(self._stranger, path, body)
        if actor is not self._stage.member and self._verb not in MEMBERS:
            await self._refused(self._stage.member, path, body)

    async def _refused(self, person: Person, path: str, body: Any) -> None:
        reply = await person.call(self._verb[0], path, body)
        assert reply.status in {400, 403, 404}, f"{' '.join(self._verb)}: {reply.status}"
        assert reply.code, f"{' '.join(self._verb)}: refused without a reason"

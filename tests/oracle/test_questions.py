"""Every question of Discord's specification has its answer, and whom it is not for is refused."""

from typing import Final

from rift.doors.discord.rest import ENDPOINTS
from rift.permissions import Permission
from tests.calling import Reply
from tests.oracle.exhibition import Exhibition
from tests.oracle.sources import shape
from tests.oracle.test_scoreboard import asked
from tests.server import Server

FILES: Final = {
    "/guilds/{guild_id}/widget.png": "tests/nouns/test_widgets.py",
    "/invites/{code}/target-users": "tests/nouns/test_target_users.py",
}
"""Questions whose answer is no JSON, and where they are asked."""

QUESTIONS: Final = sorted(
    endpoint.path
    for endpoint in ENDPOINTS
    if endpoint.method == "GET"
    and ("GET", shape(endpoint.path)) in asked()
    and endpoint.path not in FILES
)
OF_BOTS: Final = {"/applications/@me", "/oauth2/applications/@me"}
OF_CONSENTS: Final = {"/oauth2/@me", "/users/@me/applications/{application_id}/role-connection"}
NOTHING: Final = {
    "/applications/{application_id}/activity-instances/{instance_id}": "activities do not exist",
    "/sticker-packs/{pack_id}": "stickers are not for sale",
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original": "of interactions: there",
}
"""Questions without an answer here, each with the reason."""

FOR_ALL: Final = {
    "/gateway",
    "/gateway/bot",
    "/guilds/templates/{template_code}",
    "/guilds/{guild_id}/widget.json",
    "/invites/{code}",
    "/oauth2/keys",
    "/oauth2/userinfo",
    "/soundboard-default-sounds",
    "/sticker-packs",
    "/stickers/{sticker_id}",
    "/users/@me",
    "/users/@me/connections",
    "/users/@me/guilds",
    "/users/{user_id}",
    "/voice/regions",
    "/webhooks/{webhook_id}/{webhook_token}",
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
}
"""What anybody may ask, of themselves or with the secret in the path."""


async def test_every_question_has_its_answer(server: Server) -> None:
    """By whom may ask it, held against the specification, and with a bucket named."""
    async with Exhibition.opened(server) as there:
        for path in QUESTIONS:
            asks = there.bot if path in OF_BOTS else there.owner.api
            reply = await (there.bearer if path in OF_CONSENTS else asks).call(
                "GET", there.path(path)
            )
            assert reply.status == 404 if path in NOTHING else reply.status in {200, 204}, (
                f"{path}: {reply.status} {reply.body}"
            )
            _check_headers(path, reply)


async def test_who_has_no_business_with_it_is_refused(server: Server) -> None:
    async with Exhibition.opened(server) as there:
        stranger = (await server.person()).api
        for path in QUESTIONS:
            reply = await stranger.call("GET", there.path(path))
            if path in FOR_ALL:
                assert reply.status == 200, f"{path}: {reply.status} {reply.body}"
            else:
                _check_refusal(path, reply)


async def test_who_does_not_see_the_channel_is_refused(server: Server) -> None:
    """A member all the same, but nobody except its owner sees it any more."""
    async with Exhibition.opened(server) as there:
        member = await server.person()
        await there.owner.bring(member, there.channel_id)
        hidden = {"type": 0, "deny": str(int(Permission.VIEW_CHANNEL))}
        await there.owner.put(f"/channels/{there.channel_id}/permissions/{there.guild_id}", hidden)
        for path in QUESTIONS:
            if path.startswith("/channels/"):
                _check_refusal(path, await member.call("GET", there.path(path)))


def _check_refusal(path: str, reply: Reply) -> None:
    assert reply.status in {401, 403, 404}, f"{path}: {reply.status} {reply.body}"
    assert reply.status == 401 or reply.code, f"{path}: refused without a reason"


def _check_headers(path: str, reply: Reply) -> None:
    wanted = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Bucket"}
    assert {name.lower() for name in wanted} <= {name.lower() for name in reply.headers}, path

"""The four endpoints: who calls, how often, what they may; then the work and its answer."""

import asyncio
import time
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bench.peers.starlette_app.limits import Bucket, Limiter
from bench.peers.starlette_app.models import (
    Channel,
    CreateMessage,
    CurrentUser,
    Member,
    Scene,
    TypingStart,
)
from bench.peers.starlette_app.permissions import SEND_MESSAGES, VIEW_CHANNEL, Permissions

_encode = msgspec.json.Encoder().encode


class StructResponse(Response):
    """A typed object as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return _encode(content)


class Endpoints:
    """All state is in memory: callers by token, one guild, and who listens to which channel."""

    me_bucket = Bucket("me", 1.0)
    channel_bucket = Bucket("channel", 1.0)
    typing_bucket = Bucket("typing", 5.0)
    messages_bucket = Bucket("messages", 5.0)

    def __init__(self, scene: Scene) -> None:
        users = {user.id: user for user in scene.users}
        self._callers = {token: users[user_id] for token, user_id in scene.tokens.items()}
        self._members = {member.user.id: member for member in scene.members}
        self._channels = {channel.id: channel for channel in scene.channels}
        self._guild_id = scene.guild.id
        self._permissions = Permissions(scene.guild, self._channels)
        self._limiter = Limiter()
        self._listeners: dict[str, AbstractSet[asyncio.Queue[bytes]]] = {}
        self._body = msgspec.json.Decoder(CreateMessage)
        self._message = scene.message
        self._last_id = int(scene.message["id"])

    async def me(self, request: Request) -> Response:
        caller = self._caller(request)
        headers = self._limiter.take(self.me_bucket, caller.id, "")
        return StructResponse(caller, headers=headers)

    async def channel(self, request: Request) -> Response:
        caller = self._caller(request)
        channel_id = request.path_params["channel_id"]
        headers = self._limiter.take(self.channel_bucket, caller.id, channel_id)
        channel, _ = self._enter(caller, channel_id, VIEW_CHANNEL)
        return StructResponse(channel, headers=headers)

    async def typing(self, request: Request) -> Response:
        caller = self._caller(request)
        channel_id = request.path_params["channel_id"]
        headers = self._limiter.take(self.typing_bucket, caller.id, channel_id)
        channel, member = self._enter(caller, channel_id, VIEW_CHANNEL | SEND_MESSAGES)
        event = TypingStart(
            channel_id=channel.id,
            user_id=caller.id,
            timestamp=int(time.time()),
            guild_id=self._guild_id,
            member=member,
        )
        self._publish("TYPING_START", channel.id, event)
        return Response(status_code=204, headers=headers)

    async def create_message(self, request: Request) -> Response:
        caller = self._caller(request)
        channel_id = request.path_params["channel_id"]
        headers = self._limiter.take(self.messages_bucket, caller.id, channel_id)
        channel, _ = self._enter(caller, channel_id, VIEW_CHANNEL | SEND_MESSAGES)
        body = self._body.decode(await request.body())
        self._last_id += 1
        message = self._message | {"id": str(self._last_id), "content": body.content}
        channel.last_message_id = message["id"]
        return StructResponse(message, headers=headers)

    def _caller(self, request: Request) -> CurrentUser:
        caller = self._callers.get(request.headers.get("authorization", ""))
        if caller is None:
            raise HTTPException(401, "401: Unauthorized")
        return caller

    def _enter(self, caller: CurrentUser, channel_id: str, needs: int) -> tuple[Channel, Member]:
        """A channel and the caller's member, if they may do what is needed there."""
        channel = self._channels.get(channel_id)
        if channel is None:
            raise HTTPException(404, "Unknown Channel")
        member = self._members.get(caller.id)
        if member is None:
            raise HTTPException(403, "Missing Access")
        if self._permissions.of(member, channel_id, datetime.now(UTC)) & needs != needs:
            raise HTTPException(403, "Missing Permissions")
        return channel, member

    def _publish(self, name: str, channel_id: str, event: TypingStart) -> None:
        """Hand an event to whoever listens to a channel, encoded once."""
        listeners = self._listeners.get(channel_id)
        if listeners:
            payload = _encode({"op": 0, "t": name, "d": event})
            for queue in listeners:
                queue.put_nowait(payload)


async def refused(_: Request, error: Exception) -> Response:
    """An error in the form that Discord's have."""
    assert isinstance(error, HTTPException)
    return JSONResponse({"message": error.detail, "code": 0}, error.status_code, error.headers)

"""The peer in Python: uvicorn and starlette doing what hot REST endpoints do, with no database.

usage: starlette_app.py PORT SCENE. The scene holds tokens and the very answers Rift gave.
"""

import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Scene(msgspec.Struct, frozen=True):
    """What the answers are made of."""

    tokens: dict[str, str]
    message: dict[str, Any]
    channel: dict[str, Any]
    user: dict[str, Any]


class CreateMessage(msgspec.Struct, frozen=True):
    """The body of a new message."""

    content: str = ""
    nonce: str | None = None
    tts: bool = False


class Bucket(msgspec.Struct):
    """What is left of one caller's allowance."""

    remaining: int
    reset: float


class Endpoints:
    """Four endpoints: look up the caller, count the call, decode, answer."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self._body = msgspec.json.Decoder(CreateMessage)
        self._encode = msgspec.json.Encoder().encode
        self._last_id = int(scene.message["id"])

    async def create_message(self, request: Request) -> Response:
        user_id = self._caller(request)
        channel_id = request.path_params["channel_id"]
        body = self._body.decode(await request.body())
        self._last_id += 1
        message = self._scene.message | {
            "id": str(self._last_id), "channel_id": channel_id, "content": body.content,
        }  # fmt: skip
        return self._answer(message, self._take(user_id, "messages", channel_id))

    async def channel(self, request: Request) -> Response:
        user_id = self._caller(request)
        channel_id = request.path_params["channel_id"]
        channel = self._scene.channel | {"id": channel_id}
        return self._answer(channel, self._take(user_id, "channel", channel_id))

    async def typing(self, request: Request) -> Response:
        user_id = self._caller(request)
        headers = self._take(user_id, "typing", request.path_params["channel_id"])
        return Response(status_code=204, headers=headers)

    async def me(self, request: Request) -> Response:
        return self._answer(self._scene.user, self._take(self._caller(request), "me", ""))

    def _caller(self, request: Request) -> str:
        return self._scene.tokens[request.headers["authorization"]]

    def _take(self, user_id: str, name: str, major: str) -> dict[str, str]:
        """The five headers, after one call is counted; the allowance never runs out here."""
        now = time.time()
        bucket = self._buckets.get((user_id, name, major))
        if bucket is None or bucket.reset <= now:
            bucket = self._buckets[user_id, name, major] = Bucket(1_000_000, now + 5.0)
        bucket.remaining -= 1
        return {
            "X-RateLimit-Limit": "1000000",
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{bucket.reset:.3f}",
            "X-RateLimit-Reset-After": f"{bucket.reset - now:.3f}",
            "X-RateLimit-Bucket": name,
        }

    def _answer(self, value: object, headers: dict[str, str]) -> Response:
        return Response(self._encode(value), 200, headers, "application/json")


def app(scene: Scene) -> Starlette:
    endpoints = Endpoints(scene)
    channel = "/api/v10/channels/{channel_id}"
    return Starlette(
        routes=[
            Route(channel + "/messages", endpoints.create_message, methods=["POST"]),
            Route(channel + "/typing", endpoints.typing, methods=["POST"]),
            Route(channel, endpoints.channel),
            Route("/api/v10/users/@me", endpoints.me),
        ]
    )


class _Server(uvicorn.Server):
    """uvicorn, saying when it listens."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        sys.stdout.write("ready\n")
        sys.stdout.flush()


def main(port: int, scene: Path) -> None:
    config = uvicorn.Config(
        app(msgspec.json.decode(scene.read_bytes(), type=Scene)),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    _Server(config).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

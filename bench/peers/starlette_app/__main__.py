"""Serves the peer; its arguments are a port and a scene file."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from bench.peers.starlette_app.endpoints import Endpoints, refused
from bench.peers.starlette_app.models import Scene


def app(scene: Scene) -> Starlette:
    endpoints = Endpoints(scene)
    channel = "/api/v10/channels/{channel_id}"
    return Starlette(
        routes=[
            Route("/api/v10/users/@me", endpoints.me),
            Route(channel, endpoints.channel),
            Route(channel + "/typing", endpoints.typing, methods=["POST"]),
            Route(channel + "/messages", endpoints.create_message, methods=["POST"]),
        ],
        exception_handlers={HTTPException: refused},
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
        date_header=False,
    )
    _Server(config).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

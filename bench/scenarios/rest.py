"""Hot REST endpoints: CPU per request, beside uvicorn and starlette doing the same."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from bench import peers
from bench.figures import Figure, interleaved, middle
from bench.load import STAMP, Load, Report, WrongAnswerError
from bench.rest import API, Client
from bench.stage import Stage
from bench.town import Person, Room

_CONNECTIONS: Final = 64
_LIMIT: Final = 0.4
_STORED: Final = "POST message"


def run(stage: Stage) -> Iterator[Figure]:
    room = stage.room(1)
    with tempfile.NamedTemporaryFile(suffix=".json") as scene:
        _write_scene(Path(scene.name), stage.cast.writers, room)
        with peers.starlette(Path(scene.name)) as peer:
            _check_answers(stage, room, peer)
            for name, request in _requests(room).items():
                yield from _compare(stage, room, peer, name, request)


def _requests(room: Room) -> dict[str, str]:
    channel = f"{API}/channels/{room.guild.channel_id}"
    body = f'{{"content":"{STAMP} {"x" * 120}","nonce":null,"tts":false}}'
    return {
        "GET /users/@me": f"0 GET {API}/users/@me",
        "GET /channels/{id}": f"0 GET {channel}",
        "POST typing": f"0 POST {channel}/typing",
        _STORED: f"0 POST {channel}/messages {body}",
    }


def _compare(
    stage: Stage, room: Room, peer: peers.Peer, name: str, request: str
) -> Iterator[Figure]:
    load = stage.timed(
        Load(
            port=stage.server.port,
            requests=[request],
            authorizations=room.authorizations,
            connections=_CONNECTIONS,
            awake=name != _STORED,
            server_pids=stage.server.pids,
            database_pid=stage.server.database_pid,
        )
    )
    theirs = replace(load, port=peer.port, server_pids=[peer.pid], database_pid=0)
    results = interleaved(stage.rounds, {"rift": load.run, "starlette": theirs.run})
    cpu = {who: middle(reports, _us) for who, reports in results.items()}
    stores = name == _STORED
    for who, reports in results.items():
        yield Figure(
            name=f"{name}, {who}", value=cpu[who], unit="us CPU",
            note=f"{middle(reports, lambda report: report.per_second):,.0f}/s",
        )  # fmt: skip
    yield Figure(
        name=f"{name}, rift : starlette",
        value=cpu["rift"] / cpu["starlette"],
        at_most=None if stores else _LIMIT,
        note="only rift writes it to the database and sends it on" if stores else "",
    )


def _write_scene(path: Path, writers: list[Person], room: Room) -> None:
    """What the peer knows: everything it needs for the very answers that Rift gives."""
    client = writers[0].client
    guild = f"/guilds/{room.guild.id}"
    scene = {
        "tokens": {one.authorization: one.id for one in writers},
        "users": [one.client.get("/users/@me") for one in writers],
        "message": client.post(f"/channels/{room.guild.channel_id}/messages", {"content": "x"}),
        "guild": client.get(guild),
        "members": [client.get(f"{guild}/members/{one.id}") for one in writers],
        "channels": [client.get(f"/channels/{room.guild.channel_id}")],
    }
    path.write_bytes(msgspec.json.encode(scene))


def _check_answers(stage: Stage, room: Room, peer: peers.Peer) -> None:
    """The peer gives the answers that Rift gives: the same headers, the same objects."""
    ports = (stage.server.port, peer.port)
    ours, theirs = (Client(port, room.authorizations[0]) for port in ports)
    channel = f"/channels/{room.guild.channel_id}"
    for method, path in (("GET", "/users/@me"), ("GET", channel), ("POST", f"{channel}/typing")):
        named, text = ours.answer(method, path)
        their_named, their_text = theirs.answer(method, path)
        if named != their_named or _objects(text) != _objects(their_text):
            raise WrongAnswerError(
                f"{method} {path}: {named} {text!r}, {their_named} {their_text!r}"
            )


def _objects(text: bytes) -> object:
    return msgspec.json.decode(text) if text else None


def _us(report: Report) -> float:
    return report.us_per_request

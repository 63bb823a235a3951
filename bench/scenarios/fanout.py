"""Fan-out: CPU of one more delivery of an event, beside a C server and npm `ws`."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from bench import peers
from bench.figures import Figure, interleaved, middle
from bench.load import STAMP, Load, Report
from bench.rest import API
from bench.stage import Stage, message_load
from bench.town import GUILD_MESSAGE_TYPING, INTENTS, Room

_BOTS: Final = 10


def run(stage: Stage) -> Iterator[Figure]:
    """One event at a time: the next is asked for when every socket has the last one.

    The event is TYPING_START, the largest that neither stores nor waits, so that it is the
    fan-out that is compared. What an event costs with a single socket, its request above all, is
    taken off on all three sides.
    """
    room = stage.room(_BOTS)
    room.guild.owner.client.patch(f"/guilds/{room.guild.id}/members/@me", {"nick": "n" * 32})
    room.guild.owner.client.patch("/users/@me", {"global_name": "g" * 32})
    size = _rift(stage, room, 1, 1).run().payload_size
    yield Figure(name="event", value=size, unit="bytes")
    with peers.epoll_fanout(size) as epoll, peers.ws_fanout(size) as ws:
        for sockets, limit in ((500, 1.2), (5000, 1.3)):
            events = stage.size(400_000, 100_000) // sockets
            measured = interleaved(
                stage.rounds,
                {
                    name: run
                    for name, loads in {
                        "rift": partial(_rift, stage, room),
                        "epoll": partial(_peer, epoll),
                        "ws": partial(_peer, ws),
                    }.items()
                    for name, run in (
                        (f"{name} alone", loads(1, min(events, 200)).run),
                        (name, loads(sockets, events).run),
                    )
                },
            )
            yield from _figures(sockets, limit, measured)


def _rift(stage: Stage, room: Room, sockets: int, events: int) -> Load:
    load = message_load(stage.server, [room], sockets)
    typing = f"0 POST {API}/channels/{room.guild.channel_id}/typing {{}}"
    return replace(
        _lockstep(load, events), requests=[typing], intents=INTENTS | GUILD_MESSAGE_TYPING
    )


def _peer(peer: peers.Peer, sockets: int, events: int) -> Load:
    load = Load(
        port=peer.port,
        raw=True,
        subscribers=sockets,
        tokens=[(0, "none")],
        requests=[f'0 POST /api/v10/channels/1/messages {{"content":"{STAMP}"}}'],
        server_pids=[peer.pid],
    )
    return _lockstep(load, events)


def _lockstep(load: Load, events: int) -> Load:
    return replace(load, lockstep=True, connections=1, warmup=0.5, seconds=60, events=events)


def _figures(sockets: int, limit: float, reports: dict[str, list[Report]]) -> Iterator[Figure]:
    servers = ("rift", "epoll", "ws")
    whole = {name: middle(found, _us_per_event) for name, found in reports.items()}
    cpu = {name: (whole[name] - whole[f"{name} alone"]) / (sockets - 1) for name in servers}
    for name in servers:
        rate = middle(reports[name], _rate)
        yield Figure(
            name=f"{name}, {sockets} sockets", value=cpu[name], unit="us CPU/delivery",
            note=f"{rate:,.0f} deliveries/s, {middle(reports[name], _segments):.2f} segments each; "
            f"the event itself {whole[f'{name} alone']:.0f} us more",
        )  # fmt: skip
    yield Figure(name=f"rift : C epoll, {sockets}", value=cpu["rift"] / cpu["epoll"], at_most=limit)
    yield Figure(name=f"npm ws : rift, {sockets}", value=cpu["ws"] / cpu["rift"], at_least=1.3)


def _us_per_event(report: Report) -> float:
    return report.us_per_request


def _rate(report: Report) -> float:
    return report.deliveries_per_second


def _segments(report: Report) -> float:
    return report.segments / report.deliveries

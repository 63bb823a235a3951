"""Fan-out: CPU per delivery of a 700-byte event, beside a C server and npm `ws`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench import peers
from bench.figures import Figure, interleaved, middle
from bench.load import STAMP, Load, Report
from bench.stage import Stage, message_load
from bench.town import Room

EVENT_BYTES: Final = 700
_BOTS: Final = 10


def run(stage: Stage) -> Iterator[Figure]:
    """One message at a time: the next is posted when every socket has the last one."""
    room = stage.room(_BOTS)
    probe = _rift(stage, room, 1, 1, 32).run().payload_size
    text = 32 + max(0, EVENT_BYTES - probe)
    size = probe + text - 32
    yield Figure(name="event", value=size, unit="bytes")
    alone = _rift(stage, room, 1, 200, text).run()
    yield Figure(
        name="message to 1 socket", value=alone.us_per_request, unit="us CPU",
        note="the POST itself, part of the figures below",
    )  # fmt: skip
    with peers.epoll_fanout(size) as epoll, peers.ws_fanout(size) as ws:
        for sockets, limit in ((500, 1.2), (5000, 1.3)):
            events = stage.size(400_000, 50_000) // sockets
            results = interleaved(
                stage.rounds,
                {
                    "rift": _rift(stage, room, sockets, events, text).run,
                    "epoll": _peer(epoll, sockets, events).run,
                    "ws": _peer(ws, sockets, events).run,
                },
            )
            yield from _figures(sockets, limit, results)


def _rift(stage: Stage, room: Room, sockets: int, events: int, text: int) -> Load:
    load = message_load(stage.server, [room], sockets)
    return replace(_lockstep(load, events), requests=[room.guild.post(size=text)])


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


def _figures(sockets: int, limit: float, results: dict[str, list[Report]]) -> Iterator[Figure]:
    cpu = {name: middle(reports, _us) for name, reports in results.items()}
    rate = {name: middle(reports, _rate) for name, reports in results.items()}
    for name in results:
        yield Figure(
            name=f"{name}, {sockets} sockets", value=cpu[name], unit="us CPU/delivery",
            note=f"{rate[name]:,.0f} deliveries/s",
        )  # fmt: skip
    yield Figure(name=f"rift : C epoll, {sockets}", value=cpu["rift"] / cpu["epoll"], at_most=limit)
    yield Figure(name=f"npm ws : rift, {sockets}", value=cpu["ws"] / cpu["rift"], at_least=1.3)


def _us(report: Report) -> float:
    return report.us_per_delivery


def _rate(report: Report) -> float:
    return report.deliveries_per_second

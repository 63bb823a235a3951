"""Listening sockets and stop signals."""

import asyncio
import resource
import signal
import socket
from typing import Final

from rift.app.failure import CannotStart

BACKLOG: Final = 2048
_CONNECTIONS: Final = 1 << 20
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def allow_many() -> None:
    """A connection is an open file, and the usual limit of 1024 is meant for other programs."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = _CONNECTIONS if most == resource.RLIM_INFINITY else min(_CONNECTIONS, most)
    if resource.RLIM_INFINITY != now < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, most))


def listen(host: str, port: int, *, shared: bool) -> socket.socket:
    """A listening socket; a shared one leaves room for other processes on the same port."""
    listening = bind(host, port, shared=shared)
    listening.listen(BACKLOG)
    return listening


def bind(host: str, port: int, *, shared: bool) -> socket.socket:
    """A bound socket, which keeps its port from others even when nobody listens on it yet."""
    try:
        return _bind(host, port, shared=shared)
    except OSError as error:
        raise CannotStart(
            f"Cannot listen on {host}:{port}: {error.strerror}.",
            "Choose another with --port (or PORT=... for make up), or stop what uses it.",
        ) from error


class Stop(asyncio.Event):
    """Set when the process is to end."""

    failed = False
    """Whether that is nobody's wish."""
    again = False
    """Whether it is to start anew afterwards."""

    def fail(self) -> None:
        self.failed = True
        self.set()


def stop_signal() -> Stop:
    """Set when the process is asked to stop."""
    stop = Stop()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    return stop


def _bind(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.setblocking(False)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening

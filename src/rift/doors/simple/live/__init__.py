"""The simple door's WebSocket: tagged JSON, a token in the first message."""

from rift.doors.simple.live.door import LiveDoor

__all__ = ["LiveDoor"]

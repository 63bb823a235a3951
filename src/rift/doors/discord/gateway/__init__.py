"""The gateway: sockets in, events out, as Discord's clients expect them."""

from rift.doors.discord.gateway.door import GatewayDoor

__all__ = ["GatewayDoor"]

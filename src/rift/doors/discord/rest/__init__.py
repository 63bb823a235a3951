"""Discord's REST API: the operations of every noun."""

from typing import Final

from rift.doors.discord.rest import auth, gateway, instance, messages, pins, reactions, users

ENDPOINTS: Final = (
    *auth.ENDPOINTS,
    *gateway.ENDPOINTS,
    *instance.ENDPOINTS,
    *messages.ENDPOINTS,
    *pins.ENDPOINTS,
    *reactions.ENDPOINTS,
    *users.ENDPOINTS,
)

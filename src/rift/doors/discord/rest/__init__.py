"""Discord's REST API: the operations of every noun."""

from typing import Final

from rift.doors.discord.rest import (
    auth,
    channels,
    gateway,
    guilds,
    instance,
    messages,
    pins,
    reactions,
    roles,
    users,
)

ENDPOINTS: Final = (
    *auth.ENDPOINTS,
    *channels.ENDPOINTS,
    *gateway.ENDPOINTS,
    *guilds.ENDPOINTS,
    *instance.ENDPOINTS,
    *messages.ENDPOINTS,
    *pins.ENDPOINTS,
    *reactions.ENDPOINTS,
    *roles.ENDPOINTS,
    *users.ENDPOINTS,
)

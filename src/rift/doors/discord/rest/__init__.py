"""Discord's REST API: the operations of every noun."""

from typing import Final

from rift.doors.discord.rest import (
    applications,
    auth,
    channels,
    gateway,
    guilds,
    instance,
    invites,
    messages,
    oauth2,
    pins,
    reactions,
    roles,
    users,
)

ENDPOINTS: Final = (
    *applications.ENDPOINTS,
    *auth.ENDPOINTS,
    *channels.ENDPOINTS,
    *gateway.ENDPOINTS,
    *guilds.ENDPOINTS,
    *instance.ENDPOINTS,
    *invites.ENDPOINTS,
    *messages.ENDPOINTS,
    *oauth2.ENDPOINTS,
    *pins.ENDPOINTS,
    *reactions.ENDPOINTS,
    *roles.ENDPOINTS,
    *users.ENDPOINTS,
)

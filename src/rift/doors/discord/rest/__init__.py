"""Discord's REST API: the operations of every noun."""

from typing import Final

from rift.doors.discord.rest import (
    applications,
    auditlog,
    auth,
    bans,
    channels,
    gateway,
    guilds,
    instance,
    invites,
    members,
    messages,
    oauth2,
    pins,
    reactions,
    roles,
    users,
)

ENDPOINTS: Final = (
    *applications.ENDPOINTS,
    *auditlog.ENDPOINTS,
    *auth.ENDPOINTS,
    *bans.ENDPOINTS,
    *channels.ENDPOINTS,
    *gateway.ENDPOINTS,
    *guilds.ENDPOINTS,
    *instance.ENDPOINTS,
    *invites.ENDPOINTS,
    *members.ENDPOINTS,
    *messages.ENDPOINTS,
    *oauth2.ENDPOINTS,
    *pins.ENDPOINTS,
    *reactions.ENDPOINTS,
    *roles.ENDPOINTS,
    *users.ENDPOINTS,
)

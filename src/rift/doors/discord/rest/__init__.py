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
    history,
    instance,
    invites,
    members,
    messages,
    oauth2,
    pins,
    purges,
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
    *history.ENDPOINTS,
    *instance.ENDPOINTS,
    *invites.ENDPOINTS,
    *members.ENDPOINTS,
    *messages.ENDPOINTS,
    *oauth2.ENDPOINTS,
    *pins.ENDPOINTS,
    *purges.ENDPOINTS,
    *reactions.ENDPOINTS,
    *roles.ENDPOINTS,
    *users.ENDPOINTS,
)

"""The table of the simple door's operations, one line each, and the dialect they share."""

from collections.abc import Sequence
from typing import Final

from rift.doors.http.endpoints import (
    MULTIPART,
    WITH_PICTURES,
    Authenticator,
    Bucket,
    Dialect,
    Surface,
    delete,
    get,
    patch,
    post,
    put,
)
from rift.doors.simple import (
    accounts,
    channels,
    ids,
    messages,
    roles,
    search,
    servers,
    shapes,
    translation,
)
from rift.doors.simple.page import Page

# Where an operation of the other door does the same, both draw from one bucket.
SEND: Final = Bucket("messages.send", 5, 5.0)
TYPING: Final = Bucket("typing", 5, 5.0)
_PAGE: Final = Bucket("messages.page", 5, 1.0)
_OVERRIDES: Final = Bucket("channels.overwrites", 10, 5.0)
_ASSIGN: Final = Bucket("members.roles", 10, 10.0)
_REACT: Final = Bucket("reactions", 1, 0.25)

_REACTION: Final = "/messages/{message_id}/reactions/{emoji}"
_OVERRIDE: Final = "/channels/{channel_id}/overrides/{target_id}"

ENDPOINTS: Final = (
    post("/auth/register", accounts.register, Bucket("register", 10, 10.0), status=201),
    post("/auth/login", accounts.login, Bucket("login", 10, 10.0)),
    post("/auth/refresh", accounts.refresh, Bucket("refresh", 10, 10.0)),
    post("/auth/logout", accounts.logout, status=204),
    get("/users/me", accounts.fetch_current, Bucket("users.me", 30, 10.0)),
    patch(
        "/users/me",
        accounts.modify_current,
        Bucket("users.modify", 10, 60.0),
        max_bytes=WITH_PICTURES,
    ),
    put("/users/me/password", accounts.change_password, Bucket("users.modify", 10, 60.0)),
    get("/users/{user_id}", accounts.fetch, Bucket("users.fetch", 30, 30.0)),
    post(
        "/servers",
        servers.create,
        Bucket("guilds.create", 10, 60.0),
        status=201,
        max_bytes=WITH_PICTURES,
    ),
    get("/servers", servers.list_own, Bucket("users.guilds", 10, 10.0)),
    get("/servers/{server_id}", servers.fetch),
    patch(
        "/servers/{server_id}",
        servers.modify,
        Bucket("guilds.modify", 10, 10.0),
        max_bytes=WITH_PICTURES,
    ),
    delete("/servers/{server_id}", servers.delete, Bucket("guilds.delete", 10, 10.0)),
    get("/servers/{server_id}/members", servers.list_members, Bucket("members", 10, 10.0)),
    get("/servers/{server_id}/presences", servers.list_presences, Bucket("presences", 10, 10.0)),
    post("/servers/{server_id}/join", servers.join, Bucket("invites.accept", 10, 10.0)),
    delete("/servers/{server_id}/members/{user_id}", servers.remove_member),
    post(
        "/servers/{server_id}/channels",
        channels.create,
        Bucket("channels.create", 20, 10.0),
        status=201,
    ),
    get("/servers/{server_id}/channels", channels.list_all),
    get("/channels/{channel_id}", channels.fetch),
    patch("/channels/{channel_id}", channels.modify, Bucket("channels.modify", 10, 10.0)),
    delete("/channels/{channel_id}", channels.delete, Bucket("channels.delete", 20, 10.0)),
    get("/channels/{channel_id}/overrides", channels.list_overrides),
    get(_OVERRIDE, channels.fetch_override),
    put(_OVERRIDE, channels.put_override, _OVERRIDES),
    delete(_OVERRIDE, channels.delete_override, _OVERRIDES),
    post("/channels/{channel_id}/typing", messages.start_typing, TYPING),
    post("/channels/{channel_id}/messages", messages.send, SEND, status=201),
    get("/channels/{channel_id}/messages", messages.page, _PAGE),
    post(
        "/upload",
        messages.upload,
        Bucket("attachments.create", 10, 10.0),
        status=201,
        media_types=(MULTIPART,),
        intake=messages.luggage,
    ),
    get("/messages/{message_id}", messages.fetch, Bucket("messages.fetch", 5, 1.0)),
    patch("/messages/{message_id}", messages.edit, Bucket("messages.edit", 5, 5.0)),
    delete("/messages/{message_id}", messages.delete, Bucket("messages.delete", 5, 1.0)),
    get("/messages/{message_id}/reactions", messages.list_reactions),
    get("/search", search.find, Bucket("search", 10, 10.0)),
    put(_REACTION, messages.react, _REACT, status=204),
    delete(_REACTION, messages.unreact, _REACT),
    get(_REACTION, messages.reactors, Bucket("reactions.users", 5, 1.0)),
    post("/dm/channels", channels.open_private, Bucket("channels.private", 10, 60.0), status=201),
    get("/dm/channels", channels.list_private),
    post("/dm/channels/{channel_id}/messages", messages.send_privately, SEND, status=201),
    get("/dm/channels/{channel_id}/messages", messages.page_privately, _PAGE),
    post("/servers/{server_id}/roles", roles.create, Bucket("roles.create", 20, 10.0), status=201),
    get("/servers/{server_id}/roles", roles.list_all),
    patch("/roles/{role_id}", roles.modify, Bucket("roles.modify", 20, 10.0)),
    delete("/roles/{role_id}", roles.delete, Bucket("roles.delete", 20, 10.0)),
    post("/roles/{role_id}/members/{user_id}", roles.give, _ASSIGN, status=204),
    delete("/roles/{role_id}/members/{user_id}", roles.take, _ASSIGN),
    post(
        "/servers/{server_id}/invites",
        servers.create_invite,
        Bucket("invites", 10, 10.0),
        status=201,
    ),
    get("/servers/{server_id}/invites", servers.list_invites),
    get("/invites/{code}", servers.fetch_invite, Bucket("invites.fetch", 20, 5.0)),
    delete("/invites/{code}", servers.delete_invite),
    get("/servers/{server_id}/audit-log", servers.audit_log, Bucket("auditlog", 10, 10.0)),
)


def surface(authenticator: Authenticator | None = None) -> Surface:
    """The operations; described without an authenticator, served with one."""
    dialect = Dialect(
        title="Rift's simple API",
        spell=translation.refusal,
        error=shapes.Refused,
        parse_id=ids.read,
        id_schema=ids.PATH_SCHEMA,
        authenticator=authenticator,
        schemes={"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
    )
    return Surface(("/api",), ENDPOINTS, dialect)


def surfaces(authenticator: Authenticator, version: str) -> Sequence[Surface]:
    """The operations, their description and the page that shows it."""
    described = surface(authenticator)
    return (*Page(described, version).surfaces(), described)

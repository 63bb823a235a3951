"""The operations on application commands."""

from typing import Final

from rift.core.commands import indexing, permitting
from rift.core.commands import verbs as commands
from rift.doors.http.endpoints import Bucket, Endpoint, delete, get, patch, post, put

_CHANGE: Final = Bucket("commands", 20, 20.0)
_OVERWRITE: Final = Bucket("commands.overwrite", 5, 20.0)
_SCOPES: Final = frozenset({"applications.commands.update"})
_EVERYWHERE: Final = "/applications/{application_id}/commands"
_IN_GUILD: Final = "/applications/{application_id}/guilds/{guild_id}/commands"

_GLOBAL: Final[tuple[Endpoint, ...]] = (
    get(_EVERYWHERE, commands.list_global, scopes=_SCOPES),
    post(_EVERYWHERE, commands.create_global, _CHANGE, status=201, scopes=_SCOPES),
    put(_EVERYWHERE, commands.overwrite_global, _OVERWRITE, scopes=_SCOPES),
    get(_EVERYWHERE + "/{command_id}", commands.fetch_global, scopes=_SCOPES),
    patch(_EVERYWHERE + "/{command_id}", commands.modify_global, _CHANGE, scopes=_SCOPES),
    delete(_EVERYWHERE + "/{command_id}", commands.delete_global, _CHANGE, scopes=_SCOPES),
)

_OF_GUILDS: Final[tuple[Endpoint, ...]] = (
    get(_IN_GUILD, commands.list_of_guild, scopes=_SCOPES),
    post(_IN_GUILD, commands.create_in_guild, _CHANGE, status=201, scopes=_SCOPES),
    put(_IN_GUILD, commands.overwrite_in_guild, _OVERWRITE, scopes=_SCOPES),
    get(_IN_GUILD + "/permissions", permitting.list_permissions, scopes=_SCOPES),
    get(_IN_GUILD + "/{command_id}", commands.fetch_in_guild, scopes=_SCOPES),
    patch(_IN_GUILD + "/{command_id}", commands.modify_in_guild, _CHANGE, scopes=_SCOPES),
    delete(_IN_GUILD + "/{command_id}", commands.delete_in_guild, _CHANGE, scopes=_SCOPES),
    get(_IN_GUILD + "/{command_id}/permissions", permitting.fetch_permissions, scopes=_SCOPES),
    put(_IN_GUILD + "/{command_id}/permissions", permitting.set_permissions, _CHANGE),
)

ENDPOINTS: Final = (
    *_GLOBAL,
    *_OF_GUILDS,
    get("/guilds/{guild_id}/application-command-index", indexing.of_guild),
    get("/channels/{channel_id}/application-command-index", indexing.of_channel),
    get("/users/@me/application-command-index", indexing.of_self),
    get("/applications/{application_id}/application-command-index", indexing.of_application),
)

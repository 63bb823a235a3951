"""The operations on widgets."""

from typing import Final

from rift.core.actor import Actor, Guest
from rift.core.unit import Unit
from rift.core.widgets import verbs as widgets
from rift.doors.http.endpoints import Bucket, get, patch
from rift.doors.http.messages import Answer, json_answer
from rift.snowflake import Snowflake
from rift.wire.widgets import WidgetImageQuery

_FOR_ALL_PAGES: Final = b"Access-Control-Allow-Origin: *\r\nCache-Control: public, max-age=60\r\n"
_PNG: Final = b"Content-Type: image/png\r\nX-Content-Type-Options: nosniff\r\n"


async def fetch(unit: Unit, actor: Actor | Guest, guild_id: Snowflake) -> Answer:
    """What a guild shows of itself, on whatever page asks."""
    shown = await widgets.fetch(unit, actor, guild_id)
    return json_answer(200, shown).with_head(_FOR_ALL_PAGES)


async def draw(
    unit: Unit,
    actor: Actor | Guest,  # noqa: ARG001 - everybody may see it
    guild_id: Snowflake,
    query: WidgetImageQuery,
) -> Answer:
    """The same as a picture."""
    return Answer(200, await widgets.draw(unit, guild_id, query), _PNG + _FOR_ALL_PAGES)


ENDPOINTS: Final = (
    get("/guilds/{guild_id}/widget", widgets.fetch_settings),
    patch("/guilds/{guild_id}/widget", widgets.modify_settings, Bucket("widgets", 5, 10.0)),
    get("/guilds/{guild_id}/widget.json", fetch, Bucket("widgets.fetch", 30, 10.0)),
    get("/guilds/{guild_id}/widget.png", draw, Bucket("widgets.draw", 30, 10.0)),
)

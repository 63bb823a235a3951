"""Where the gateway is, and how often a bot may begin there."""

from typing import Final

from rift.core.actor import Actor
from rift.core.unit import Unit
from rift.doors.http.endpoints import Bucket, get
from rift.doors.http.messages import Request
from rift.wire.gateway import Gateway, GatewayBot, SessionStartLimit
from rift.world import loading

_GUILDS_PER_SHARD: Final = 1000


def gateway_url(public_url: str, request: Request) -> str:
    """By the way the request came, unless the operator says otherwise."""
    origin = public_url.rstrip("/") or request.origin
    return origin.replace("http", "ws", 1) + "/gateway"


async def where(unit: Unit, request: Request) -> Gateway:
    """Get the address of the gateway."""
    return Gateway(url=gateway_url(unit.settings.server.public_url, request))


async def where_for_bots(unit: Unit, actor: Actor, request: Request) -> GatewayBot:
    """Get the address of the gateway, the shards it recommends and the starts that are left."""
    guilds = await loading.guilds_of_user(unit.house.pool, actor.id)
    settings = unit.settings.gateway
    left, reset_after_s = unit.house.starts.remaining(actor.session_id, unit.now().timestamp())
    return GatewayBot(
        url=gateway_url(unit.settings.server.public_url, request),
        shards=max(1, -(-len(guilds) // _GUILDS_PER_SHARD)),
        session_start_limit=SessionStartLimit(
            total=settings.identifies_per_day,
            remaining=left,
            reset_after=int(reset_after_s * 1000),
            max_concurrency=settings.max_concurrency,
        ),
    )


ENDPOINTS: Final = (
    get("/gateway", where, Bucket("gateway", 50, 1.0)),
    get("/gateway/bot", where_for_bots, Bucket("gateway.bot", 10, 1.0)),
)

"""Who may begin a session: token, intents, shard and how often; and the greeting."""

import time
from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, UnsetType

from rift.core.actor import Actor
from rift.core.applications import verbs as applications
from rift.core.house import House
from rift.core.join_requests import following as join_requests
from rift.core.notes import verbs as notes
from rift.core.notifications import everywhere
from rift.core.notifications import verbs as notifications
from rift.core.private_channels import seeing
from rift.core.reading import opening
from rift.core.relationships import verbs as relationships
from rift.core.settings import protos
from rift.core.settings import verbs as settings_of
from rift.core.unit import Unit
from rift.doors.discord.gateway.greeting import Papers
from rift.doors.discord.gateway.hub import Hub
from rift.doors.discord.gateway.ready import ready
from rift.doors.discord.gateway.session import Session
from rift.doors.discord.gateway.socket import Socket
from rift.errors import Unauthorized
from rift.protocols.gateway import (
    Capabilities,
    CloseCode,
    Closing,
    Intents,
    bot_intents,
    check_shard,
    user_intents,
)
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Snowflake
from rift.wire.applications import PartialApplication
from rift.wire.gateway import Identify
from rift.wire.limits import Json
from rift.wire.ready import SessionClient
from rift.world import loading

_CONCURRENCY_S: Final = 5.0
_GUILDS_PER_SHARD: Final = 2500
_PRELOADED: Final = 1
"""The type of those settings in protocol buffers that clients need from the beginning."""
_SYSTEMS: Final = {
    "windows": "windows",
    "mac os x": "osx",
    "linux": "linux",
    "android": "android",
    "ios": "ios",
}

_ALL_CAPABILITIES: Final = Capabilities(sum(Capabilities))

_PRIVILEGED_BY: Final = {
    Intents.GUILD_PRESENCES: 1 << 12 | 1 << 13,
    Intents.GUILD_MEMBERS: 1 << 14 | 1 << 15,
    Intents.MESSAGE_CONTENT: 1 << 18 | 1 << 19,
}
"""The application flags, full or limited, that switch a privileged intent on."""


class Admission:
    """Makes sessions for those who may have one."""

    def __init__(self, house: House, hub: Hub) -> None:
        settings = house.settings.gateway
        self._house = house
        self._hub = hub
        self._limited = house.settings.server.rate_limits
        self._daily = house.starts
        self._at_once = Throttle(settings.max_concurrency, _CONCURRENCY_S)
        self._per_token = Throttle(settings.connects_per_token, 60.0)

    async def new_session(self, socket: Socket, identify: Identify) -> Session | None:
        """A session, or None where the client was told to wait; raises Closing."""
        actor = await self._actor(identify.token)
        shard = None if identify.shard is None else check_shard(identify.shard)
        flags = await self._flags(actor)
        if actor.bot:
            switched_on = (bit for bit, mask in _PRIVILEGED_BY.items() if flags & mask)
            intents = bot_intents(identify.intents, Intents(sum(switched_on)))
        else:
            intents = user_intents(identify.intents)
        if not self._may_begin(actor, shard):
            socket.reject(resumable=False)
            return None
        settings = self._house.settings.gateway
        session = Session(
            actor,
            intents,
            journal=self._hub.journal,
            own_bytes=settings.session_bytes,
            shard=shard,
            shows_content=not actor.bot or bool(intents & Intents.MESSAGE_CONTENT),
            large_threshold=max(identify.large_threshold, 50),
        )
        session.capabilities = None if actor.bot else _capabilities(identify)
        session.client = _client(identify.properties)
        return session

    async def guilds(self, session: Session) -> list[Snowflake]:
        """The guilds a session is to be shown."""
        mine = await loading.guilds_of_user(self._house.pool, session.actor.id)
        guilds = [id_ for id_ in mine if session.serves(id_)]
        if session.actor.bot and len(guilds) > _GUILDS_PER_SHARD:
            raise Closing(CloseCode.SHARDING_REQUIRED)
        return guilds

    async def greet(
        self, socket: Socket, session: Session, papers: Papers | None
    ) -> Sequence[Snowflake]:
        """Send READY; the guilds that are to follow."""
        actor = session.actor
        guilds = await self.guilds(session)
        application = None
        if actor.application_id is not None:
            flags = await self._flags(actor)
            application = PartialApplication(id=actor.application_id, flags=flags)
        greeting = ready(
            session,
            actor.account,
            guilds,
            version=socket.version,
            url=socket.url,
            application=application,
            papers=papers,
        )
        session.begin(self._hub.event("READY", greeting))
        return guilds

    async def papers(self, session: Session) -> Papers:
        """What is a person's own, as of a moment they hear changes from."""
        actor, can = session.actor, session.capabilities or Capabilities(0)
        async with Unit(self._house, reading=True) as unit:
            return Papers(
                private_channels=await seeing.opened(unit, actor.id),
                relationships=await relationships.list_own(unit, actor),
                read_states=await opening.read_states(unit, actor),
                guild_settings=await notifications.everything(unit, actor),
                notification_settings=await everywhere.fetch(unit, actor),
                settings=await settings_of.fetch(unit, actor),
                proto=await protos.load(unit, actor, _PRELOADED),
                join_requests=await join_requests.active(unit, actor.id),
                notes=(
                    UNSET
                    if Capabilities.LAZY_USER_NOTES in can
                    else await notes.list_own(unit, actor)
                ),
            )

    async def _actor(self, token: str) -> Actor:
        try:
            return await self._house.tokens.resolve_token(token)
        except Unauthorized as error:
            raise Closing(CloseCode.AUTHENTICATION_FAILED) from error

    async def _flags(self, actor: Actor) -> int:
        if not actor.bot:
            return 0
        async with Unit(self._house, reading=True) as unit:
            return await applications.flags(unit, actor)

    def _may_begin(self, actor: Actor, shard: tuple[int, int] | None) -> bool:
        """Within five seconds one session for each rate limit key, and so many a day."""
        if not self._limited:
            return True
        now = time.monotonic()
        if self._per_token.attempt(actor.session_id, now) > 0:
            return False
        if not actor.bot:
            return True
        key = (shard[0] if shard else 0) % self._house.settings.gateway.max_concurrency
        if self._at_once.attempt((actor.session_id, key), now) > 0:
            return False
        return self._daily.attempt(actor.session_id, time.time()) == 0


def _capabilities(identify: Identify) -> Capabilities | None:
    asked = identify.capabilities
    return None if isinstance(asked, UnsetType) else _ALL_CAPABILITIES & asked


def _client(properties: Json) -> SessionClient:
    """What a client says it is, in the words there are for it."""
    system = str(properties.get("os") or properties.get("$os") or "").lower()
    browser = str(properties.get("browser") or properties.get("$browser") or "").lower()
    if browser in {"discord android", "discord ios"}:
        kind = "mobile"
    else:
        kind = "desktop" if browser == "discord client" else "web"
    return SessionClient(client=kind, os=_SYSTEMS.get(system, "unknown"))

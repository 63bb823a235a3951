"""The parts that verbs work with, built once by the composition root."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from rift.bus import Bus
from rift.config import Settings
from rift.core.accounts.access_tokens import AccessTokens
from rift.core.accounts.identities import Identities
from rift.core.accounts.jwts import Jwts
from rift.core.accounts.keys import Vault
from rift.core.accounts.passwords import Passwords
from rift.core.accounts.throttles import Throttles
from rift.core.accounts.tokens import Tokens
from rift.core.automod.sentry import Sentry
from rift.core.bells import Bells
from rift.core.console.choices import Choices
from rift.core.durability import NOTHING, Durability
from rift.core.gifs.library import Library
from rift.core.interactions.desk import Desk
from rift.core.links import Links
from rift.core.messages.inbox import Inbox
from rift.core.pushes.interest import Interest
from rift.core.pushes.vapid import Vapid
from rift.core.widgets.shelf import Shelf
from rift.db.claims import Claims
from rift.db.pool import Pool
from rift.fetching import Fetcher
from rift.files import Store
from rift.media import Workshop
from rift.media.clamd import Clamd
from rift.protocols.ratelimit import Throttle
from rift.snowflake import Generator
from rift.world import World

Clock = Callable[[], datetime]


class House(msgspec.Struct, kw_only=True, eq=False, frozen=True):
    """One process's share of an instance."""

    settings: Settings
    pool: Pool
    bus: Bus
    world: World
    ids: Generator
    clock: Clock
    passwords: Passwords
    tokens: Tokens
    jwts: Jwts
    access_tokens: AccessTokens
    identities: Identities
    vault: Vault
    throttles: Throttles
    inbox: Inbox
    files: Store
    fetcher: Fetcher
    messenger: Fetcher
    """What sends to where somebody's devices are reached; the fetcher only ever gets."""
    caller: Fetcher
    """What tells applications at the URLs their owners have named."""
    desk: Desk
    sentry: Sentry
    workshop: Workshop
    links: Links
    starts: Throttle
    """How many gateway sessions each token began today."""
    interest: Interest
    choices: Choices
    bells: Bells
    began: datetime
    widgets: Shelf = msgspec.field(default_factory=Shelf)
    """The pictures of widgets that were drawn lately."""
    durable: Durability = NOTHING
    """The events some outlet must not miss; they are written to the outbox."""
    gifs: Library | None = None
    """Where GIFs are looked for, where the operator has a key."""
    vapid: Vapid | None = None
    """What pushes are signed with, where the operator lets any be sent."""
    clamd: Clamd | None = None
    """Who is asked about uploads, where the operator has a virus scanner."""
    claims: Claims | None = None
    """What of the instance this process alone holds, where it stays to serve."""

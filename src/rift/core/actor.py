"""Who is asking: an authenticated actor, or a guest without a token."""

from datetime import datetime
from typing import Protocol

import msgspec

from rift import errors
from rift.snowflake import Snowflake
from rift.wire.users import CurrentUser, User


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What a user lets an application do for them."""

    application_id: Snowflake
    scopes: frozenset[str]
    expires_at: datetime


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A caller whose token was checked; the same object serves all requests of one session."""

    user: User
    account: CurrentUser
    """The same user as shown to themselves alone."""
    session_id: Snowflake
    application_id: Snowflake | None = None
    reason: str | None = None
    grant: Grant | None = None
    """Set where an application asks for the user: only what names its scopes is open to it."""

    @property
    def id(self) -> Snowflake:
        return self.user.id

    @property
    def bot(self) -> bool:
        return self.application_id is not None

    def must_be_person(self) -> None:
        """Refuse bots what is for people only."""
        if self.bot:
            raise errors.BotsForbidden


class Speaker(Protocol):
    """Whoever writes: an actor, or what writes for somebody."""

    @property
    def id(self) -> Snowflake:
        """Whose emojis and stickers they write with."""
        ...

    @property
    def application_id(self) -> Snowflake | None: ...

    @property
    def bot(self) -> bool: ...


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """A caller without a token; the address is what attempts are counted by."""

    address: str
    user_agent: str = ""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody came, for the few verbs to which that matters."""

    address: str
    user_agent: str = ""
    origin: str = ""
    """The scheme and host they used."""
    locale: str = ""
    """The language they would like to be answered in, where they say so."""
    proof: str = ""
    """What they brought to show that they proved a second factor just now."""

"""Tokens: how they are made, and the memory of checked ones that spares the hot path its SQL."""

import base64
import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from msgspec import UNSET, structs

from rift.core.accounts.rows import account_from_row
from rift.core.actor import Actor, Grant
from rift.core.oauth2 import queries as oauth2_queries
from rift.db.pool import Pool
from rift.errors import InvalidOauthToken, Unauthorized
from rift.snowflake import Snowflake
from rift.wire.users import CurrentUser, User

_SECRET_BYTES: Final = 32
_REMEMBERED: Final = 100_000
_LONGEST: Final = 256
_BEARER: Final = "bearer "

FIND: Final = """
select
    sessions.id as session_id, sessions.kind, applications.id as application_id,
    users.id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags, users.flags as public_flags,
    users.locale, users.email, (users.email is null or users.verified) as verified, users.bio,
    case when not users.bot then array(
        select distinct case factors.kind when 'passkey' then 1 else 2 end
        from factors
        where factors.user_id = users.id and factors.kind in ('totp', 'passkey')
        order by 1
    ) end as authenticator_types,
    case when not users.bot then users.instance_owner end as admin,
    exists (
        select from factors
        where factors.user_id = coalesce(applications.owner_id, users.id)
            and factors.kind in ('totp', 'passkey')
    ) as mfa_enabled
from sessions
join users on users.id = sessions.user_id
left join applications on applications.bot_id = users.id
where (sessions.token_hash = $1 or sessions.id = $2)
    and (sessions.expires_at is null or sessions.expires_at > now())
    and not users.disabled
"""

USED: Final = """
update sessions
set used_at = now(), expires_at = now() + (expires_at - used_at)
where id = $1 and used_at < now() - interval '10 minutes'
"""


class _Session(NamedTuple):
    """A session as a key of the memory; being no text, no header can be equal to it."""

    id: str


def new_token(user_id: str) -> str:
    """Three parts as Discord has them: whose it is, a salt, the secret."""
    owner = base64.urlsafe_b64encode(user_id.encode()).decode().rstrip("=")
    return f"{owner}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(_SECRET_BYTES)}"


def token_hash(token: str) -> bytes:
    """What is kept of a token; it is random enough to need no salt."""
    return hashlib.sha256(token.encode()).digest()


class Tokens:
    """Who is behind an Authorization header; `Bot` tokens only work with that prefix.

    What was looked up stays in memory until its session is revoked or newer ones push it out.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._actors: dict[str | _Session, Actor] = {}
        self._headers: defaultdict[str, set[str | _Session]] = defaultdict(set)
        self._before_sweep: list[str | _Session] = []
        self._changes = 0

    def lookup(self, header: str) -> Actor | None:
        """The caller, if this process knows the header."""
        return self._actors.get(header)

    async def resolve(self, header: str) -> Actor:
        """The caller, or Unauthorized."""
        actor = self._actors.get(header)
        if actor is None:
            if header[: len(_BEARER)].lower() == _BEARER:
                return await self._bearer(header[len(_BEARER) :])
            before = self._changes
            actor = await self._find(header)
            self._remember(header, actor, before)
        return actor

    async def resolve_token(self, token: str) -> Actor:
        """The same for a bare token of either kind, as gateways send it."""
        known = self._actors.get(token) or self._actors.get(f"Bot {token}")
        if known is not None:
            return known
        before = self._changes
        row = await self._row(token)
        header = token if row["kind"] == "user" else f"Bot {token}"
        actor = _actor(row)
        self._remember(header, actor, before)
        return actor

    def lookup_session(self, session_id: str) -> Actor | None:
        """Whose session it is, if this process knows it."""
        return self._actors.get(_Session(session_id))

    async def resolve_session(self, session_id: str) -> Actor:
        """Whose session it is, or Unauthorized; the way in for who proved it by other means."""
        known = self._actors.get(_Session(session_id))
        if known is not None:
            return known
        before = self._changes
        row = await self._used(None, session_id)
        if row["kind"] != "user":
            raise Unauthorized
        actor = _actor(row)
        self._remember(_Session(session_id), actor, before)
        return actor

    def forget(self, session_ids: Iterable[str]) -> None:
        """Let revoked sessions be unknown at once, and renewed ones be looked up again."""
        self._changes += 1
        gone = set(session_ids)
        for header in [key for key, actor in self._actors.items() if actor.session_id in gone]:
            self._drop(header)

    def rename(self, account: CurrentUser) -> None:
        """The user behind some headers has a new name, face or address."""
        self._changes += 1
        user = _shown(account)
        for header in self._headers.get(user.id, ()):
            actor = self._actors[header]
            self._actors[header] = structs.replace(actor, user=user, account=account)

    def sweep(self) -> None:
        """Look those up again who were known at the last sweep: their sessions live by being used.

        What another process revoked and a broken bus did not tell ends here as well.
        """
        for header in self._before_sweep:
            if header in self._actors:
                self._drop(header)
        self._before_sweep = list(self._actors)

    async def _find(self, header: str) -> Actor:
        scheme, _, rest = header.rpartition(" ")
        kind = {"": "user", "Bot": "bot"}.get(scheme)
        row = await self._row(rest)
        if row["kind"] != kind:
            raise Unauthorized
        return _actor(row)

    async def _bearer(self, token: str) -> Actor:
        """The user an application asks for. Never remembered, so it ends the moment it is ended."""
        row = None
        if len(token) <= _LONGEST:
            row = await self._pool.fetchrow(oauth2_queries.BEARER, token_hash(token))
        if row is None:
            raise InvalidOauthToken
        return _granted_actor(dict(row))

    async def _row(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST:
            raise Unauthorized
        return await self._used(token_hash(token), None)

    async def _used(self, hashed: bytes | None, session_id: str | None) -> dict[str, Any]:
        row = await self._pool.fetchrow(FIND, hashed, session_id)
        if row is None:
            raise Unauthorized
        await self._pool.execute(USED, row["session_id"])
        return dict(row)

    def _remember(self, header: str | _Session, actor: Actor, before: int) -> None:
        if before != self._changes:
            return  # a session was revoked while this one was read: it may be the one
        if len(self._actors) >= _REMEMBERED:
            self._drop(next(iter(self._actors)))
        self._actors[header] = actor
        self._headers[actor.id].add(header)

    def _drop(self, header: str | _Session) -> None:
        actor = self._actors.pop(header)
        self._headers[actor.id].discard(header)
        if not self._headers[actor.id]:
            del self._headers[actor.id]


def _actor(row: dict[str, Any]) -> Actor:
    account = account_from_row(row)
    return Actor(
        user=_shown(account),
        account=account,
        session_id=Snowflake(row["session_id"]),
        application_id=row["application_id"],
    )


def _granted_actor(row: dict[str, Any]) -> Actor:
    """The account shows no more than the scopes allow, whoever looks at it."""
    scopes = frozenset(row["scopes"])
    account = account_from_row(row)
    if "email" not in scopes:
        account = structs.replace(account, email=UNSET, verified=UNSET)
    return Actor(
        user=_shown(account),
        account=account,
        session_id=Snowflake(row["grant_id"]),
        grant=Grant(
            application_id=row["application_id"], scopes=scopes, expires_at=row["expires_at"]
        ),
    )


def _shown(account: CurrentUser) -> User:
    """What everybody may see of an account."""
    return User(**{field: getattr(account, field) for field in User.__struct_fields__})

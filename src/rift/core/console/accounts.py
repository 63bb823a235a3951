"""What an owner of the instance sees of accounts, and does for those locked out of theirs."""

from datetime import timedelta
from typing import Final

from rift import errors
from rift.core import access
from rift.core.actor import Actor, Visit
from rift.core.console import deeds, queries
from rift.core.mails import tokens
from rift.core.mails.orders import Kind
from rift.core.messages import people
from rift.core.unit import Row, Unit
from rift.core.users import verbs as users
from rift.snowflake import MAX, Snowflake, created_at
from rift.wire.console import Account, Accounts, AccountsQuery, PasswordLink

_LAST_OWNER: Final = "Somebody has to own this instance: make another one its owner first."
_NO_ADDRESS: Final = ""
"""The link was handed over, and proves no address."""


async def page(unit: Unit, actor: Actor, query: AccountsQuery) -> Accounts:
    """Accounts, bots among them, the newest first."""
    await access.instance(unit, actor)
    words = query.query.strip()
    before = query.before or str(MAX)
    rows = await unit.all(queries.ACCOUNTS, words, query.kind, before, query.limit)
    counted = await unit.one(queries.COUNT_ACCOUNTS, words, query.kind)
    return Accounts(users=[_shown(row) for row in rows], total=counted["count"])


async def make_admin(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Let somebody own the instance as well."""
    await access.instance(unit, actor)
    if (await _person(unit, user_id))["instance_owner"]:
        return
    await unit.run(queries.GRANT, user_id)
    await users.tell(unit, user_id)
    await deeds.note(unit, actor, "admin_grant", user_id)


async def revoke_admin(unit: Unit, actor: Actor, user_id: Snowflake) -> None:
    """Let somebody own it no longer; one owner there is always."""
    await access.instance(unit, actor)
    owners = {row["id"] for row in await unit.all(queries.OWNERS)}
    if not (await _person(unit, user_id))["instance_owner"]:
        return
    if owners <= {user_id}:
        raise errors.Conflict(_LAST_OWNER)
    await unit.run(queries.REVOKE, user_id)
    await users.tell(unit, user_id)
    await deeds.note(unit, actor, "admin_revoke", user_id)


async def link_to_password(
    unit: Unit, actor: Actor, visit: Visit, user_id: Snowflake
) -> PasswordLink:
    """A link to a new password for somebody, to be handed over; an earlier one stays good."""
    await access.instance(unit, actor)
    await _person(unit, user_id)
    token = await tokens.make(unit, Kind.RESET, user_id, _NO_ADDRESS)
    await deeds.note(unit, actor, "password_link", user_id)
    good: timedelta = tokens.lifetime(unit, Kind.RESET)
    site = unit.settings.server.public_url.rstrip("/") or visit.origin
    url = f"{site}/reset#token={token}"
    return PasswordLink(url=url, expires_at=unit.now() + good)


async def _person(unit: Unit, user_id: Snowflake) -> Row:
    row = await unit.maybe(queries.PERSON, user_id)
    if row is None:
        raise errors.UnknownUser
    return row


def _shown(row: Row) -> Account:
    return Account(
        user=people.user_from_row(row, "id"),
        email=row["email"],
        admin=row["instance_owner"],
        disabled=row["disabled"],
        barred=row["barred"],
        leaves_at=row["leaves_at"],
        mfa_enabled=row["mfa_enabled"],
        created_at=created_at(row["id"]),
        last_seen_at=row["last_seen_at"],
        sessions=row["sessions"],
        guilds=row["guilds"],
        storage_bytes=int(row["storage"]),
    )

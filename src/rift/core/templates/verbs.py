"""What can be done with templates."""

import secrets
import string
from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor, Guest
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.messages import people
from rift.core.templates import patterns, queries
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.guilds import Guild
from rift.wire.templates import CreateTemplate, ModifyTemplate, Pattern, Template, UseTemplate

_ALPHABET: Final = string.ascii_letters + string.digits
_CODE_LENGTH: Final = 12
_MANAGE: Final = Permission.MANAGE_GUILD


async def fetch(
    unit: Unit,
    actor: Actor | Guest,  # noqa: ARG001 - whoever has the code may see it
    template_code: str,
) -> Template:
    """A template, as those see it who may make a guild of it."""
    return _template(await _row(unit, template_code))


async def use(unit: Unit, actor: Actor, template_code: str, body: UseTemplate) -> Guild:
    """Found a guild after a template."""
    pattern = _template(await _row(unit, template_code)).serialized_source_guild
    guild = await guilds.create(unit, actor, patterns.form(pattern, body))
    await unit.run(queries.COUNT_USE, template_code)
    return guild


async def list_of_guild(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Template]:
    """The template of a guild, if it has one; and whether the guild has changed since."""
    hall = await access.guild(unit, actor, guild_id, _MANAGE)
    rows = await unit.all(queries.OF_GUILD, guild_id)
    return [_compared(unit, hall, _template(row)) for row in rows]


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateTemplate) -> Template:
    """Make a guild the pattern of others, as it is now."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    pattern = msgspec.to_builtins(patterns.of_guild(hall, unit.now()))
    said = (body.name, body.description, unit.now(), pattern)
    if not await unit.run(queries.INSERT, code, guild_id, actor.id, *said):
        raise errors.TemplateExists
    return _template(await unit.one(queries.BY_CODE, code))


async def synchronise(
    unit: Unit, actor: Actor, guild_id: Snowflake, template_code: str
) -> Template:
    """Bring a template up to date."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    await _of_guild(unit, hall, template_code)
    pattern = msgspec.to_builtins(patterns.of_guild(hall, unit.now()))
    await unit.run(queries.UPDATE, template_code, {"snapshot": pattern, "updated_at": unit.now()})
    return _template(await unit.one(queries.BY_CODE, template_code))


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, template_code: str, body: ModifyTemplate
) -> Template:
    """Give a template another name or description."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    await _of_guild(unit, hall, template_code)
    given = {"name": body.name, "description": body.description}
    columns = {field: value for field, value in given.items() if value is not UNSET}
    await unit.run(queries.UPDATE, template_code, columns)
    return _compared(unit, hall, _template(await unit.one(queries.BY_CODE, template_code)))


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, template_code: str) -> Template:
    """Let nobody use a template any more."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    template = await _of_guild(unit, hall, template_code)
    await unit.run(queries.DELETE, template_code)
    return template


async def _of_guild(unit: Unit, hall: Hall, code: str) -> Template:
    template = _template(await _row(unit, code))
    if template.source_guild_id != hall.guild.id:
        raise errors.UnknownTemplate
    return template


async def _row(unit: Unit, code: str) -> Row:
    row = await unit.maybe(queries.BY_CODE, code)
    if row is None:
        raise errors.UnknownTemplate
    return row


def _compared(unit: Unit, hall: Hall, template: Template) -> Template:
    dirty = patterns.of_guild(hall, unit.now()) != template.serialized_source_guild
    return msgspec.structs.replace(template, is_dirty=dirty)


def _template(row: Any) -> Template:
    return Template(
        code=row["code"],
        name=row["name"],
        description=row["description"],
        usage_count=row["usage_count"],
        creator_id=row["creator_id"],
        creator=people.user_from_row(row, "creator_id"),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        source_guild_id=row["guild_id"],
        serialized_source_guild=msgspec.convert(row["snapshot"], Pattern),
    )

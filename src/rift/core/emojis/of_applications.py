"""What can be done with the emojis of an application, which only its bot says things with."""

from msgspec import UNSET

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import queries as application_queries
from rift.core.applications import verbs as applications
from rift.core.emojis import queries, shapes
from rift.core.expressions import keeping
from rift.core.pictures import uris
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.snowflake import Snowflake
from rift.wire.emojis import (
    ApplicationEmojis,
    CreateApplicationEmoji,
    Emoji,
    ModifyApplicationEmoji,
)


async def list_all(unit: Unit, actor: Actor, application_id: Snowflake) -> ApplicationEmojis:
    """All emojis of an application of one's own."""
    await applications.own(unit, actor, application_id)
    rows = await unit.all(queries.OF_APPLICATION, application_id)
    return ApplicationEmojis(items=[shapes.from_row(row) for row in rows])


async def fetch(unit: Unit, actor: Actor, application_id: Snowflake, emoji_id: Snowflake) -> Emoji:
    """One emoji of an application of one's own."""
    await applications.own(unit, actor, application_id)
    return await _find(unit, application_id, emoji_id)


async def create(
    unit: Unit, actor: Actor, application_id: Snowflake, body: CreateApplicationEmoji
) -> Emoji:
    """Make an emoji for an application; each has a name of its own."""
    # On a connection that is given back at once: to look at an image takes a while.
    async with Unit(unit.house, reading=True) as glance:
        await applications.own(glance, actor, application_id)
    name = shapes.name(body.name)
    data = uris.uri_bytes(body.image, "image", unit.settings.limits.emoji_bytes)
    made = await uris.drawn(unit, data, "image")
    id_ = unit.new_id()
    await keeping.keep(unit, "emojis", id_, made.data)
    await _hold(unit, actor, application_id)
    await _check_room_for_more(unit, application_id)
    columns = (id_, application_id, actor.id, name, made.animated)
    if not await unit.run(queries.INSERT_OF_APPLICATION, *columns):
        raise _taken()
    return await _find(unit, application_id, id_)


async def modify(
    unit: Unit,
    actor: Actor,
    application_id: Snowflake,
    emoji_id: Snowflake,
    body: ModifyApplicationEmoji,
) -> Emoji:
    """Rename an emoji of an application."""
    await _hold(unit, actor, application_id)
    await _find(unit, application_id, emoji_id)
    if body.name is not UNSET:
        name = shapes.name(body.name)
        if not await unit.run(queries.RENAME_OF_APPLICATION, application_id, emoji_id, name):
            raise _taken()
    return await _find(unit, application_id, emoji_id)


async def delete(unit: Unit, actor: Actor, application_id: Snowflake, emoji_id: Snowflake) -> None:
    """Delete an emoji of an application."""
    await applications.own(unit, actor, application_id)
    if not await unit.run(queries.DELETE_OF_APPLICATION, application_id, emoji_id):
        raise errors.UnknownEmoji


async def _hold(unit: Unit, actor: Actor, application_id: Snowflake) -> None:
    """Its emojis are counted and named by one at a time."""
    await unit.run(application_queries.HOLD, application_id)
    await applications.own(unit, actor, application_id)


async def _find(unit: Unit, application_id: Snowflake, emoji_id: Snowflake) -> Emoji:
    row = await unit.maybe(queries.ONE_OF_APPLICATION, application_id, emoji_id)
    if row is None:
        raise errors.UnknownEmoji
    return shapes.from_row(row)


async def _check_room_for_more(unit: Unit, application_id: Snowflake) -> None:
    most = unit.settings.limits.emojis_per_application
    if (await unit.one(queries.COUNT_OF_APPLICATION, application_id))["count"] >= most:
        raise errors.TooManyEmojis(f"Maximum number of application emojis reached ({most})")


def _taken() -> InvalidForm:
    words = "An emoji with that name already exists."
    return InvalidForm.at("name", "APPLICATION_EMOJI_NAME_ALREADY_TAKEN", words)

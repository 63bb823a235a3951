"""What the audit log says of channels: each overwrite has an entry of its own."""

from collections.abc import Iterable, Iterator

from rift.core.auditlog.recording import Deed, changed
from rift.core.channels import overwrites
from rift.core.channels.overwrites import ROLE
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.channels import Channel, Overwrite
from rift.world import Picture


def of(guild: Picture, channels: Iterable[Channel]) -> list[Deed]:
    """What makes of channels what they are to be."""
    return [deed for it in channels for deed in _of_one(guild, guild.channels[it.id], it)]


def _of_one(guild: Picture, before: Channel, after: Channel) -> Iterator[Deed]:
    yield changed(Action.CHANNEL_UPDATE, after.id, before, after)
    was, now = _by_id(before), _by_id(after)
    for id_ in sorted(was.keys() | now.keys(), key=int):
        yield _overwritten(guild, after.id, was.get(id_), now.get(id_))


def _overwritten(
    guild: Picture, channel_id: Snowflake, was: Overwrite | None, now: Overwrite | None
) -> Deed:
    action = Action.CHANNEL_OVERWRITE_UPDATE
    if was is None:
        action = Action.CHANNEL_OVERWRITE_CREATE
    elif now is None:
        action = Action.CHANNEL_OVERWRITE_DELETE
    return changed(action, channel_id, was, now, **_subject(guild, now or was))


def _subject(guild: Picture, entry: Overwrite | None) -> dict[str, str]:
    if entry is None:
        return {}
    options = {"id": str(entry.id), "type": str(entry.type)}
    if entry.type == ROLE and entry.id in guild.roles:
        options["role_name"] = guild.roles[entry.id].name
    return options


def _by_id(channel: Channel) -> dict[str, Overwrite]:
    return {entry.id: entry for entry in overwrites.of(channel)}

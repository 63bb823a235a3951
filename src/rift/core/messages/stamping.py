"""What a message says of itself once it is to be: its id, where it stands, by whom and when."""

from typing import Any

from rift.core.access import Room
from rift.snowflake import Snowflake, created_at
from rift.wire.channels import THREADS


def stamp(room: Room, id_: Snowflake, *, begins: bool = False) -> dict[str, Any]:
    """These fields of a message by the one who is in the room; `begins` is what a thread is about.

    The position in a thread is taken from memory: two that are written at once may share one, as
    clients expect.
    """
    channel = room.channel
    fields: dict[str, Any] = {
        "id": id_,
        "channel_id": channel.id,
        "author": room.user,
        "timestamp": created_at(id_),
    }
    if channel.type in THREADS and room.guild is not None:
        fields["position"] = 0 if begins else room.guild.threads.ever(channel.id) + 1
    return fields

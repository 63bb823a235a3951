"""The people of a private channel: a direct message or a group."""

import msgspec

from rift.snowflake import Snowflake
from rift.wire.channels import Channel


class Circle(msgspec.Struct, frozen=True, kw_only=True):
    """Read whenever it is needed and kept by nobody: who left is out at once, in every process.

    The channel is without its recipients, whom everybody sees but for themselves.
    """

    channel: Channel
    people: tuple[Snowflake, ...]
    """Who may come in."""
    listeners: tuple[Snowflake, ...]
    """Who is told of what happens: not who turned a stranger away."""

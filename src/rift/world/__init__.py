"""The in-memory picture each process keeps of the guilds it serves."""

from rift.world.circle import Circle
from rift.world.picture import Picture
from rift.world.threads import is_archived, is_locked
from rift.world.world import World

__all__ = ["Circle", "Picture", "World", "is_archived", "is_locked"]

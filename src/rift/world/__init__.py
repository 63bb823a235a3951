"""The in-memory picture each process keeps of the guilds it serves."""

from rift.world.picture import Picture
from rift.world.world import World

__all__ = ["Picture", "World"]

"""The Rift seed's API: a second, thin door over the same verbs."""

from rift.doors.simple.surface import surface, surfaces

__all__ = ["surface", "surfaces"]

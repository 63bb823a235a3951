"""How work on a file ends when it does not end well."""

from rift.errors import Overloaded


class Unreadable(Exception):
    """Broken, hostile, too large, too slow, or of a kind that is not opened here."""


class Busy(Overloaded):
    """More work is waiting than the workshop takes on."""

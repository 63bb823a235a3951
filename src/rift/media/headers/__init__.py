"""How large and how long films and sounds are, read from their headers without decoding them."""

from rift.media.headers.facts import Facts
from rift.media.headers.reading import read_facts

__all__ = ["Facts", "read_facts"]

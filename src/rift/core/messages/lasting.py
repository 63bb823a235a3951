"""The system messages that nobody can delete."""

from typing import Final

LASTING: Final = frozenset({1, 2, 3, 4, 5, 14, 15, 16, 17, 21})
"""Their types."""

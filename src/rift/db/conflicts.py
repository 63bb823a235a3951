"""The failed statements that are answers: it exists already, or what it points at does not."""

from typing import Final

from asyncpg import DataError, ProgramLimitExceededError
from asyncpg import ForeignKeyViolationError as NotThere
from asyncpg import UniqueViolationError as AlreadyThere

__all__ = ["NEVER", "AlreadyThere", "NotThere"]

NEVER: Final = (DataError, ProgramLimitExceededError)
"""Something is wrong with the values themselves: no other try would go better."""

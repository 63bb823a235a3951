"""The failed statements that are answers: it exists already, or what it points at does not."""

from asyncpg import ForeignKeyViolationError as NotThere
from asyncpg import UniqueViolationError as AlreadyThere

__all__ = ["AlreadyThere", "NotThere"]

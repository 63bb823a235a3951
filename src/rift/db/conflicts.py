"""The one failed statement that is an answer: what must be unique exists already."""

from asyncpg import UniqueViolationError as AlreadyThere

__all__ = ["AlreadyThere"]

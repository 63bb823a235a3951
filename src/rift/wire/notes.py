"""Notes about users."""

from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import Snowflake


class Note(Struct, frozen=True, kw_only=True):
    user_id: Snowflake
    note_user_id: Snowflake
    note: str


class PutNote(Struct, frozen=True, kw_only=True):
    note: Annotated[str, Meta(max_length=256)] | None = None


class NoteChange(Struct, frozen=True, kw_only=True):
    id: Snowflake
    note: str

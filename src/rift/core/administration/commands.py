"""The commands of `rift admin`, as they travel from the shell to whoever carries them out."""

import msgspec

from rift.snowflake import Snowflake


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True):
    """One thing the administrator wants done."""


class CreateUser(Command, frozen=True, kw_only=True):
    username: str
    password: str
    owner: bool = False


class CreateBot(Command, frozen=True, kw_only=True):
    """A bot of `owner`'s, as a member with all permissions of the guild if there is one."""

    name: str
    owner: str
    guild_id: Snowflake | None = None


class ResetPassword(Command, frozen=True, kw_only=True):
    """All sessions of the account end."""

    username: str
    password: str


class MakeOwner(Command, frozen=True, kw_only=True):
    username: str


class ListUsers(Command, frozen=True, kw_only=True):
    pass


AnyCommand = CreateUser | CreateBot | ResetPassword | MakeOwner | ListUsers

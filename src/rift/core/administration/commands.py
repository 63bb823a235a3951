"""The commands of `rift admin`, as they travel from the shell to whoever carries them out."""

from typing import Literal

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


class CreateRegistrationCode(Command, frozen=True, kw_only=True):
    """Good for so many accounts, and for so many hours where that is said."""

    uses: int = 1
    hours: int | None = None
    note: str = ""


class ListRegistrationCodes(Command, frozen=True, kw_only=True):
    pass


class DeleteRegistrationCode(Command, frozen=True, kw_only=True):
    registration_code: str


class DisableUser(Command, frozen=True, kw_only=True):
    """All sessions end, and none begins until the account is enabled."""

    username: str


class EnableUser(Command, frozen=True, kw_only=True):
    username: str


class DeleteUser(Command, frozen=True, kw_only=True):
    """After the days of grace, or now; with the guilds it owns, or those handed over."""

    username: str
    now: bool = False
    guilds: Literal["transfer", "delete"] = "transfer"


AnyCommand = (
    CreateUser
    | CreateBot
    | ResetPassword
    | MakeOwner
    | ListUsers
    | DisableUser
    | EnableUser
    | DeleteUser
    | CreateRegistrationCode
    | ListRegistrationCodes
    | DeleteRegistrationCode
)

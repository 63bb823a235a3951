"""Forms about whole accounts: to let them rest or have them deleted."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from rift.wire.users import GivenPassword

OwnedGuilds: TypeAlias = Literal["transfer", "delete"]
"""To the member who stands highest, or dissolved; who nobody is left for is dissolved anyway."""


class DisableAccount(Struct, frozen=True, kw_only=True):
    """The code is of the second factor, where the account has one."""

    password: GivenPassword
    code: Annotated[str, Meta(max_length=64)] | None = None


class DeleteAccount(DisableAccount, frozen=True, kw_only=True):
    """Without a word about owned guilds, who owns some is refused, as at Discord."""

    guilds: OwnedGuilds | None = None


class DeleteUser(Struct, frozen=True, kw_only=True):
    """By the owner of the instance, who may cut the days of grace short."""

    guilds: OwnedGuilds = "transfer"
    now: bool = False

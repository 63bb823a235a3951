"""Users, as others see them and as they see themselves, and their accounts' forms."""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Colour, Image, Json

Username = Annotated[str, Meta(min_length=2, max_length=32)]
DisplayName = Annotated[str, Meta(min_length=1, max_length=32)]
Password = Annotated[str, Meta(max_length=128)]
"""A new one; the fewest characters are a setting."""
GivenPassword = Annotated[str, Meta(max_length=1024)]
"""One to be compared, not kept: its length is nobody's business."""
DirectMessagesFrom = Literal["everyone", "guilds", "friends"]
Email = Annotated[str, Meta(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


OF_WEBHOOK: Final = "0000"
"""The discriminator by which clients know that the author of a message is no user."""


class AvatarDecoration(Struct, frozen=True, kw_only=True):
    asset: str
    sku_id: Snowflake | None = None


class PrimaryGuild(Struct, frozen=True, kw_only=True):
    identity_guild_id: Snowflake | None = None
    identity_enabled: bool | None = None
    tag: str | None = None
    badge: str | None = None


class PartialUser(Struct, frozen=True, kw_only=True):
    """Enough to know whom a presence is about."""

    id: Snowflake


class User(Struct, frozen=True, kw_only=True):
    id: Snowflake
    username: str
    discriminator: str = "0"
    global_name: str | None = None
    avatar: str | None = None
    bot: bool = False
    system: bool | UnsetType = UNSET
    public_flags: int = 0
    flags: int = 0
    banner: str | None = None
    accent_color: int | None = None
    avatar_decoration_data: AvatarDecoration | None = None
    collectibles: Json | None = None
    primary_guild: PrimaryGuild | None = None


class CurrentUser(User, frozen=True, kw_only=True):
    """A user as shown to themselves. E-mail and verification need the scope `email`."""

    mfa_enabled: bool = False
    locale: str = "en-US"
    premium_type: int = 0
    email: str | None | UnsetType = UNSET
    verified: bool | UnsetType = True
    bio: str | UnsetType = UNSET
    authenticator_types: list[int] | UnsetType = UNSET
    """Which second factors a person has: 1 for passkeys, 2 for an authenticator."""
    admin: bool | UnsetType = UNSET
    """Whether a person owns the instance."""


class ModifiedUser(CurrentUser, frozen=True, kw_only=True):
    """After a change of password, with the tokens that take the place of all earlier ones."""

    token: str | UnsetType = UNSET
    refresh_token: str | UnsetType = UNSET


class Badge(Struct, frozen=True, kw_only=True):
    """Something somebody is honoured with; the icon is the name of a drawing."""

    id: str
    description: str
    icon: str


class ProfileMetadata(Struct, frozen=True, kw_only=True):
    """What somebody says of themselves, everywhere or in one guild."""

    guild_id: Snowflake | UnsetType = UNSET
    pronouns: str = ""
    bio: str = ""
    banner: str | None = None
    accent_color: int | None | UnsetType = UNSET
    theme_colors: list[int] | None = None
    popout_animation_particle_type: Snowflake | None = None
    emoji: Json | None = None
    profile_effect: Json | None = None


class MutualGuild(Struct, frozen=True, kw_only=True):
    id: Snowflake
    nick: str | None = None


class ProfiledUser(User, frozen=True, kw_only=True):
    bio: str = ""


class UserProfile(Struct, frozen=True, kw_only=True):
    """What a user client shows when a name is clicked; less of it to whom one has blocked."""

    user: ProfiledUser
    user_profile: ProfileMetadata | UnsetType = UNSET
    badges: list[Badge] | UnsetType = UNSET
    guild_member: Json | UnsetType = UNSET
    guild_member_profile: ProfileMetadata | UnsetType = UNSET
    guild_badges: list[Badge] = []
    mutual_guilds: list[MutualGuild] | UnsetType = UNSET
    mutual_friends: list[User] | UnsetType = UNSET
    mutual_friends_count: int | UnsetType = UNSET
    connected_accounts: list[Json] = []
    premium_type: int | None = None
    premium_since: str | None = None
    premium_guild_since: str | None = None


class ProfileQuery(Struct, frozen=True, kw_only=True):
    with_mutual_guilds: bool = True
    with_mutual_friends: bool = False
    with_mutual_friends_count: bool = False
    guild_id: SnowflakeInput | None = None


ThemeColours = Annotated[list[Colour], Meta(min_length=2, max_length=2)]


class ModifyProfile(Struct, frozen=True, kw_only=True):
    pronouns: Annotated[str, Meta(max_length=40)] | None | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=190)] | None | UnsetType = UNSET
    banner: Image | None | UnsetType = UNSET
    accent_color: Colour | None | UnsetType = UNSET
    theme_colors: ThemeColours | None | UnsetType = UNSET


class ModifyMemberProfile(Struct, frozen=True, kw_only=True):
    pronouns: Annotated[str, Meta(max_length=40)] | None | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=190)] | None | UnsetType = UNSET
    banner: Image | None | UnsetType = UNSET


class ModifyCurrentUser(Struct, frozen=True, kw_only=True):
    username: Username | UnsetType = UNSET
    global_name: DisplayName | None | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET
    banner: Image | None | UnsetType = UNSET
    accent_color: Colour | None | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=190)] | None | UnsetType = UNSET
    email: Email | None | UnsetType = UNSET
    password: GivenPassword | UnsetType = UNSET
    new_password: Password | UnsetType = UNSET


class Register(Struct, frozen=True, kw_only=True):
    username: Username
    password: Password
    global_name: DisplayName | None = None
    email: Email | None = None
    invite: Annotated[str, Meta(max_length=64)] | None = None
    registration_code: Annotated[str, Meta(max_length=64)] | None = None
    """Asked for where the instance registers by codes."""
    setup_token: Annotated[str, Meta(max_length=256)] | None = None


class Registered(Struct, frozen=True, kw_only=True):
    token: str
    refresh_token: str
    user_id: Snowflake


class Login(Struct, frozen=True, kw_only=True):
    """`undelete` takes back one's own disabling or deletion of the account."""

    login: Annotated[str, Meta(max_length=254)]
    password: GivenPassword
    undelete: bool = False


class LoginSettings(Struct, frozen=True, kw_only=True):
    """Enough for a client to draw its first window."""

    locale: str = "en-US"
    theme: str = "dark"


class LoggedIn(Struct, frozen=True, kw_only=True):
    """Either the tokens, or with a second factor a ticket for them."""

    user_id: Snowflake
    token: str | None = None
    refresh_token: str | UnsetType = UNSET
    user_settings: LoginSettings | UnsetType = UNSET
    ticket: str | UnsetType = UNSET
    login_instance_id: str | UnsetType = UNSET
    mfa: bool | UnsetType = UNSET
    totp: bool | UnsetType = UNSET
    sms: bool | UnsetType = UNSET
    backup: bool | UnsetType = UNSET
    webauthn: str | None | UnsetType = UNSET


class Refresh(Struct, frozen=True, kw_only=True):
    refresh_token: Annotated[str, Meta(max_length=1024)]


class Logout(Struct, frozen=True, kw_only=True):
    """User clients also send where their push messages went; that ends with the session."""

    refresh_token: Annotated[str, Meta(max_length=1024)] | None = None


class Privacy(Struct, frozen=True, kw_only=True):
    """Who may write to somebody, and who of strangers may ask for their friendship."""

    direct_messages_from: DirectMessagesFrom
    message_requests: bool
    default_guilds_restricted: bool
    restricted_guilds: list[Snowflake]
    requests_from_everyone: bool
    requests_from_mutual_friends: bool
    requests_from_mutual_guilds: bool


class ModifyPrivacy(Struct, frozen=True, kw_only=True):
    direct_messages_from: DirectMessagesFrom | UnsetType = UNSET
    message_requests: bool | UnsetType = UNSET
    default_guilds_restricted: bool | UnsetType = UNSET
    restricted_guilds: Annotated[list[SnowflakeInput], Meta(max_length=1000)] | UnsetType = UNSET
    requests_from_everyone: bool | UnsetType = UNSET
    requests_from_mutual_friends: bool | UnsetType = UNSET
    requests_from_mutual_guilds: bool | UnsetType = UNSET

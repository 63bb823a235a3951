"""The simple door's objects and forms: plain, snake_case, as few fields as are needed."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.doors.simple.bits import Bits
from rift.doors.simple.ids import GivenId, Id
from rift.wire.auditlog import Action
from rift.wire.channels import ChannelName, Topic
from rift.wire.guilds import GuildName
from rift.wire.limits import Colour, Count, Image
from rift.wire.members import PageLimit
from rift.wire.roles import RoleName
from rift.wire.users import DisplayName, Email, GivenPassword, Password, Username

Code = Annotated[str, Meta(max_length=64)]
ChannelKind = Literal["text", "voice", "category", "announcement", "stage", "direct", "group"]
NewChannelKind = Literal["text", "voice", "category", "announcement", "stage"]


class Refused(Struct, frozen=True, kw_only=True):
    """Why a request was refused, in words; `fields` where parts of a form were wrong."""

    error: str
    fields: dict[str, str] | UnsetType = UNSET
    retry_after: float | UnsetType = UNSET
    """Seconds."""


class Tokens(Struct, frozen=True, kw_only=True):
    """What a session lives by; the refresh token is good for one refresh."""

    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds for which the access token is good."""
    user_id: Id
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # the kind, no token


class User(Struct, frozen=True, kw_only=True):
    id: Id
    username: str
    display_name: str | None
    avatar: str
    bot: bool
    created_at: datetime


class CurrentUser(User, frozen=True, kw_only=True):
    email: str | None
    bio: str


class Server(Struct, frozen=True, kw_only=True):
    id: Id
    name: str
    description: str | None
    icon: str | None
    owner_id: Id
    created_at: datetime


class Member(Struct, frozen=True, kw_only=True):
    server_id: Id
    user_id: Id
    username: str
    display_name: str | None
    nickname: str | None
    avatar: str
    role_ids: list[Id]
    joined_at: datetime


class Presence(Struct, frozen=True, kw_only=True):
    user_id: Id
    status: str


class Channel(Struct, frozen=True, kw_only=True):
    id: Id
    server_id: Id
    kind: ChannelKind
    name: str
    topic: str | None
    position: int
    category_id: Id | None
    created_at: datetime


class PrivateChannel(Struct, frozen=True, kw_only=True):
    """A direct message, or a group; the participants are the others in it."""

    id: Id
    kind: ChannelKind
    name: str | None
    owner_id: Id | None
    participants: list[User]
    last_message_id: Id | None
    created_at: datetime


class Reaction(Struct, frozen=True, kw_only=True):
    emoji: str
    count: int
    me: bool


class File(Struct, frozen=True, kw_only=True):
    id: Id
    filename: str
    size: int
    content_type: str


class Attachment(File, frozen=True, kw_only=True):
    """The URL is good for some hours; read the message again for a new one."""

    url: str
    description: str
    width: int | None
    height: int | None


class ChangedMessage(Struct, frozen=True, kw_only=True):
    """A message as all are told who see it change: whose the reactions are differs for each."""

    id: Id
    channel_id: Id
    author_id: Id
    author: User
    content: str
    reply_to: Id | None
    pinned: bool
    created_at: datetime
    edited_at: datetime | None
    attachments: list[Attachment]


class Message(ChangedMessage, frozen=True, kw_only=True):
    reactions: list[Reaction]


class Found(Struct, frozen=True, kw_only=True):
    """A total of 10,000 means at least so many."""

    total: int
    messages: list[Message]


class Role(Struct, frozen=True, kw_only=True):
    id: Id
    server_id: Id
    name: str
    color: int
    position: int
    permissions: int
    hoist: bool
    mentionable: bool
    created_at: datetime


class Override(Struct, frozen=True, kw_only=True):
    """What a channel allows and denies to a role or a user, beyond what the server does."""

    target_id: Id
    kind: Literal["role", "user"]
    allow: int
    deny: int


class Invite(Struct, frozen=True, kw_only=True):
    """The numbers are null for those who may not know them."""

    code: str
    server_id: Id
    server_name: str
    channel_id: Id
    inviter_id: Id | None
    uses: int | None
    max_uses: int | None
    member_count: int | None
    expires_at: datetime | None
    created_at: datetime | None


class Change(Struct, frozen=True, kw_only=True):
    """Values are shown as Discord's API shows them, ids included."""

    key: str
    old: Any = None
    new: Any = None


class Entry(Struct, frozen=True, kw_only=True):
    id: Id
    action: str
    user_id: Id | None
    target_id: Id | None
    changes: list[Change]
    reason: str | None
    created_at: datetime


# Forms


class Register(Struct, frozen=True, kw_only=True):
    username: Username
    password: Password
    email: Email | None = None
    display_name: DisplayName | None = None
    invite_code: Code | None = None
    registration_code: Code | None = None
    """Asked for where the instance registers by codes."""


class Login(Struct, frozen=True, kw_only=True):
    """`username` may be the e-mail address; `code` is for who has a second factor."""

    username: Annotated[str, Meta(max_length=254)]
    password: GivenPassword
    code: Code | None = None


class Refresh(Struct, frozen=True, kw_only=True):
    refresh_token: Annotated[str, Meta(max_length=256)]


class ModifyUser(Struct, frozen=True, kw_only=True):
    """A change of `username` or `email` needs the password."""

    username: Username | UnsetType = UNSET
    display_name: DisplayName | None | UnsetType = UNSET
    email: Email | None | UnsetType = UNSET
    avatar: Image | None | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=190)] | None | UnsetType = UNSET
    password: GivenPassword | UnsetType = UNSET


class ChangePassword(Struct, frozen=True, kw_only=True):
    current_password: GivenPassword
    new_password: Password
    code: Code | None = None


class CreateServer(Struct, frozen=True, kw_only=True):
    name: GuildName
    icon: Image | None = None


class ModifyServer(Struct, frozen=True, kw_only=True):
    name: GuildName | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=300)] | None | UnsetType = UNSET
    icon: Image | None | UnsetType = UNSET
    owner_id: GivenId | UnsetType = UNSET


class Join(Struct, frozen=True, kw_only=True):
    invite_code: Code


class ServersQuery(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=200)] = 200
    after: GivenId | None = None


class MembersQuery(Struct, frozen=True, kw_only=True):
    limit: PageLimit = 100
    after: GivenId | None = None


class CreateChannel(Struct, frozen=True, kw_only=True):
    name: ChannelName
    kind: NewChannelKind = "text"
    topic: Topic | None = None
    position: Count | None = None
    category_id: GivenId | None = None


class ModifyChannel(Struct, frozen=True, kw_only=True):
    name: ChannelName | UnsetType = UNSET
    topic: Topic | None | UnsetType = UNSET
    position: Count | UnsetType = UNSET
    category_id: GivenId | None | UnsetType = UNSET


class PutOverride(Struct, frozen=True, kw_only=True):
    kind: Literal["role", "user"]
    allow: Bits = 0
    deny: Bits = 0


class OpenPrivateChannel(Struct, frozen=True, kw_only=True):
    """One participant makes a direct message, several a group of friends."""

    participant_ids: Annotated[list[GivenId], Meta(min_length=1, max_length=100)]


class SendMessage(Struct, frozen=True, kw_only=True):
    """`attachments` are ids of files that were uploaded for this channel."""

    content: str = ""
    reply_to: GivenId | None = None
    attachments: Annotated[list[GivenId], Meta(max_length=10)] = []


class UploadQuery(Struct, frozen=True, kw_only=True):
    """The channel the file is for."""

    channel_id: GivenId


class ModifyMessage(Struct, frozen=True, kw_only=True):
    content: str


class MessagesQuery(Struct, frozen=True, kw_only=True):
    """The newest come first; `before` and `after` are ids of messages."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    before: GivenId | None = None
    after: GivenId | None = None


class SearchQuery(Struct, frozen=True, kw_only=True):
    """The words sought, and where; `before` and `after` are ids of messages."""

    q: Annotated[str, Meta(min_length=1, max_length=1024)]
    server_id: GivenId | None = None
    channel_id: GivenId | None = None
    author_id: GivenId | None = None
    before: GivenId | None = None
    after: GivenId | None = None
    limit: Annotated[int, Meta(ge=1, le=25)] = 25
    offset: Annotated[int, Meta(ge=0, le=9975)] = 0


class ReactionsQuery(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 25
    after: GivenId | None = None


class CreateRole(Struct, frozen=True, kw_only=True):
    name: RoleName
    permissions: Bits = 0
    color: Colour = 0
    hoist: bool = False
    mentionable: bool = False


class ModifyRole(Struct, frozen=True, kw_only=True):
    name: RoleName | UnsetType = UNSET
    permissions: Bits | UnsetType = UNSET
    color: Colour | UnsetType = UNSET
    hoist: bool | UnsetType = UNSET
    mentionable: bool | UnsetType = UNSET


class CreateInvite(Struct, frozen=True, kw_only=True):
    """Without `channel_id` it leads to the server's first channel; 0 means without end."""

    channel_id: GivenId | None = None
    max_uses: Annotated[int, Meta(ge=0, le=100)] = 0
    expires_in: Annotated[int, Meta(ge=0, le=5_184_000)] = 0
    """Seconds."""


class AuditLogQuery(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    before: GivenId | None = None
    user_id: GivenId | None = None
    action: Action | None = None
    """Discord's number of the action."""

"""From Discord's objects to those of the simple door."""

from typing import Final, cast

from msgspec import UNSET, UnsetType

from rift.core.accounts.sessions import AccessPair
from rift.core.attachments.keeping import Kept
from rift.core.messages.reading import REPLY
from rift.doors.simple import bits, faces, ids, shapes
from rift.doors.simple.shapes import ChannelKind
from rift.errors import FieldError, InvalidForm, RateLimited, Refusal
from rift.media.kinds import UNKNOWN
from rift.snowflake import created_at
from rift.wire.auditlog import Action
from rift.wire.auditlog import Entry as WireEntry
from rift.wire.channels import Channel, ChannelType, Overwrite
from rift.wire.guilds import Guild
from rift.wire.invites import Invite
from rift.wire.members import Member
from rift.wire.messages import Attachment, Message, Reaction
from rift.wire.presences import PresenceUpdate
from rift.wire.roles import Role
from rift.wire.users import CurrentUser, User

KINDS: Final[dict[int, ChannelKind]] = {
    ChannelType.GUILD_TEXT: "text",
    ChannelType.DM: "direct",
    ChannelType.GUILD_VOICE: "voice",
    ChannelType.GROUP_DM: "group",
    ChannelType.GUILD_CATEGORY: "category",
    ChannelType.GUILD_ANNOUNCEMENT: "announcement",
    ChannelType.GUILD_STAGE_VOICE: "stage",
}
_ROLE: Final = 0


def refusal(refused: Refusal) -> shapes.Refused:
    """A refusal as this door spells it."""
    if isinstance(refused, InvalidForm):
        fields = {path: " ".join(it.message for it in found) for path, found in _fields(refused)}
        return shapes.Refused(error=refused.message, fields=fields)
    if isinstance(refused, RateLimited):
        return shapes.Refused(error=refused.message, retry_after=round(refused.retry_after, 3))
    return shapes.Refused(error=refused.message)


def _fields(form: InvalidForm) -> list[tuple[str, list[FieldError]]]:
    return [(path, list(found)) for path, found in form.fields.items()]


def tokens(pair: AccessPair) -> shapes.Tokens:
    return shapes.Tokens(
        access_token=pair.access_token,
        refresh_token=pair.refresh_token,
        expires_in=pair.expires_in,
        user_id=ids.shown(pair.user_id),
    )


def user(found: User) -> shapes.User:
    return shapes.User(
        id=ids.shown(found.id),
        username=found.username,
        display_name=found.global_name,
        avatar=faces.of_user(found),
        bot=found.bot,
        created_at=created_at(found.id),
    )


def current_user(found: CurrentUser) -> shapes.CurrentUser:
    return shapes.CurrentUser(
        id=ids.shown(found.id),
        username=found.username,
        display_name=found.global_name,
        avatar=faces.of_user(found),
        bot=found.bot,
        created_at=created_at(found.id),
        email=found.email or None,
        bio=found.bio or "",
    )


def server(found: Guild) -> shapes.Server:
    return shapes.Server(
        id=ids.shown(found.id),
        name=found.name,
        description=found.description,
        icon=faces.of_server(found),
        owner_id=ids.shown(found.owner_id),
        created_at=created_at(found.id),
    )


def member(found: Member, server_id: str) -> shapes.Member:
    return shapes.Member(
        server_id=ids.shown(server_id),
        user_id=ids.shown(found.user.id),
        username=found.user.username,
        display_name=found.user.global_name,
        nickname=found.nick,
        avatar=faces.of_member(found, server_id),
        role_ids=[ids.shown(id_) for id_ in found.roles],
        joined_at=found.joined_at,
    )


def presence(found: PresenceUpdate) -> shapes.Presence:
    return shapes.Presence(user_id=ids.shown(found.user.id), status=found.status)


def channel(found: Channel) -> shapes.Channel:
    return shapes.Channel(
        id=ids.shown(found.id),
        server_id=ids.shown(cast(str, found.guild_id)),
        kind=KINDS[found.type],
        name=found.name or "",
        topic=found.topic or None,
        position=found.position or 0,
        category_id=_shown(found.parent_id),
        created_at=created_at(found.id),
    )


def private_channel(found: Channel) -> shapes.PrivateChannel:
    return shapes.PrivateChannel(
        id=ids.shown(found.id),
        kind=KINDS[found.type],
        name=found.name or None,
        owner_id=_shown(found.owner_id),
        participants=[user(one) for one in found.recipients or ()],
        last_message_id=_shown(found.last_message_id),
        created_at=created_at(found.id),
    )


def message(found: Message) -> shapes.Message:
    changed = changed_message(found)
    return shapes.Message(
        **{name: getattr(changed, name) for name in changed.__struct_fields__},
        reactions=[_reaction(one) for one in found.reactions or ()],
    )


def changed_message(found: Message) -> shapes.ChangedMessage:
    return shapes.ChangedMessage(
        id=ids.shown(found.id),
        channel_id=ids.shown(found.channel_id),
        author_id=ids.shown(found.author.id),
        author=user(found.author),
        content=found.content,
        reply_to=_replied_to(found),
        pinned=found.pinned,
        created_at=found.timestamp,
        edited_at=found.edited_timestamp,
        attachments=[_attachment(one) for one in found.attachments],
    )


def _attachment(found: Attachment) -> shapes.Attachment:
    return shapes.Attachment(
        id=ids.shown(found.id),
        filename=found.filename,
        size=found.size,
        content_type=found.content_type or UNKNOWN.content_type,
        url=found.url,
        description=found.description or "",
        width=found.width or None,
        height=found.height or None,
    )


def file(kept: Kept) -> shapes.File:
    return shapes.File(
        id=ids.shown(kept.id),
        filename=kept.filename,
        size=kept.size,
        content_type=kept.content_type or UNKNOWN.content_type,
    )


def _replied_to(found: Message) -> str | None:
    """Forwards, notices of pins and published copies point at messages too, and answer none."""
    reference = found.message_reference
    if found.type != REPLY or reference is UNSET:
        return None
    return _shown(reference.message_id)


def _reaction(found: Reaction) -> shapes.Reaction:
    emoji = found.emoji
    spelled = emoji.name or ""
    if emoji.id is not None:
        spelled = f"{spelled}:{emoji.id}"
    return shapes.Reaction(emoji=spelled, count=found.count, me=found.me)


def role(found: Role, server_id: str) -> shapes.Role:
    return shapes.Role(
        id=ids.shown(found.id),
        server_id=ids.shown(server_id),
        name=found.name,
        color=found.color,
        position=found.position,
        permissions=bits.shown(int(found.permissions)),
        hoist=found.hoist,
        mentionable=found.mentionable,
        created_at=created_at(found.id),
    )


def override(found: Overwrite) -> shapes.Override:
    return shapes.Override(
        target_id=ids.shown(found.id),
        kind="role" if found.type == _ROLE else "user",
        allow=bits.shown(int(found.allow)),
        deny=bits.shown(int(found.deny)),
    )


def invite(found: Invite) -> shapes.Invite:
    return shapes.Invite(
        code=found.code,
        server_id=ids.shown(found.guild_id),
        server_name=found.guild.name,
        channel_id=ids.shown(found.channel.id),
        inviter_id=None if found.inviter is UNSET else ids.shown(found.inviter.id),
        uses=_set(found.uses),
        max_uses=_set(found.max_uses),
        member_count=_set(found.approximate_member_count),
        expires_at=found.expires_at,
        created_at=None if found.created_at is UNSET else found.created_at,
    )


def entry(found: WireEntry) -> shapes.Entry:
    return shapes.Entry(
        id=ids.shown(found.id),
        action=Action(found.action_type).name.lower(),
        user_id=_shown(found.user_id),
        target_id=_shown(found.target_id),
        changes=[
            shapes.Change(
                key=change.key,
                old=None if change.old_value is UNSET else change.old_value,
                new=None if change.new_value is UNSET else change.new_value,
            )
            for change in found.changes or ()
        ],
        reason=found.reason or None,
        created_at=created_at(found.id),
    )


def _shown(id_: str | None | UnsetType) -> str | None:
    return ids.shown(id_) if id_ else None


def _set(value: int | UnsetType) -> int | None:
    return None if value is UNSET else value

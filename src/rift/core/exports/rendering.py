"""Messages as the exporter writes them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from msgspec import UNSET, Struct, UnsetType

from rift.core.exports import naming
from rift.core.exports.assets import Assets
from rift.core.exports.shapes import (
    ExportedAttachment,
    ExportedEmbed,
    ExportedEmbedAuthor,
    ExportedEmoji,
    ExportedField,
    ExportedFooter,
    ExportedForward,
    ExportedMedia,
    ExportedMessage,
    ExportedReaction,
    ExportedReference,
    ExportedRole,
    ExportedSticker,
    ExportedUser,
)
from rift.core.pictures import frames
from rift.wire.embeds import Embed, EmbedMedia
from rift.wire.emojis import PartialEmoji
from rift.wire.members import Member
from rift.wire.messages import Attachment, Message, MessageReference, SnapshotMessage
from rift.wire.roles import Role
from rift.wire.stickers import StickerItem
from rift.wire.users import User

_EMOJI: Final = re.compile(r"<(a?):(\w{2,32}):(\d{1,20})>")
_FORWARD: Final = 1

Reactors = Mapping[tuple[str, str], Sequence[User]]
"""Who reacted, by message and emoji."""


class Around(Struct, frozen=True, kw_only=True):
    """What the messages of one page are shown with."""

    assets: Assets
    members: Mapping[str, Member]
    roles: Mapping[str, Role]
    reactors: Reactors


def message(around: Around, written: Message) -> ExportedMessage:
    """One message, with everybody and everything on it."""
    return ExportedMessage(
        id=written.id,
        type=naming.message_kind(written.type),
        timestamp=written.timestamp,
        timestamp_edited=written.edited_timestamp,
        is_pinned=written.pinned,
        content=naming.content(written.type, written.content),
        author=user(around, written.author),
        attachments=_attachments(around, written.attachments),
        embeds=[_embed(around, embed) for embed in written.embeds],
        stickers=_stickers(around, written.sticker_items),
        reactions=_reactions(around, written),
        mentions=[user(around, one) for one in written.mentions],
        reference=_reference(written.message_reference),
        forwarded_message=_forward(around, written),
        inline_emojis=_inline(around, written.content),
    )


def user(around: Around, shown: User, *, with_roles: bool = True) -> ExportedUser:
    """Somebody, as they are called and coloured in the place."""
    member = around.members.get(shown.id)
    roles = _roles(around, member)
    colours = [role.color for role in roles if role.color]
    nick = member.nick if member else None
    return ExportedUser(
        id=shown.id,
        name=shown.username,
        discriminator=shown.discriminator.rjust(4, "0"),
        nickname=nick or shown.global_name or shown.username,
        color=_colour(colours[0]) if colours else None,
        is_bot=shown.bot,
        roles=[_role(role) for role in roles] if with_roles else UNSET,
        avatar_url=_avatar(around, shown),
    )


def _roles(around: Around, member: Member | None) -> list[Role]:
    """The highest first."""
    found = [around.roles[id_] for id_ in member.roles if id_ in around.roles] if member else []
    return sorted(found, key=lambda role: (-role.position, int(role.id)))


def _role(role: Role) -> ExportedRole:
    colour = _colour(role.color) if role.color else None
    return ExportedRole(id=role.id, name=role.name, color=colour, position=role.position)


def _avatar(around: Around, shown: User) -> str:
    if shown.avatar is None:
        return around.assets.link(f"embed/avatars/{frames.default_avatar(shown)}.png")
    key = f"images/avatars/{shown.id}/{shown.avatar}"
    link = around.assets.link(f"avatars/{shown.id}/{shown.avatar}.png")
    return around.assets.copy(key, f"avatar-{shown.id}-{shown.avatar}", link)


def _attachments(around: Around, given: Iterable[Attachment]) -> list[ExportedAttachment]:
    return [
        ExportedAttachment(
            id=one.id,
            url=_file(around, one),
            file_name=one.filename,
            file_size_bytes=one.size,
        )
        for one in given
    ]


def _file(around: Around, one: Attachment) -> str:
    """Where it lies is in its URL: what is forwarded lies with the channel it came from."""
    _, _, place = urlsplit(one.url).path.partition("/attachments/")
    channel_id, id_, *_ = place.split("/")
    return around.assets.copy(f"attachments/{channel_id}/{id_}", f"{id_}-{one.filename}", one.url)


def _embed(around: Around, embed: Embed) -> ExportedEmbed:
    description = embed.description or ""
    return ExportedEmbed(
        title=embed.title or "",
        url=embed.url or None,
        timestamp=embed.timestamp or None,
        description=description,
        color=UNSET if embed.color is UNSET else _colour(embed.color),
        author=_embed_author(embed),
        thumbnail=_media(embed.thumbnail),
        image=_media(embed.image),
        video=_media(embed.video),
        footer=_footer(embed),
        images=[media for media in (_media(embed.image),) if media is not UNSET],
        fields=[
            ExportedField(name=field.name, value=field.value, is_inline=field.inline)
            for field in embed.fields or ()
        ],
        inline_emojis=_inline(around, description),
    )


def _embed_author(embed: Embed) -> ExportedEmbedAuthor | UnsetType:
    author = embed.author
    if author is UNSET:
        return UNSET
    return ExportedEmbedAuthor(name=author.name, url=author.url or None, icon_url=author.icon_url)


def _footer(embed: Embed) -> ExportedFooter | UnsetType:
    if embed.footer is UNSET:
        return UNSET
    return ExportedFooter(text=embed.footer.text, icon_url=embed.footer.icon_url)


def _media(media: EmbedMedia | UnsetType) -> ExportedMedia | UnsetType:
    if media is UNSET:
        return UNSET
    return ExportedMedia(
        url=media.proxy_url or media.url,
        canonical_url=media.url,
        width=media.width or None,
        height=media.height or None,
    )


def _stickers(around: Around, items: Iterable[StickerItem] | UnsetType) -> list[ExportedSticker]:
    return [
        ExportedSticker(
            id=item.id,
            name=item.name,
            format=naming.sticker_format(item.format_type),
            source_url=_expression(around, "sticker", item.id),
        )
        for item in items or ()
    ]


def _reactions(around: Around, written: Message) -> list[ExportedReaction]:
    return [
        ExportedReaction(
            emoji=_emoji(around, reaction.emoji),
            count=reaction.count,
            users=[
                user(around, one, with_roles=False)
                for one in around.reactors.get((written.id, spelled(reaction.emoji)), ())
            ],
        )
        for reaction in written.reactions or ()
    ]


def spelled(emoji: PartialEmoji) -> str:
    """The emoji by which reactions are told apart: its id, or itself."""
    return emoji.id or emoji.name or ""


def _emoji(around: Around, emoji: PartialEmoji) -> ExportedEmoji:
    name, animated = emoji.name or "", bool(emoji.animated)
    image = _expression(around, "emoji", emoji.id) if emoji.id else ""
    return ExportedEmoji(
        id=emoji.id or "", name=name, code=name, is_animated=animated, image_url=image
    )


def _inline(around: Around, text: str) -> list[ExportedEmoji]:
    """The custom emojis in a text, each once."""
    found = {id_: (bool(moving), name) for moving, name, id_ in _EMOJI.findall(text)}
    return [
        ExportedEmoji(
            id=id_,
            name=name,
            code=name,
            is_animated=moving,
            image_url=_expression(around, "emoji", id_),
        )
        for id_, (moving, name) in found.items()
    ]


def _expression(around: Around, kind: str, id_: str) -> str:
    """The picture of an emoji or a sticker."""
    link = around.assets.link(f"{kind}s/{id_}.png")
    return around.assets.copy(f"{kind}s/{id_}", f"{kind}-{id_}", link)


def _reference(reference: MessageReference | UnsetType) -> ExportedReference | UnsetType:
    if reference is UNSET:
        return UNSET
    return ExportedReference(
        type="Forward" if reference.type == _FORWARD else "Default",
        message_id=reference.message_id or None,
        channel_id=reference.channel_id,
        guild_id=reference.guild_id or None,
    )


def _forward(around: Around, written: Message) -> ExportedForward | UnsetType:
    if not written.message_snapshots:
        return UNSET
    carried: SnapshotMessage = written.message_snapshots[0].message
    return ExportedForward(
        timestamp=carried.timestamp,
        timestamp_edited=carried.edited_timestamp,
        content=carried.content,
        attachments=_attachments(around, carried.attachments),
        embeds=[_embed(around, embed) for embed in carried.embeds],
        stickers=_stickers(around, carried.sticker_items),
    )


def _colour(colour: int) -> str:
    return f"#{colour:06X}"

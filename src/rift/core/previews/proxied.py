"""Addresses of images that were fetched: kept as paths, as the server may move; shown whole."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift.core.links import Links
from rift.wire.embeds import Embed, EmbedMedia
from rift.wire.messages import MessageSnapshot

_FOLDER: Final = "/cdn/previews/"

Rewrite = Callable[[str], str]


def path(token: str) -> str:
    """What is kept of an image's address."""
    return _FOLDER + token


def read(column: Any, links: Links) -> list[Embed]:
    """The embeds in a column of a row, as they are shown."""
    return [] if column is None else shown(msgspec.convert(column, list[Embed]), links)


def shown(embeds: Sequence[Embed], links: Links) -> list[Embed]:
    """The embeds with addresses that lead to us."""
    return [_rewritten(embed, lambda it: whole(it, links.base)) for embed in embeds]


def kept(embeds: Sequence[Embed]) -> list[Embed]:
    """The embeds as they are stored."""
    return [_rewritten(embed, bare) for embed in embeds]


def kept_snapshot(snapshot: MessageSnapshot) -> MessageSnapshot:
    """What a forward carries, as it is stored."""
    message = snapshot.message
    return replace(snapshot, message=replace(message, embeds=kept(message.embeds)))


def whole(url: str, base: str) -> str:
    """An address as it is shown."""
    return base + url if url.startswith(_FOLDER) else url


def bare(url: str) -> str:
    """An address as it is kept."""
    base, folder, token = url.rpartition(_FOLDER)
    return folder + token if base and folder else url


def _rewritten(embed: Embed, rewrite: Rewrite) -> Embed:
    if not embed.is_derived:
        return embed
    return replace(
        embed,
        image=_media(embed.image, rewrite),
        thumbnail=_media(embed.thumbnail, rewrite),
        video=_media(embed.video, rewrite),
    )


def _media(media: EmbedMedia | UnsetType, rewrite: Rewrite) -> EmbedMedia | UnsetType:
    if media is UNSET or media.proxy_url is UNSET:
        return media
    return replace(media, proxy_url=rewrite(media.proxy_url))

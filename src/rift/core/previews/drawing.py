"""Makes an embed of what is known, in the shape that Discord's own have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import UNSET, UnsetType

from rift.core.previews.pages import Facts, Picture, media_type
from rift.wire.embeds import Embed, EmbedAuthor, EmbedMedia, EmbedProvider

_FAMILIES: Final[Mapping[str, str]] = MappingProxyType({"image": "image", "video": "video"})


def of_page(facts: Facts, thumbnail: EmbedMedia | None) -> Embed | None:
    """The embed of a page; None where there is nothing to show but the link."""
    if not (facts.title or facts.description or thumbnail):
        return None
    return Embed(
        type=_type(facts, thumbnail),
        title=facts.title or UNSET,
        description=facts.description or UNSET,
        color=UNSET if facts.colour is None else facts.colour,
        provider=_provider(facts),
        author=_author(facts),
        thumbnail=thumbnail or UNSET,
        video=UNSET if facts.film is None else _film(facts.film),
    )


def of_file(url: str, content_type: str, media: EmbedMedia | None) -> Embed | None:
    """The embed of a link that leads to an image or a film itself."""
    family = _FAMILIES.get(content_type.partition("/")[0])
    if family == "image":
        return None if media is None else Embed(type=family, thumbnail=media)
    if family == "video":
        return Embed(
            type=family, video=EmbedMedia(url=url, content_type=media_type(content_type) or UNSET)
        )
    return None


def _type(facts: Facts, thumbnail: EmbedMedia | None) -> str:
    """A film that plays like a moving image, a film, an article, or just a link."""
    if facts.film is not None:
        moves = thumbnail is not None and thumbnail.content_type == "image/gif"
        return "gifv" if moves and facts.film.content_type == "video/mp4" else "video"
    return "article" if facts.is_article else "link"


def _provider(facts: Facts) -> EmbedProvider | UnsetType:
    if not facts.provider:
        return UNSET
    return EmbedProvider(name=facts.provider, url=facts.provider_url or UNSET)


def _author(facts: Facts) -> EmbedAuthor | UnsetType:
    if not facts.author:
        return UNSET
    return EmbedAuthor(name=facts.author, url=facts.author_url or UNSET)


def _film(film: Picture) -> EmbedMedia:
    sides: dict[str, Any] = {"width": film.width or UNSET, "height": film.height or UNSET}
    return EmbedMedia(url=film.url, content_type=film.content_type or UNSET, **sides)

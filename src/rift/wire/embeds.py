"""Embeds: the rich boxes below a message, as sent in and as shown."""

from datetime import datetime
from typing import Annotated, Any, Final

from msgspec import UNSET, Meta, Struct, UnsetType, convert, to_builtins

from rift.wire.limits import AssetUrl, Colour, Int32, Time, WebUrl

Name = Annotated[str, Meta(max_length=256)]
Description = Annotated[str, Meta(max_length=4096)]
RICH: Final = "rich"
FooterText = Annotated[str, Meta(max_length=2048)]


class EmbedFooter(Struct, frozen=True, kw_only=True):
    text: str
    icon_url: str | UnsetType = UNSET
    proxy_icon_url: str | UnsetType = UNSET


class EmbedMedia(Struct, frozen=True, kw_only=True):
    """An image, thumbnail or video."""

    url: str | UnsetType = UNSET
    proxy_url: str | UnsetType = UNSET
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    content_type: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    flags: int | UnsetType = UNSET
    placeholder: str | UnsetType = UNSET
    placeholder_version: int | UnsetType = UNSET


class EmbedProvider(Struct, frozen=True, kw_only=True):
    name: str
    url: str | UnsetType = UNSET


class EmbedAuthor(Struct, frozen=True, kw_only=True):
    name: str
    url: str | UnsetType = UNSET
    icon_url: str | UnsetType = UNSET
    proxy_icon_url: str | UnsetType = UNSET


class EmbedField(Struct, frozen=True, kw_only=True):
    name: str
    value: str
    inline: bool = False


class Embed(Struct, frozen=True, kw_only=True):
    type: str = RICH
    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    timestamp: datetime | UnsetType = UNSET
    color: int | UnsetType = UNSET
    footer: EmbedFooter | UnsetType = UNSET
    image: EmbedMedia | UnsetType = UNSET
    thumbnail: EmbedMedia | UnsetType = UNSET
    video: EmbedMedia | UnsetType = UNSET
    provider: EmbedProvider | UnsetType = UNSET
    author: EmbedAuthor | UnsetType = UNSET
    fields: list[EmbedField] | UnsetType = UNSET

    @property
    def is_derived(self) -> bool:
        """Whether the server made it of a link: what somebody wrote is always `rich`."""
        return self.type != RICH


class EmbedFooterBody(Struct, frozen=True, kw_only=True):
    text: FooterText | None = None
    icon_url: AssetUrl | None = None


class EmbedMediaBody(Struct, frozen=True, kw_only=True):
    url: AssetUrl | None = None
    width: Int32 | None = None
    height: Int32 | None = None
    description: Description | None = None


class EmbedAuthorBody(Struct, frozen=True, kw_only=True):
    name: Name | None = None
    url: WebUrl | None = None
    icon_url: AssetUrl | None = None


class EmbedFieldBody(Struct, frozen=True, kw_only=True):
    name: Name
    value: Annotated[str, Meta(max_length=1024)]
    inline: bool | None = None


class EmbedBody(Struct, frozen=True, kw_only=True):
    """What a caller may set; type, provider and video are the server's to fill in."""

    title: Name | None = None
    description: Description | None = None
    url: WebUrl | None = None
    timestamp: Time | None = None
    color: Colour | None = None
    footer: EmbedFooterBody | None = None
    image: EmbedMediaBody | None = None
    thumbnail: EmbedMediaBody | None = None
    author: EmbedAuthorBody | None = None
    fields: Annotated[list[EmbedFieldBody], Meta(max_length=25)] | None = None

    def embed(self) -> Embed:
        """The embed as it is kept and shown; parts without their text vanish."""
        parts = _without_nulls(to_builtins(self))
        for part, needed in (("footer", "text"), ("author", "name")):
            if needed not in parts.get(part, {}):
                parts.pop(part, None)
        return convert(parts, Embed)

    def length(self) -> int:
        """How many characters count towards the limit of 6000 for one message."""
        texts = [self.title, self.description]
        texts += [self.footer.text] if self.footer else []
        texts += [self.author.name] if self.author else []
        texts += [text for field in self.fields or () for text in (field.name, field.value)]
        return sum(len(text) for text in texts if text)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value

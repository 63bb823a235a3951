"""Messages as Slack's incoming webhooks take them."""

from typing import Annotated

from msgspec import Meta, Struct

_Address = Annotated[str, Meta(max_length=2048)]


class SlackField(Struct, frozen=True, kw_only=True):
    """Slack says title, value and short; Discord's own words are taken as well."""

    title: str | None = None
    name: str | None = None
    value: str | None = None
    short: bool | None = None
    inline: bool | None = None


class SlackAttachment(Struct, frozen=True, kw_only=True):
    fallback: str | None = None
    color: Annotated[str, Meta(max_length=16)] | None = None
    pretext: str | None = None
    author_name: str | None = None
    author_link: _Address | None = None
    author_icon: _Address | None = None
    title: str | None = None
    title_link: _Address | None = None
    text: str | None = None
    fields: list[SlackField] | None = None
    image_url: _Address | None = None
    thumb_url: _Address | None = None
    footer: str | None = None
    footer_icon: _Address | None = None
    ts: int | float | str | None = None


class SlackMessage(Struct, frozen=True, kw_only=True):
    text: str | None = None
    username: str | None = None
    icon_url: _Address | None = None
    attachments: list[SlackAttachment] | None = None


class SlackForm(SlackMessage, frozen=True, kw_only=True):
    payload: str | None = None
    """The same as JSON, where it comes as the field of a form."""

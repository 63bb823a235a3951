"""Messages written for Slack, as messages of a webhook."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from rift.core.unit import Unit
from rift.core.webhooks import executing, opening
from rift.core.webhooks.translating import address, cut, embed, fitting, unfolded
from rift.snowflake import Snowflake
from rift.wire.embeds import EmbedBody
from rift.wire.slack import SlackAttachment, SlackField, SlackForm
from rift.wire.webhooks import ExecuteWebhook, ServiceQuery

_OK: Final = "ok"
_NAMED: Final = {"good": 0x2EB67D, "warning": 0xECB22E, "danger": 0xE01E5A}
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_LINK: Final = re.compile(r"<((?:https?|mailto):[^|<>\s]+)(?:\|([^<>]*))?>")
_CALL: Final = re.compile(r"<!(everyone|here|channel)(?:\|[^<>]*)?>")
_BOLD: Final = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
_STRUCK: Final = re.compile(r"(?<![\w~])~([^~\n]+)~(?![\w~])")
_ESCAPED: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LONGEST_NAME: Final = 80
_MOST_FIELDS: Final = 25
_CONTENT: Final = 2000


async def execute(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    query: ServiceQuery,
    body: SlackForm,
) -> str:
    """Post a message written for Slack."""
    row = await opening.held(unit, webhook_id, webhook_token)
    await executing.relay(unit, row, query, translated(unfolded(body.payload, body)))
    return _OK


def translated(body: SlackForm) -> ExecuteWebhook:
    """The same, as a webhook takes it; channel, emoji and buttons have no counterpart."""
    attachments = body.attachments or []
    texts = [body.text, *(one.pretext for one in attachments)]
    said = "\n".join(filter(None, map(_written, texts)))
    return ExecuteWebhook(
        content=cut(said, _CONTENT),
        username=cut(body.username, _LONGEST_NAME),
        avatar_url=address(body.icon_url),
        embeds=fitting([_embed(one) for one in attachments if _is_something(one)]) or None,
    )


def _is_something(one: SlackAttachment) -> bool:
    said = (one.title, one.text, one.fields, one.image_url, one.thumb_url)
    return any((*said, one.author_name, one.footer, not one.pretext and one.fallback))


def _embed(one: SlackAttachment) -> EmbedBody:
    text = one.text or ("" if one.title or one.fields else one.fallback)
    return embed(
        title=cut(_written(one.title), 256),
        url=address(one.title_link),
        description=cut(_written(text), 4096),
        color=_colour(one.color),
        timestamp=_time(one.ts),
        author=_part(
            name=cut(one.author_name, 256),
            url=address(one.author_link),
            icon_url=address(one.author_icon),
        ),
        footer=_part(text=cut(one.footer, 2048), icon_url=address(one.footer_icon)),
        image=_part(url=address(one.image_url)),
        thumbnail=_part(url=address(one.thumb_url)),
        fields=[_field(field) for field in (one.fields or ())[:_MOST_FIELDS]],
    )


def _part(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _field(field: SlackField) -> dict[str, Any]:
    """An embed has no field without words, and draws none that are blank."""
    inline = field.short if field.inline is None else field.inline
    return {
        "name": cut(_written(field.title or field.name), 256) or "\u200b",
        "value": cut(_written(field.value), 1024) or "\u200b",
        "inline": bool(inline),
    }


def _written(text: str | None) -> str:
    """Slack's markup as it is written here."""
    marked = _LINK.sub(_linked, text or "")
    marked = _CALL.sub(lambda found: "@here" if found[1] == "here" else "@everyone", marked)
    marked = _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", marked))
    for escaped, plain in _ESCAPED:
        marked = marked.replace(escaped, plain)
    return marked


def _linked(found: re.Match[str]) -> str:
    url, words = found[1], found[2]
    if url.startswith("mailto:"):
        return words or url.removeprefix("mailto:")
    return f"[{words}]({url})" if words else url


def _colour(name: str | None) -> int | None:
    if name is None:
        return None
    found = _HEX.fullmatch(name)
    if found is None:
        return _NAMED.get(name)
    digits = found[1]
    return int(digits if len(digits) == 6 else "".join(2 * digit for digit in digits), 16)


def _time(ts: float | str | None) -> datetime | None:
    try:
        return None if ts is None else datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None

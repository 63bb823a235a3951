"""What a push says: of a message or an event as much as the device is to show."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from rift.core.messages.announcing import STAGE_BEGAN
from rift.core.pushes.carrying import Device
from rift.core.unit import Unit
from rift.snowflake import Snowflake, created_at
from rift.wire.channels import Channel
from rift.wire.happenings import ScheduledEvent
from rift.wire.messages import Message
from rift.wire.pushes import Push
from rift.world import Picture

_LONGEST: Final = 240
_LONGEST_TITLE: Final = 120
_USER: Final = re.compile(r"<@!?(\d+)>")
_ROLE: Final = re.compile(r"<@&(\d+)>")
_CHANNEL: Final = re.compile(r"<#(\d+)>")
_EMOJI: Final = re.compile(r"<a?(:\w+:)\d+>")
_SPOILER: Final = re.compile(r"\|\|.+?\|\|", re.DOTALL)
_FENCE: Final = re.compile(r"```(?:\w+\n)?|[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}")
_SPACE: Final = re.compile(r"\s+")
_DM, _GROUP = 1, 3


class Words(NamedTuple):
    """What is said where nothing of the message is to be shown, and of what has no text."""

    new: str
    new_in: str
    file: str
    sticker: str
    stage: str
    begins: str
    begins_in: str
    trial: str
    works: str


_WORDS: Final[Mapping[str, Words]] = {
    "en": Words(
        "New message", "New message in {place}", "sent a file", "sent a sticker",
        "has opened the stage: {topic}", "An event begins", "Begins now: {place}", "A test",
        "Messages reach this device.",
    ),
    "de": Words(
        "Neue Nachricht", "Neue Nachricht in {place}", "hat eine Datei geschickt",
        "hat einen Sticker geschickt", "hat die Bühne eröffnet: {topic}", "Ein Event beginnt",
        "Es geht los: {place}", "Ein Test", "Nachrichten erreichen dieses Gerät.",
    ),
}  # fmt: skip


class Scene(NamedTuple):
    """A message, and the place where it was written."""

    message: Message
    channel: Channel
    guild: Picture | None
    author: str
    """As the author is called there."""


def message_push(unit: Unit, device: Device, scene: Scene, badge: int, locale: str) -> Push:
    """The push of a message."""
    message, words = scene.message, _words(locale)
    guild_id = scene.guild.id if scene.guild else None
    title, body = _said(scene, words) if device.shows_content else _unsaid(unit, scene, words)
    return Push(
        title=_cut(title, _LONGEST_TITLE),
        body=_cut(body, _LONGEST),
        tag=message.channel_id,
        url=f"/channels/{guild_id or '@me'}/{message.channel_id}/{message.id}",
        icon=unit.house.links.avatar(message.author.id, message.author.avatar)
        if device.shows_content
        else "",
        badge=badge,
        timestamp=int(created_at(message.id).timestamp() * 1000),
        subscription_id=device.id,
        receipt=device.receipt,
        guild_id=guild_id,
        channel_id=message.channel_id,
        message_id=message.id,
    )


def beginning_push(
    unit: Unit, device: Device, guild: Picture, event: ScheduledEvent, badge: int, locale: str
) -> Push:
    """The push of a scheduled event that begins."""
    words = _words(locale)
    shows = device.shows_content
    body = words.begins_in.format(place=_where(guild, event)) if shows else words.begins
    return Push(
        title=_cut(event.name if shows else unit.settings.instance.name, _LONGEST_TITLE),
        body=_cut(body, _LONGEST),
        tag=event.id,
        url=f"/events/{guild.id}/{event.id}",
        icon="",
        badge=badge,
        timestamp=int(unit.now().timestamp() * 1000),
        subscription_id=device.id,
        receipt=device.receipt,
        guild_id=guild.id,
        channel_id=event.channel_id,
        event_id=event.id,
    )


def trial(unit: Unit, device: Device, locale: str) -> Push:
    """The push somebody has sent to see whether it comes."""
    words = _words(locale)
    return Push(
        title=f"{unit.settings.instance.name}: {words.trial}",
        body=words.works,
        tag="test",
        url="/",
        icon="",
        badge=0,
        timestamp=int(unit.now().timestamp() * 1000),
        subscription_id=device.id,
        receipt=device.receipt,
    )


def _said(scene: Scene, words: Words) -> tuple[str, str]:
    where = _place(scene)
    title = f"{scene.author} ({where})" if where else scene.author
    return title, _text(scene, words)


def _unsaid(unit: Unit, scene: Scene, words: Words) -> tuple[str, str]:
    where = f"#{scene.channel.name}" if scene.guild else ""
    body = words.new_in.format(place=where) if where else words.new
    return unit.settings.instance.name, body


def _where(guild: Picture, event: ScheduledEvent) -> str:
    channel = guild.channels.get(event.channel_id or "")
    there = event.entity_metadata.location if event.entity_metadata else ""
    return f"{there if channel is None else f'#{channel.name}'}, {guild.guild.name}"


def _place(scene: Scene) -> str:
    if scene.guild is not None:
        return f"#{scene.channel.name}, {scene.guild.guild.name}"
    return str(scene.channel.name or "") if scene.channel.type == _GROUP else ""


def _text(scene: Scene, words: Words) -> str:
    """The message in plain words; of what has none, what it is."""
    message = scene.message
    text = _plain(scene, message.content)
    if message.type == STAGE_BEGAN:
        return words.stage.format(topic=text)
    if text:
        return text
    for embed in message.embeds:
        if shown := embed.title or embed.description:
            return _plain(scene, str(shown))
    if message.sticker_items:
        return words.sticker
    return words.file if message.attachments else words.new


def _plain(scene: Scene, content: str) -> str:
    names = {user.id: user.global_name or user.username for user in scene.message.mentions}
    picture = scene.guild

    def role(found: re.Match[str]) -> str:
        known = picture.roles.get(found[1]) if picture else None
        return f"@{known.name}" if known else "@…"

    def channel(found: re.Match[str]) -> str:
        known = picture.channels.get(found[1]) if picture else None
        return f"#{known.name}" if known else "#…"

    text = _SPOILER.sub("▒▒▒", content)
    text = _USER.sub(lambda found: f"@{names.get(Snowflake(found[1]), '…')}", text)
    text = _EMOJI.sub(r"\1", _CHANNEL.sub(channel, _ROLE.sub(role, text)))
    return _SPACE.sub(" ", _FENCE.sub("", text)).strip()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _words(locale: str) -> Words:
    """In the language of a locale; English where we do not speak it."""
    return _WORDS.get(locale.partition("-")[0].lower(), _WORDS["en"])

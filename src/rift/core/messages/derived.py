"""The embeds that the server made of links, and what becomes of them when a message is edited."""

from rift.core.messages import urls
from rift.core.messages.drafts import SUPPRESS_EMBEDS
from rift.wire.embeds import Embed
from rift.wire.messages import Message


def written(message: Message) -> list[Embed]:
    """The embeds that somebody wrote."""
    return [embed for embed in message.embeds if not embed.is_derived]


def carried_over(before: Message, after: Message) -> list[Embed]:
    """The embeds after an edit: a preview stays as long as its link does, and is wanted."""
    derived = [embed for embed in before.embeds if embed.is_derived]
    if not derived or after.flags & SUPPRESS_EMBEDS:
        return written(after)
    links = urls.links(after.content)
    return [*written(after), *(embed for embed in derived if embed.url in links)]

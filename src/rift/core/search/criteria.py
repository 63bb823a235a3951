"""The filters of a search as one expression."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rift.core.search.asking import Question, ask
from rift.core.search.documents import command_mark, filename_mark
from rift.core.search.expressions import AllOf, Expression, Lexeme, any_of, mark
from rift.core.search.typos import Resembling
from rift.wire.search import Filters

_FEW_CHANNELS: Final = 8
_NOTHING: Final[Resembling] = {}


class Criteria:
    """What a message must be like: its words, strictly or loosely, and everything else."""

    def __init__(
        self, filters: Filters, languages: Sequence[str], channel_ids: Sequence[str] = ()
    ) -> None:
        self._questions = list(_questions(filters, languages))
        self._wanted = [*_wanted(filters), *_channels(channel_ids)]
        self._unwanted = tuple(_unwanted(filters))

    @property
    def words(self) -> list[str]:
        """The words for which others may be tried."""
        return [it for question in self._questions for it in question.words]

    @property
    def asks_words(self) -> bool:
        return any(question.typed for question in self._questions)

    def strictly(self) -> AllOf:
        """As it was typed."""
        return self._all([it for question in self._questions for it in question.strictly()])

    def loosely(self, resembling: Resembling) -> AllOf:
        """As it may have been meant."""
        return self._all(
            [it for question in self._questions for it in question.loosely(resembling)]
        )

    def _all(self, words: Sequence[Expression]) -> AllOf:
        return AllOf((*words, *self._wanted), self._unwanted)


def _questions(filters: Filters, languages: Sequence[str]) -> Iterator[Question]:
    if filters.content:
        yield ask(filters.content, languages, filters.slop)
    for text in filters.contents:
        head, bar, rest = text.partition("|")
        numbered = bool(bar) and head.isascii() and head.isdigit() and len(head) < 4
        yield ask(rest, languages, int(head)) if numbered else ask(text, languages)


def _wanted(filters: Filters) -> Iterator[Expression]:
    for sign, values in (
        ("a", filters.author_id),
        ("t", [it for it in filters.author_type if not it.startswith("-")]),
        ("m", filters.mentions),
        ("r", filters.mentions_role_id),
        ("p", filters.replied_to_user_id),
        ("q", filters.replied_to_message_id),
        ("l", [host.lower() for host in filters.link_hostname]),
        ("b", filters.embed_provider),
        ("e", filters.embed_type),
        ("x", [it.lower().removeprefix(".") for it in filters.attachment_extension]),
    ):
        if values:
            yield any_of(list(_marks(sign, values)))
    if filters.attachment_filename:
        yield any_of([Lexeme(mark(filename_mark(it))) for it in filters.attachment_filename])
    for thing in filters.has:
        if not thing.startswith("-"):
            yield Lexeme(mark(f"h{thing}"))
    if filters.mention_everyone:
        yield Lexeme(mark("everyone"))
    if filters.pinned:
        yield Lexeme(mark("pinned"))
    if filters.command_id is not None:
        yield Lexeme(mark(f"i{filters.command_id}"))
    if filters.command_name is not None:
        yield Lexeme(mark(command_mark(filters.command_name)))


def _unwanted(filters: Filters) -> Iterator[Lexeme]:
    yield from _marks("t", [it[1:] for it in filters.author_type if it.startswith("-")])
    yield from _marks("h", [it[1:] for it in filters.has if it.startswith("-")])
    if filters.mention_everyone is False:
        yield Lexeme(mark("everyone"))
    if filters.pinned is False:
        yield Lexeme(mark("pinned"))


def _channels(channel_ids: Sequence[str]) -> Iterator[Expression]:
    """A few channels are found by their marks; among many, messages are looked through."""
    if 0 < len(channel_ids) <= _FEW_CHANNELS:
        yield any_of(list(_marks("c", channel_ids)))


def _marks(sign: str, values: Iterable[str]) -> Iterator[Lexeme]:
    return (Lexeme(mark(f"{sign}{it}")) for it in values)

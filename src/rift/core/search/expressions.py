"""What a search asks for, as PostgreSQL reads it, and as it is held against a message at hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

SEGMENT: Final = "\ue000"
"""Stands for the segment's number wherever an expression names a lexeme."""

Places = Mapping[str, Sequence[int]]
"""The lexemes of a message, each with where it stands."""

_ESCAPED: Final = str.maketrans({"'": "''", "\\": "\\\\"})
_EVERYTHING: Final = "*"


def word(text: str) -> str:
    """The lexeme of a word."""
    return f":{text}"


def mark(text: str) -> str:
    """The lexeme of something that is known of a message."""
    return f";{text}"


EACH: Final = mark(_EVERYTHING)
"""The lexeme that every message has."""


def quoted(lexeme: str, segment: str = SEGMENT) -> str:
    """A lexeme as PostgreSQL reads it, within its segment."""
    return f"'{segment}{lexeme.translate(_ESCAPED)}'"


class Lexeme(msgspec.Struct, frozen=True):
    """A word or a mark; with `begins`, every word that begins so."""

    text: str
    begins: bool = False

    def __str__(self) -> str:
        return quoted(self.text) + (":*" if self.begins else "")

    def ends(self, places: Places) -> Sequence[int]:
        """The places at which it stands."""
        if not self.begins:
            return places.get(self.text, ())
        return [at for text, found in places.items() if text.startswith(self.text) for at in found]

    def holds(self, places: Places) -> bool:
        if self.begins:
            return any(text.startswith(self.text) for text in places)
        return self.text in places

    def anchors(self) -> frozenset[str] | None:
        return None if self.begins else frozenset({self.text})

    def lexemes(self) -> "Iterator[Lexeme]":
        yield self


class Then(msgspec.Struct, frozen=True):
    """One after the other, at one of these distances."""

    first: "Expression"
    last: "Expression"
    distances: tuple[int, ...] = (1,)

    def __str__(self) -> str:
        return " | ".join(f"(({self.first}) <{step}> ({self.last}))" for step in self.distances)

    def ends(self, places: Places) -> Sequence[int]:
        begun = set(self.first.ends(places))
        return [
            at for at in self.last.ends(places) if any(at - by in begun for by in self.distances)
        ]

    def holds(self, places: Places) -> bool:
        return bool(self.ends(places))

    def anchors(self) -> frozenset[str] | None:
        return self.first.anchors() or self.last.anchors()

    def lexemes(self) -> Iterator[Lexeme]:
        yield from self.first.lexemes()
        yield from self.last.lexemes()


class AnyOf(msgspec.Struct, frozen=True):
    """At least one of them."""

    of: "tuple[Expression, ...]"

    def __str__(self) -> str:
        return " | ".join(f"({it})" for it in self.of)

    def ends(self, places: Places) -> Sequence[int]:
        return [at for it in self.of for at in it.ends(places)]

    def holds(self, places: Places) -> bool:
        return any(it.holds(places) for it in self.of)

    def anchors(self) -> frozenset[str] | None:
        found = [it.anchors() for it in self.of]
        return None if None in found else frozenset().union(*filter(None, found))

    def lexemes(self) -> Iterator[Lexeme]:
        for it in self.of:
            yield from it.lexemes()


class AllOf(msgspec.Struct, frozen=True):
    """Each of them, and none of the others."""

    of: "tuple[Expression, ...]"
    none_of: "tuple[Lexeme, ...]" = ()

    def __str__(self) -> str:
        wanted = [f"({it})" for it in self.of] or [quoted(EACH)]
        return " & ".join((*wanted, *(f"!{it}" for it in self.none_of)))

    def ends(self, places: Places) -> Sequence[int]:
        return [at for it in self.of for at in it.ends(places)] if self.holds(places) else ()

    def holds(self, places: Places) -> bool:
        return all(it.holds(places) for it in self.of) and not any(
            it.holds(places) for it in self.none_of
        )

    def anchors(self) -> frozenset[str] | None:
        """Lexemes one of which every message has that this holds for; None where that is unknown.

        The smallest choice, for it is what messages are looked up by.
        """
        found = [anchors for it in self.of if (anchors := it.anchors()) is not None]
        return min(found, key=len, default=None)

    def lexemes(self) -> Iterator[Lexeme]:
        for it in self.of:
            yield from it.lexemes()


Expression = Lexeme | Then | AnyOf | AllOf


def any_of(found: Sequence[Expression]) -> Expression:
    """At least one of them, of which there is one or more."""
    return found[0] if len(found) == 1 else AnyOf(tuple(dict.fromkeys(found)))


def within(expression: Expression, segment: str) -> str:
    """The expression for one segment."""
    return str(expression).replace(SEGMENT, segment)

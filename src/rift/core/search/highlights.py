"""Where in a message the words stand by which it was found."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from rift.core.search.expressions import Expression, word
from rift.core.search.folding import stem
from rift.core.search.terms import Word, words


class Sought(Struct, frozen=True):
    """The words of an expression: whole, and how others begin."""

    whole: frozenset[str]
    begun: tuple[str, ...]
    languages: Sequence[str]

    @classmethod
    def of(cls, expression: Expression, languages: Sequence[str]) -> "Sought":
        sign = word("")
        found = [it for it in expression.lexemes() if it.text.startswith(sign)]
        return cls(
            frozenset(it.text.removeprefix(sign) for it in found if not it.begins),
            tuple(it.text.removeprefix(sign) for it in found if it.begins),
            languages,
        )

    def ranges(self, content: str) -> list[tuple[int, int]]:
        """The stretches of a content that match, in its order, counted in UTF-16 units."""
        if not self.whole and not self.begun:
            return []
        found = [(it.start, it.end) for it in words(content) if self._is(it)]
        return list(_counted(content, _merged(sorted(found))))

    def _is(self, found: Word) -> bool:
        if found.text in self.whole or found.text.startswith(self.begun):
            return True
        if not found.written:
            return False
        return any(stem(found.written, spoken) in self.whole for spoken in self.languages)


def _merged(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches that touch or overlap are one."""
    first: tuple[int, int] | None = None
    for start, end in found:
        if first is not None and start <= first[1]:
            first = (first[0], max(first[1], end))
            continue
        if first is not None:
            yield first
        first = (start, end)
    if first is not None:
        yield first


def _counted(content: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = units = 0
    for start, end in found:
        units += _units(content[at:start])
        length = _units(content[start:end])
        yield units, units + length
        at, units = end, units + length


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

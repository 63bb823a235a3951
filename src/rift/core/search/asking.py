"""What somebody typed, as an expression: words, "phrases", beginnings* and what resembles them."""

import itertools
import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from rift.core.search.expressions import (
    Expression,
    Lexeme,
    Then,
    any_of,
    word,
)
from rift.core.search.folding import fold, stem
from rift.core.search.terms import Kind, Part, Piece, pieces
from rift.core.search.typos import Resembling

_TYPED: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_MOST: Final = 40
"""So many words of a question count."""
_FARTHEST: Final = 16
"""Words that may be so far apart may as well be anywhere."""
_BEGINNING: Final = 2
"""Letters from which on a word may be a beginning."""

_NOTHING: Final[Resembling] = MappingProxyType({})


class Typed(NamedTuple):
    """A word, or what stands between quotation marks."""

    pieces: Sequence[Piece]
    exact: bool = False
    begins: bool = False

    @property
    def alone(self) -> str:
        """The word it is, folded; empty where it is more than one, or no word at all."""
        first = self.pieces[0]
        lone = len(self.pieces) == 1 and first.kind is Kind.WORD and not self.exact
        return (first.whole or fold(first.parts[0].text)) if lone else ""


class Question(NamedTuple):
    """The words of a search. `open` says that the last of them may not be finished yet."""

    typed: Sequence[Typed]
    open: bool = False
    slop: int | None = None
    languages: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        """The single words in it, for which others may be tried."""
        return [it.alone for it in self.typed if it.alone and not it.begins]

    def strictly(self) -> list[Expression]:
        """What a message must hold: each word or another form of it, each phrase as it stands."""
        return self._all(_NOTHING, unfinished=False)

    def loosely(self, resembling: Resembling) -> list[Expression]:
        """The same, but for slips of the pen, and for a last word that is only begun."""
        return self._all(resembling, unfinished=self.open)

    def _all(self, resembling: Resembling, *, unfinished: bool) -> list[Expression]:
        found = [self._one(it, resembling) for it in self.typed]
        last = self.typed[-1] if self.typed else None
        if unfinished and last is not None and not last.exact:
            begun = self._one(last._replace(begins=True), resembling)
            found[-1] = any_of([found[-1], begun])
        return self._near(found)

    def _near(self, found: list[Expression]) -> list[Expression]:
        if self.slop is None or self.slop > _FARTHEST or len(found) < 2:
            return found
        distances = tuple(range(1, self.slop + 2))
        return [Then(one, other, distances) for one, other in itertools.pairwise(found)]

    def _one(self, typed: Typed, resembling: Resembling) -> Expression:
        chain = _chain(typed.pieces, () if typed.exact else self.languages, begins=typed.begins)
        alone = typed.alone
        if not alone:
            return chain
        others: list[Expression] = [Lexeme(word(it)) for it in resembling.get(alone, ())]
        if typed.pieces[0].whole:
            others.append(Lexeme(word(alone), begins=typed.begins))
        return any_of([chain, *others])


def ask(content: str, languages: Sequence[str], slop: int | None = None) -> Question:
    """What was typed into the field for words."""
    typed = [_typed(match[1], match[2]) for match in _TYPED.finditer(content)]
    unfinished = not content.endswith((" ", '"', "*"))
    known = [it for it in typed if it is not None][:_MOST]
    return Question(known, open=unfinished, slop=slop, languages=languages)


def _typed(phrase: str | None, single: str | None) -> Typed | None:
    found = tuple(pieces(phrase or single or ""))[:_MOST]
    if not found:
        return None
    begins = single is not None and single.endswith("*")
    return Typed(found, exact=phrase is not None, begins=begins)


class _Step(NamedTuple):
    place: int
    expression: Expression


def _chain(found: Sequence[Piece], languages: Sequence[str], *, begins: bool) -> Expression:
    """All parts of it, one after the other."""
    steps: list[_Step] = []
    place = 0
    for piece in found:
        steps += _steps(piece, place, languages)
        place += len(piece.parts)
    if begins:
        steps[-1] = _Step(steps[-1].place, _begun(found[-1]))
    chain = steps[0].expression
    for before, step in itertools.pairwise(steps):
        chain = Then(chain, step.expression, (step.place - before.place,))
    return chain


def _steps(piece: Piece, place: int, languages: Sequence[str]) -> list[_Step]:
    parts = piece.parts
    if piece.kind is Kind.RUN and len(parts) > 1:
        pairs = itertools.pairwise(parts)
        texts = [fold(one.text) + fold(other.text) for one, other in pairs]
        return [_Step(place + at, Lexeme(word(text))) for at, text in enumerate(texts)]
    spoken = languages if piece.kind is Kind.WORD else ()
    return [_Step(place + at, _forms(part, spoken)) for at, part in enumerate(parts)]


def _forms(part: Part, languages: Sequence[str]) -> Expression:
    """A word, and the words of the same stem."""
    stems = [stem(part.text, spoken) for spoken in languages]
    return any_of([Lexeme(word(it)) for it in (fold(part.text), *filter(None, stems))])


def _begun(piece: Piece) -> Expression:
    if piece.kind is Kind.RUN:
        return _steps(piece, 0, ())[-1].expression
    text = fold(piece.parts[-1].text)
    return Lexeme(word(text), begins=len(text) >= _BEGINNING)

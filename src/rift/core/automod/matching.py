"""What words and patterns of a rule a text contains, found in time that only its length decides."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import re2

from rift.errors import FieldError, InvalidForm
from rift.wire.automod import RuleMatch

_ANYWHERE: Final = "*"
_EDGE: Final = r"[^\pL\pM\pN_]"
"""What may stand beside a word."""
_BEFORE: Final = rf"(?:^|{_EDGE})"
_AFTER: Final = rf"(?:$|{_EDGE})"
_WORDS_BYTES: Final = 1 << 20
_LETTER_BYTES: Final = 256
"""Words may take so much memory, and so much more for each letter, in whatever script."""
_PATTERN_BYTES: Final = 256 << 10
_LARGEST: Final = 2000
"""So many steps the patterns of a rule have together: at worst all are taken for each letter."""
_RESTARTS: Final = 200
"""After so many findings that are allowed a text is taken for harmless."""
_ALLOWED: Final = 400
"""So many places in a text may be allowed."""

Span = tuple[int, int]


class Finding(NamedTuple):
    keyword: str
    start: int
    end: int


class Words:
    """Many words at once, whole or with `*` where more may follow or stand before."""

    def __init__(self, words: Iterable[str]) -> None:
        kinds: dict[tuple[bool, bool], dict[str, tuple[str, str]]] = {}
        for word in words:
            core = word.strip(_ANYWHERE).strip()
            if core:
                kind = (word.startswith(_ANYWHERE), word.endswith(_ANYWHERE))
                kinds.setdefault(kind, {}).setdefault(core.casefold(), (core, word))
        self._kinds = [
            (
                _together(*kind, [core for core, _ in cores.values()]),
                {folded: word for folded, (_, word) in cores.items()},
            )
            for kind, cores in kinds.items()
        ]

    def find(self, text: str) -> Iterator[Finding]:
        """Each place where one of them stands."""
        for pattern, cores in self._kinds:
            at = 0
            while (found := pattern.search(text, at)) is not None:
                start, end = found.span(1)
                core = text[start:end].casefold()
                yield Finding(cores.get(core, core), start, end)
                at = start + 1


class Patterns:
    """Regular expressions, each by itself."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [(pattern, compiled(pattern)) for pattern in patterns]

    def find(self, text: str) -> Iterator[Finding]:
        for written, pattern in self._patterns:
            at = 0
            while at <= len(text) and (found := pattern.search(text, at)) is not None:
                start, end = found.span()
                if end > start:
                    yield Finding(written, start, end)
                at = max(end, start + 1)


class Matcher:
    """Words and patterns, but not where an allowed word covers what they find."""

    def __init__(
        self, words: Sequence[str], patterns: Sequence[str] = (), allowed: Sequence[str] = ()
    ) -> None:
        self.letters = sum(map(len, (*words, *patterns, *allowed)))
        """How large it is."""
        self._words = Words(words)
        self._patterns = Patterns(patterns)
        self._allowed = Words(allowed)

    def find(self, text: str) -> RuleMatch | None:
        """The first of what is in the text, if anything is."""
        allowed: list[Span] | None = None
        restarts = 0
        for finder in (self._words, self._patterns):
            for keyword, start, end in finder.find(text):
                if allowed is None:
                    places = islice(self._allowed.find(text), _ALLOWED)
                    allowed = [(one.start, one.end) for one in places]
                if not any(first <= start and end <= last for first, last in allowed):
                    return RuleMatch(matched_keyword=keyword, matched_content=text[start:end])
                restarts += 1
                if restarts == _RESTARTS:
                    return None
        return None


def compiled(pattern: str) -> Any:
    """A pattern as the engine runs it; refuses what is none, and what is too large."""
    return _compile(pattern, _PATTERN_BYTES)


def check(patterns: Sequence[str], at: str) -> None:
    """Refuse patterns by their place in a form."""
    wrong: dict[str, list[FieldError]] = {}
    steps = 0
    for number, pattern in enumerate(patterns):
        try:
            steps += compiled(pattern).programsize
        except re2.error as error:
            wrong[f"{at}.{number}"] = [_complaint(error)]
    if wrong:
        raise InvalidForm(wrong)
    if steps > _LARGEST:
        words = "These regular expressions are too complex."
        raise InvalidForm.at(at, "AUTO_MODERATION_REGEX_TOO_COMPLEX", words)


def _complaint(error: Exception) -> FieldError:
    reason = error.args[0] if error.args else b""
    told = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    words = f"This is no regular expression that can be used: {told}"
    return FieldError("AUTO_MODERATION_INVALID_REGEX", words)


def _compile(pattern: str, most_bytes: int, *, folded: bool = False) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = most_bytes
    options.case_sensitive = not folded
    return re2.compile(pattern, options)


def _together(before: bool, after: bool, cores: Collection[str]) -> Any:
    """One pattern for words of one kind; longer ones first, for they say more."""
    either = "|".join(re2.escape(core) for core in sorted(cores, key=len, reverse=True))
    start = "" if before else _BEFORE
    end = "" if after else _AFTER
    most_bytes = _WORDS_BYTES + _LETTER_BYTES * sum(map(len, cores))
    return _compile(f"{start}({either}){end}", most_bytes, folded=True)

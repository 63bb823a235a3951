"""What one process remembers of guilds it watches: compiled rules, and what was said of late.

Each process of an instance remembers what came through it. All of it is bounded.
"""

from collections import OrderedDict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from msgspec import UNSET

from rift.core.automod import presets
from rift.core.automod.matching import Matcher
from rift.wire.automod import Rule, Trigger

_RULES: Final = 2000
_LETTERS: Final = 2_000_000
"""So many rules are kept ready, with so many letters together."""
_PEOPLE: Final = 10_000
_GUILDS: Final = 2000
_COUNTED: Final = 500
"""Of each thing that is counted, so many times."""
_REMEMBERED: Final = 16
"""Of each person, so many of their latest messages."""


class Said(NamedTuple):
    """A message as far as it is remembered: when, and what it comes down to."""

    at: datetime
    print: int
    links: int


class Sentry:
    """The memory behind the rules."""

    def __init__(self) -> None:
        self._matchers: OrderedDict[str, tuple[Rule, Matcher]] = OrderedDict()
        self._letters = 0
        self._said: OrderedDict[tuple[str, str], deque[Said]] = OrderedDict()
        self._counts: OrderedDict[Hashable, deque[tuple[datetime, int]]] = OrderedDict()

    def matcher(self, rule: Rule) -> Matcher:
        """The words of a rule, made ready once for each version of it."""
        known = self._matchers.get(rule.id)
        if known is not None and known[0] is rule:
            return known[1]
        made = matcher(rule)
        self._letters += made.letters - (0 if known is None else known[1].letters)
        self._matchers[rule.id] = (rule, made)
        while len(self._matchers) > _RULES or self._letters > _LETTERS:
            _, (_, oldest) = self._matchers.popitem(last=False)
            self._letters -= oldest.letters
        return made

    def said(self, guild_id: str, user_id: str, latest: Said) -> list[Said]:
        """What somebody said in a guild of late, with this at the end."""
        key = (guild_id, user_id)
        kept = self._said.setdefault(key, deque(maxlen=_REMEMBERED))
        self._said.move_to_end(key)
        kept.append(latest)
        _bound(self._said, _PEOPLE)
        return list(kept)

    def count(self, what: Hashable, at: datetime, amount: int, within: timedelta) -> int:
        """How much of something there was within a time, with this amount of it now."""
        kept = self._counts.setdefault(what, deque(maxlen=_COUNTED))
        self._counts.move_to_end(what)
        if amount:
            kept.append((at, amount))
        while kept and kept[0][0] <= at - within:
            kept.popleft()
        _bound(self._counts, _GUILDS)
        return sum(number for _, number in kept)

    def forget(self, what: Hashable) -> None:
        """Count something from nothing again."""
        self._counts.pop(what, None)


def matcher(rule: Rule) -> Matcher:
    """What a rule looks for."""
    given = rule.trigger_metadata
    allowed = () if given.allow_list is UNSET else given.allow_list
    if rule.trigger_type == Trigger.KEYWORD_PRESET:
        return Matcher(presets.words([] if given.presets is UNSET else given.presets), (), allowed)
    words = () if given.keyword_filter is UNSET else given.keyword_filter
    patterns = () if given.regex_patterns is UNSET else given.regex_patterns
    return Matcher(words, patterns, allowed)


def _bound(memory: OrderedDict[Any, Any], most: int) -> None:
    if len(memory) > most:
        memory.popitem(last=False)

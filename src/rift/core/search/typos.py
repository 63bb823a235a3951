"""Slips of the pen: which words may be meant by a word, and under what they are looked up.

Two words that are one or two slips apart become the same when one or two letters are left out of
each. So a word is kept under what it becomes that way; only its beginning counts, for the rest is
compared once it was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from zlib import crc32

_BEGINNING: Final = 7
_SHORTEST: Final = 4
_LONG: Final = 8
_LONGEST: Final = 32
_KEY: Final = 0xFFFF_FFFF

Resembling = Mapping[str, Sequence[str]]
"""The words there are, by the words they resemble."""


def slips(word: str) -> int:
    """How many slips are forgiven in a word."""
    if len(word) < _SHORTEST:
        return 0
    return 1 if len(word) < _LONG else 2


def is_kept(word: str) -> bool:
    """Whether a word may be what somebody meant; numbers nobody mistypes into one another."""
    return _SHORTEST - 1 <= len(word) <= _LONGEST and not any(map(str.isdigit, word))


def keys(scope: str, word: str) -> list[str]:
    """Under what a word is looked up; words of different guilds share no key but by chance."""
    salt = (int(scope) >> 22) & 0x7FFF_FFFF
    left = _left(word[:_BEGINNING], 2 if len(word) >= _LONG - 2 else 1)
    return [str(salt << 32 | crc32(it.encode()) & _KEY) for it in sorted(left)]


def _left(word: str, times: int) -> frozenset[str]:
    """What a word can become when up to so many letters are left out."""
    found = frozenset({word})
    if times and len(word) > 1:
        found |= frozenset(it for shorter in _shorter(word) for it in _left(shorter, times - 1))
    return found


def _shorter(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, mistaken or swapped between two words; `most + 1` where more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, another in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != another))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]

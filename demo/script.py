"""Reads what people say to each other in the files of `talks/`.

    == place/room 3 20:20        a scene: where, how many days ago, when; or `now-40m`
    juno: Some text.             a message; lines indented by four, or empty, are more of it
    mira ^: An answer.           a reply to the message before
      + 👍 juno :spark:          who reacts with what; emojis of the guild by their names
      # hills: What it shows     a picture of a kind, and its words for those who cannot see it
      =Some other text.          what it was edited to
      !                          it is pinned

`@{somebody}`, `@&{Role}` and `#{room}` mention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

_TALKS: Final = Path(__file__).with_name("talks")
_SCENE: Final = re.compile(r"== (\S+) (?:now-(\d+)m|(\d+) (\d\d):(\d\d))")
_SPOKEN: Final = re.compile(r"(\w+)( \^)?: (.*)")
_DEFAULT_PLACE: Final = "longwave"


@dataclass
class Line:
    """One message; `id` is known when it was sent."""

    who: str
    text: str
    answers: "Line | None" = None
    reactions: list[tuple[str, list[str]]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    edited: str = ""
    pinned: bool = False
    id: str = ""

    @property
    def people(self) -> set[str]:
        return {self.who, *(name for _, names in self.reactions for name in names)}


@dataclass
class Scene:
    """Messages of one room that follow each other; `where` is `place/room`, or private."""

    where: str
    minutes_ago: int | None
    days_ago: int
    clock: tuple[int, int]
    lines: list[Line] = field(default_factory=list)

    @property
    def place(self) -> str | None:
        """The guild it happens in, if any."""
        return self.where.partition("/")[0] if "/" in self.where else None

    def begins(self, now: datetime) -> datetime:
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        day = now - timedelta(days=self.days_ago)
        return day.replace(hour=self.clock[0], minute=self.clock[1], second=0, microsecond=0)


def scenes() -> list[Scene]:
    """All there are."""
    return [scene for path in sorted(_TALKS.glob("*.txt")) for scene in _read(path)]


def _read(path: Path) -> Iterator[Scene]:
    scene: Scene | None = None
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("=="):
            if scene is not None:
                yield scene
            scene = _opened(text)
        elif scene is not None:
            _heard(scene, text)
    if scene is not None:
        yield scene


def _opened(text: str) -> Scene:
    found = _SCENE.fullmatch(text)
    if found is None:
        raise ValueError(f"no scene begins like this: {text}")
    where, minutes, days, hour, minute = found.groups()
    if "/" not in where and ":" not in where:
        where = f"{_DEFAULT_PLACE}/{where}"
    ago = None if minutes is None else int(minutes)
    return Scene(where, ago, int(days or 0), (int(hour or 0), int(minute or 0)))


def _heard(scene: Scene, text: str) -> None:
    if text.startswith("    ") or not text:
        scene.lines[-1].text += "\n" + text[4:]
    elif text.startswith("  "):
        _note(scene.lines[-1], text[2:])
    else:
        found = _SPOKEN.fullmatch(text)
        if found is None:
            raise ValueError(f"nobody says this: {text}")
        who, answer, said = found.groups()
        scene.lines.append(Line(who, said, scene.lines[-1] if answer else None))


def _note(line: Line, text: str) -> None:
    mark, rest = text[0], text[1:].strip()
    if mark == "+":
        emoji, *names = rest.split()
        line.reactions.append((emoji, names))
    elif mark == "#":
        kind, _, words = rest.partition(": ")
        line.pictures.append((kind, words))
    elif mark == "=":
        line.edited = rest
    elif mark == "!":
        line.pinned = True
    else:
        raise ValueError(f"not understood: {text}")

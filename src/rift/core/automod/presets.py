"""The word lists that come with the server, as files beside this one."""

from functools import cache
from importlib.resources import files
from typing import Final

_FILES: Final = {1: "profanity", 2: "sexual_content", 3: "slurs"}


def words(presets: list[int]) -> list[str]:
    """The words of these lists, written as in a rule."""
    return [word for preset in sorted(set(presets)) for word in _listed(preset)]


@cache
def _listed(preset: int) -> tuple[str, ...]:
    text = (files("rift.core.automod") / "lists" / f"{_FILES[preset]}.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))

"""A language for tests: English with accents, a third longer; what nobody translated is seen."""

import json
import re
from typing import Final

from playwright.async_api import Page, Route

from tests.web.conftest import WEB

MARKS: Final = ("⟦", "⟧")
_ACCENTS: Final = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
_HOLE: Final = re.compile(r"(\{\w+\})")
_LONGER: Final = 0.35
_ENGLISH: Final = WEB / "src" / "i18n" / "en"
_CHUNK: Final = re.compile(r"/assets/(near|deep)-[\w-]+\.js$")


def pseudo(message: str) -> str:
    """A message with its holes as they were."""
    parts = _HOLE.split(message)
    words = "".join(it if _HOLE.fullmatch(it) else it.translate(_ACCENTS) for it in parts)
    length = sum(len(it) for it in parts if not _HOLE.fullmatch(it))
    opening, closing = MARKS
    return f"{opening}{words}{'~' * round(length * _LONGER)}{closing}"


def _catalogue(name: str) -> str:
    """A chunk of the client that says everything in the language for tests."""
    rooms = re.findall(r'from "\./(\w+)\.json"', (_ENGLISH / f"{name}.ts").read_text())
    said = [json.loads((_ENGLISH / f"{room}.json").read_text()) for room in rooms]
    words = {key: pseudo(text) for room in said for key, text in room.items()}
    return f"export default {json.dumps(words)}"


async def speak_pseudo(page: Page) -> None:
    """The client never hears of it: the words it fetches are others."""

    async def answered(route: Route) -> None:
        found = _CHUNK.search(route.request.url)
        assert found is not None
        await route.fulfill(body=_catalogue(found[1]), content_type="text/javascript")

    await page.route(_CHUNK, answered)

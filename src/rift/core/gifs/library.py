"""Asks the provider, remembers its answers for a while, and fetches the files readers look at."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from rift.core.gifs.providers import Found, Kindred, Provider
from rift.errors import Unavailable
from rift.fetching import Ask, Fetcher, NotFetched, Portion

_REMEMBERED: Final = 256
_FRESH_S: Final = 600.0
_ANSWER_BYTES: Final = 4 * 1024 * 1024
_SHOWN: Final = ("image/", "video/")
_AWAY: Final = "The provider of GIFs does not answer. Try again later."


class Library:
    """Of one process. The key never leaves for anywhere but the provider."""

    def __init__(self, provider: Provider, fetcher: Fetcher, root: str, most_bytes: int) -> None:
        self._provider = provider
        self._fetcher = fetcher
        self._root = root.rstrip("/") or provider.root
        self._most_bytes = most_bytes
        self._known: OrderedDict[str, tuple[float, Any]] = OrderedDict()

    async def close(self) -> None:
        await self._fetcher.close()

    async def search(self, words: str, limit: int, locale: str) -> Sequence[Found]:
        path = self._provider.search(words, limit, locale)
        return self._provider.gifs(await self._answer(path))

    async def trending(self, limit: int, locale: str) -> Sequence[Found]:
        return self._provider.gifs(await self._answer(self._provider.trending(limit, locale)))

    async def categories(self, locale: str) -> Sequence[Kindred]:
        return self._provider.kinds(await self._answer(self._provider.categories(locale)))

    async def suggestions(self, words: str, limit: int, locale: str) -> Sequence[str]:
        path = self._provider.suggestions(words, limit, locale)
        return self._provider.words(await self._answer(path))

    async def file(self, url: str) -> bytes:
        """The bytes of an image or a film; `NotFetched` where there is none."""
        most = self._most_bytes

        def takes(content_type: str) -> Portion | None:
            return Portion(most, whole=True) if content_type.startswith(_SHOWN) else None

        return (await self._fetcher.fetch(url, Ask("image/*,video/*", takes))).body

    async def _answer(self, path: str) -> Any:
        known = self._known.get(path)
        now = time.monotonic()
        if known is not None and known[0] > now:
            self._known.move_to_end(path)
            return known[1]
        answer = await self._ask(path)
        self._known[path] = (now + _FRESH_S, answer)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return answer

    async def _ask(self, path: str) -> Any:
        try:
            fetched = await self._fetcher.fetch(
                f"{self._root}{path}", Ask("application/json", _takes_json)
            )
            return msgspec.json.decode(fetched.body)
        except (NotFetched, msgspec.DecodeError):
            raise Unavailable(_AWAY) from None


def domains(provider: Provider, root: str) -> tuple[str, ...]:
    """Where requests may go: to the provider, and where the operator says its API is."""
    host = urlsplit(root).hostname
    return provider.domains if host is None else (*provider.domains, host)


def _takes_json(content_type: str) -> Portion | None:
    return Portion(_ANSWER_BYTES, whole=True) if content_type.endswith("json") else None

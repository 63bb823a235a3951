"""How GIFs are asked for at each provider, and what of the answers counts."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple, Protocol
from urllib.parse import quote, urlencode

from msgspec import Meta, Struct, ValidationError, convert

_MOST: Final = 50
"""So many both of them give at once."""
_FEWEST: Final = 8
_SIZES: Final = ("", "medium", "tiny", "nano")
_KINDS: Final = ("mp4", "webm", "webp", "gif")
_Number = Annotated[int, Meta(ge=0)]


class Medium(NamedTuple):
    """One file of a GIF; the URL is the provider's."""

    url: str
    width: int
    height: int


class Found(NamedTuple):
    """A GIF: its files by format, and a picture of it that stands still."""

    id: str
    title: str
    page: str
    still: str
    media: Mapping[str, Medium]

    def best(self, format_: str) -> Medium | None:
        """The file in a format, or else what is most like it."""
        kind = next((kind for kind in _KINDS if format_.endswith(kind)), "mp4")
        size = format_.removesuffix(kind).replace("looped", "")
        wanted = (f"{size}{kind}", kind, f"{size}mp4", "mp4", f"{size}gif", "gif")
        return next((self.media[name] for name in wanted if name in self.media), None)


class Kindred(NamedTuple):
    """A category, and a picture for it."""

    name: str
    url: str


class Provider(Protocol):
    """The paths below its root, and how its answers are read."""

    root: str
    domains: tuple[str, ...]

    def search(self, words: str, limit: int, locale: str) -> str: ...
    def trending(self, limit: int, locale: str) -> str: ...
    def categories(self, locale: str) -> str: ...
    def suggestions(self, words: str, limit: int, locale: str) -> str: ...
    def gifs(self, answer: Any) -> Sequence[Found]: ...
    def kinds(self, answer: Any) -> Sequence[Kindred]: ...
    def words(self, answer: Any) -> Sequence[str]: ...


class Giphy:
    """GIPHY: the key goes with each question."""

    root = "https://api.giphy.com"
    domains: tuple[str, ...] = ("giphy.com",)
    _sizes: Final = dict(
        zip(
            _SIZES,
            ("original", "downsized_medium", "fixed_width", "fixed_width_small"),
            strict=True,
        )
    )

    def __init__(self, key: str, rating: str) -> None:
        self._given = {"api_key": key, "rating": rating}

    def search(self, words: str, limit: int, locale: str) -> str:
        return self._path("gifs/search", q=words, limit=_bounded(limit), lang=locale[:2])

    def trending(self, limit: int, locale: str) -> str:
        del locale
        return self._path("gifs/trending", limit=_bounded(limit))

    def categories(self, locale: str) -> str:
        del locale
        return self._path("gifs/categories")

    def suggestions(self, words: str, limit: int, locale: str) -> str:
        del locale
        return self._path("gifs/search/tags", q=words, limit=limit)

    def gifs(self, answer: Any) -> Sequence[Found]:
        return [found for one in _listed(answer, "data") if (found := self._gif(one))]

    def kinds(self, answer: Any) -> Sequence[Kindred]:
        found = []
        for one in _listed(answer, "data"):
            gif = self._gif(_at(one, "gif"))
            if gif is not None and (medium := gif.best("gif")):
                found.append(Kindred(str(_at(one, "name")), medium.url))
        return found

    def words(self, answer: Any) -> Sequence[str]:
        return [str(_at(one, "name")) for one in _listed(answer, "data")]

    def _path(self, path: str, **query: object) -> str:
        return f"/v1/{path}?{urlencode({**self._given, **query})}"

    def _gif(self, one: Any) -> Found | None:
        media: dict[str, Medium] = {}
        for size, name in self._sizes.items():
            shown = _at(one, "images", name)
            for kind, field in (("gif", "url"), ("mp4", "mp4"), ("webp", "webp")):
                medium = _medium(_at(shown, field), shown)
                if medium is not None:
                    media[f"{size}{kind}"] = medium
        still = _at(one, "images", "original_still", "url")
        return _found(_at(one, "id"), _at(one, "title"), _at(one, "url"), still, media)


class Klipy:
    """KLIPY: the key is part of the path. Nobody's searches are told apart there."""

    root = "https://api.klipy.com"
    domains: tuple[str, ...] = ("klipy.com",)
    _sizes: Final = dict(zip(_SIZES, ("hd", "md", "sm", "xs"), strict=True))
    _filters: Final = {"g": "high", "pg": "medium", "pg-13": "low", "r": "off"}

    def __init__(self, key: str, rating: str) -> None:
        self._key = quote(key, safe="")
        self._given = {"rating": rating, "content_filter": self._filters[rating]}

    def search(self, words: str, limit: int, locale: str) -> str:
        return self._path("gifs/search", locale, q=words, per_page=_bounded(limit), page=1)

    def trending(self, limit: int, locale: str) -> str:
        return self._path("gifs/trending", locale, per_page=_bounded(limit), page=1)

    def categories(self, locale: str) -> str:
        return self._path("gifs/categories", locale)

    def suggestions(self, words: str, limit: int, locale: str) -> str:
        return self._path(f"autocomplete/{quote(words, safe='')}", locale, q=words, limit=limit)

    def gifs(self, answer: Any) -> Sequence[Found]:
        rows = _listed(answer, "data", "data")
        return [found for one in rows if (found := self._gif(one))]

    def kinds(self, answer: Any) -> Sequence[Kindred]:
        rows = _listed(answer, "data", "categories")
        found = [(_at(one, "category"), _at(one, "preview_url")) for one in rows]
        return [Kindred(str(name), str(url)) for name, url in found if name and url]

    def words(self, answer: Any) -> Sequence[str]:
        return [str(one) for one in _listed(answer, "data")]

    def _path(self, path: str, locale: str, **query: object) -> str:
        given = {**self._given, "locale": locale.replace("-", "_"), **query}
        return f"/api/v1/{self._key}/{path}?{urlencode(given)}"

    def _gif(self, one: Any) -> Found | None:
        media: dict[str, Medium] = {}
        for size, name in self._sizes.items():
            for kind in _KINDS:
                shown = _at(one, "file", name, kind)
                medium = _medium(_at(shown, "url"), shown)
                if medium is not None:
                    media[f"{size}{kind}"] = medium
        still = _at(one, "file", "sm", "jpg", "url")
        slug = _at(one, "slug")
        page = f"https://klipy.com/gifs/{quote(str(slug), safe='')}"
        return _found(slug, _at(one, "title"), page, still, media)


PROVIDERS: Final[Mapping[str, type[Giphy] | type[Klipy]]] = {"giphy": Giphy, "klipy": Klipy}


class _Size(Struct):
    width: _Number
    height: _Number


def _found(
    id_: Any, title: Any, page: Any, still: Any, media: Mapping[str, Medium]
) -> Found | None:
    """What lacks a name, a page or any file is none."""
    if not (isinstance(page, str) and id_ and media):
        return None
    shown = still if isinstance(still, str) else next(iter(media.values())).url
    return Found(str(id_), str(title or ""), page, shown, media)


def _medium(url: Any, sized: Any) -> Medium | None:
    if not isinstance(url, str) or not url:
        return None
    try:
        size = convert(sized, _Size, strict=False)
    except ValidationError:
        return None
    return Medium(url, size.width, size.height)


def _listed(answer: Any, *path: str) -> Sequence[Any]:
    found = _at(answer, *path)
    return found if isinstance(found, list) else ()


def _at(answer: Any, *path: str) -> Any:
    """What stands at a place of somebody else's JSON; None where there is no such place."""
    for name in path:
        if not isinstance(answer, dict):
            return None
        answer = answer.get(name)
    return answer


def _bounded(limit: int) -> int:
    return min(max(limit, _FEWEST), _MOST)

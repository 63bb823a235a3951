"""GIFs of a provider, as the picker shows them; all media lead to this server."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

GifFormat = Literal[
    "mp4", "tinymp4", "nanomp4", "loopedmp4", "webm", "tinywebm", "nanowebm",
    "gif", "mediumgif", "tinygif", "nanogif", "webp", "tinywebp", "nanowebp",
]  # fmt: skip
_Words = Annotated[str, Meta(min_length=1, max_length=100)]
_Most = Annotated[int, Meta(ge=1, le=500)]
_Locale = Annotated[str, Meta(max_length=16)]


class Gif(Struct, frozen=True, kw_only=True):
    """`url` is its page at the provider, `src` the medium in the format that was asked for."""

    id: str
    title: str
    url: str
    src: str
    gif_src: str
    preview: str
    width: int
    height: int


class GifCategory(Struct, frozen=True, kw_only=True):
    name: str
    src: str


class TrendingGifs(Struct, frozen=True, kw_only=True):
    categories: list[GifCategory]
    gifs: list[Gif]


class _GifsQuery(Struct, frozen=True, kw_only=True):
    media_format: str = "mp4"
    """What is none of the formats there are means this one, as at Discord."""
    locale: _Locale = "en-US"
    provider: Annotated[str, Meta(max_length=32)] | None = None


class TrendingGifsQuery(_GifsQuery, frozen=True, kw_only=True):
    limit: _Most = 50


class SearchGifsQuery(TrendingGifsQuery, frozen=True, kw_only=True):
    q: _Words


class SuggestGifsQuery(Struct, frozen=True, kw_only=True):
    q: _Words
    limit: _Most = 20
    locale: _Locale = "en-US"
    provider: Annotated[str, Meta(max_length=32)] | None = None


class SelectGif(Struct, frozen=True, kw_only=True):
    id: Annotated[str, Meta(max_length=256)]
    q: Annotated[str, Meta(max_length=100)] | None = None
    provider: Annotated[str, Meta(max_length=32)] | None = None

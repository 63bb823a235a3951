"""What can be done with GIFs: look for them, of which the provider learns what but not who."""

from collections.abc import Iterable, Iterator

from rift import errors
from rift.core.actor import Actor
from rift.core.gifs.library import Library
from rift.core.gifs.providers import Found
from rift.core.links import Links
from rift.core.unit import Unit
from rift.wire.gifs import (
    Gif,
    GifCategory,
    SearchGifsQuery,
    SelectGif,
    SuggestGifsQuery,
    TrendingGifs,
    TrendingGifsQuery,
)


async def search(unit: Unit, actor: Actor, query: SearchGifsQuery) -> list[Gif]:
    """GIFs for some words."""
    found = await _library(unit, actor).search(query.q, query.limit, query.locale)
    return list(_shown(unit.house.links, found, query.media_format))


async def trending(unit: Unit, actor: Actor, query: TrendingGifsQuery) -> TrendingGifs:
    """What others look for, by category, and a GIF many look at."""
    library, links = _library(unit, actor), unit.house.links
    kinds = await library.categories(query.locale)
    first = (await library.trending(query.limit, query.locale))[:1]
    return TrendingGifs(
        categories=[GifCategory(name=kind.name, src=links.borrowed(kind.url)) for kind in kinds],
        gifs=list(_shown(links, first, query.media_format)),
    )


async def trending_gifs(unit: Unit, actor: Actor, query: TrendingGifsQuery) -> list[Gif]:
    """What many look at."""
    found = await _library(unit, actor).trending(query.limit, query.locale)
    return list(_shown(unit.house.links, found, query.media_format))


async def suggest(unit: Unit, actor: Actor, query: SuggestGifsQuery) -> list[str]:
    """Words that others look for."""
    library = _library(unit, actor)
    found = await library.suggestions(query.q, query.limit, query.locale)
    return list(found)[: query.limit]


async def select(unit: Unit, actor: Actor, body: SelectGif) -> None:
    """A client says what was chosen; nobody is told."""
    del body
    _library(unit, actor)


def _library(unit: Unit, actor: Actor) -> Library:
    actor.must_be_person()
    if unit.house.gifs is None:
        raise errors.NotFound
    return unit.house.gifs


def _shown(links: Links, found: Iterable[Found], format_: str) -> Iterator[Gif]:
    for one in found:
        medium = one.best(format_)
        gif = one.best("gif") or medium
        if medium is not None and gif is not None:
            yield Gif(
                id=one.id,
                title=one.title,
                url=one.page,
                src=links.borrowed(medium.url),
                gif_src=links.borrowed(gif.url),
                preview=links.borrowed(one.still),
                width=medium.width,
                height=medium.height,
            )

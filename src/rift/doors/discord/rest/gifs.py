"""The operations on GIFs."""

from typing import Final

from rift.core.gifs import verbs as gifs
from rift.doors.http.endpoints import Bucket, get, post

_LOOK: Final = Bucket("gifs", 30, 30.0)

ENDPOINTS: Final = (
    get("/gifs/search", gifs.search, _LOOK),
    get("/gifs/trending", gifs.trending, _LOOK),
    get("/gifs/trending-gifs", gifs.trending_gifs, _LOOK),
    get("/gifs/suggest", gifs.suggest, _LOOK),
    post("/gifs/select", gifs.select, _LOOK, status=204),
)

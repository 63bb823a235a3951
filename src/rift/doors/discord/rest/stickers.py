"""The operations on stickers."""

from typing import Final

from rift.core.stickers import receiving
from rift.core.stickers import verbs as stickers
from rift.doors.http.endpoints import MULTIPART, Bucket, delete, get, patch, post

_OF_GUILD: Final = "/guilds/{guild_id}/stickers"

ENDPOINTS: Final = (
    get("/sticker-packs", stickers.list_packs),
    get("/sticker-packs/{pack_id}", stickers.fetch_pack),
    get("/stickers/{sticker_id}", stickers.find),
    get(_OF_GUILD, stickers.list_all),
    post(
        _OF_GUILD,
        stickers.create,
        Bucket("stickers.create", 5, 10.0),
        status=201,
        media_types=(MULTIPART,),
        intake=receiving.Receiver,
    ),
    get(f"{_OF_GUILD}/{{sticker_id}}", stickers.fetch),
    patch(f"{_OF_GUILD}/{{sticker_id}}", stickers.modify, Bucket("stickers.modify", 10, 10.0)),
    delete(f"{_OF_GUILD}/{{sticker_id}}", stickers.delete, Bucket("stickers.delete", 10, 10.0)),
)

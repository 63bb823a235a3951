"""Links to a harvest: signed and good for minutes, so that a browser can follow one."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from rift.core.harvests import queries
from rift.core.harvests.collecting import place
from rift.core.house import House
from rift.core.unit import Unit
from rift.snowflake import parse

_GOOD_FOR: Final = timedelta(minutes=15)
_KEY_BYTES: Final = 32
_MOST_FIELDS: Final = 8


async def make_key(unit: Unit) -> None:
    """The instance's key for such links, made when the first harvest is asked for."""
    await unit.run(queries.MAKE_KEY, secrets.token_hex(_KEY_BYTES))


async def link(unit: Unit, harvest_id: str) -> str:
    """Where the harvest can be had for the next minutes."""
    key = (await unit.one(queries.KEY))["value"]
    until = int((unit.now() + _GOOD_FOR).timestamp())
    public = unit.settings.server.public_url.rstrip("/")
    signed = _sign(key, harvest_id, until)
    return f"{public}/harvests/{harvest_id}?until={until}&signature={signed}"


async def follow(house: House, harvest_id: str, query: str) -> Path | None:
    """The file a link leads to, if its signature is ours and it is not too old."""
    id_ = parse(harvest_id)
    try:
        fields = parse_qs(query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    given = {name: values[0] for name, values in fields.items()}
    until, signature = given.get("until", ""), given.get("signature", "")
    if id_ is None or not (until.isascii() and until.isdigit() and len(until) < 16):
        return None
    now = house.clock()
    async with Unit(house, reading=True) as unit:
        key = await unit.maybe(queries.KEY)
        if key is None or int(until) < now.timestamp():
            return None
        expected = _sign(key["value"], id_, int(until))
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            return None
        ready = await unit.maybe(queries.READY, id_, now)
    path = place(house, id_)
    return path if ready is not None and path.is_file() else None


def _sign(key: str, harvest_id: str, until: int) -> str:
    text = f"harvest {harvest_id} {until}".encode()
    return hmac.new(bytes.fromhex(key), text, hashlib.sha256).hexdigest()

"""Hands one push to the service that carries it to a device, and keeps what became of it."""

import secrets
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from rift.core.house import House
from rift.core.pushes import queries
from rift.core.unit import Row, Unit
from rift.fetching import NotFetched
from rift.protocols import webpush
from rift.snowflake import Snowflake
from rift.wire.pushes import Push

_GONE: Final = frozenset({404, 410})
_LATER: Final = frozenset({408, 425, 429})


class Device(NamedTuple):
    """Where a push goes, and how it is sealed."""

    id: Snowflake
    endpoint: str
    p256dh: str
    auth: str
    receipt: str
    shows_content: bool

    @classmethod
    def from_row(cls, row: Row, id_: str = "id") -> "Device":
        others = (row[name] for name in cls._fields[1:])
        return cls(row[id_], *others)


class Outcome(NamedTuple):
    """What the service answered; no status where it was not reached."""

    status: int | None
    why: str = ""
    retry_after_s: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status in _GONE

    @property
    def is_worth_another_try(self) -> bool:
        return self.status is None or self.status in _LATER or self.status >= 500


async def carry(house: House, device: Device, push: Push, *, urgency: str) -> Outcome:
    """Send it. Pushes of one channel that the device has not fetched yet replace each other."""
    vapid = house.vapid
    if vapid is None:
        return Outcome(None, "switched off")
    now_s = int(house.clock().timestamp())
    parts = urlsplit(device.endpoint)
    headers = {
        "Authorization": vapid.authorization(f"{parts.scheme}://{parts.netloc}", now_s),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(house.settings.push.ttl_hours * 3600),
        "Urgency": urgency,
        "Topic": push.tag,
    }
    to = webpush.receiver(device.p256dh, device.auth)
    salt = secrets.token_bytes(webpush.SALT_BYTES)
    sealed = webpush.encrypted(_payload(push), to, salt, webpush.new_key())
    try:
        answer = await house.messenger.post(device.endpoint, sealed, headers)
    except NotFetched as failure:
        return Outcome(None, failure.why.value)
    return Outcome(answer.status, f"HTTP {answer.status}", _pause_s(answer.retry_after, now_s))


async def note(unit: Unit, device: Device, outcome: Outcome) -> None:
    """Keep how it went; whom the service knows no longer is forgotten here as well."""
    if outcome.is_taken:
        await unit.run(queries.PUSHED, device.id, unit.now())
    elif outcome.is_gone:
        await unit.run(queries.GONE, device.id, device.endpoint)
    else:
        await unit.run(queries.FAILED, device.id, outcome.why)


def _payload(push: Push) -> bytes:
    """As JSON, cut where it is too long for one record."""
    written = msgspec.json.encode(push)
    while len(written) > webpush.MOST_BYTES and push.body:
        push = msgspec.structs.replace(push, body=push.body[: len(push.body) // 2])
        written = msgspec.json.encode(push)
    return written


def _pause_s(said: str, now_s: int) -> float:
    """How long `Retry-After` asks to wait: seconds, or a date."""
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now_s)
    except ValueError:
        return 0.0

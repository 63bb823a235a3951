"""Applications that are told by HTTP: signed requests to the URL their owner has named."""

import time
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rift.core.house import House
from rift.errors import FieldError, InvalidForm
from rift.fetching import NotFetched
from rift.wire import interactions as wire
from rift.wire.interactions import InteractionAnswer

_MOST_BYTES: Final = 1_048_576
_OK: Final = 200
_ACCEPTED: Final = 202
_UNAUTHORIZED: Final = 401
_WRONG_BYTES: Final = 64
_FIELD: Final = "interactions_endpoint_url"
_NOT_VERIFIED: Final = FieldError(
    "APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID",
    "The specified interactions endpoint url could not be verified.",
)


class CalledInVain(Exception):
    """An application did not answer as it should."""


async def call(house: House, url: str, key: bytes, body: bytes) -> InteractionAnswer | None:
    """Tell an application, and hear what it says; None where it wants to say it later."""
    try:
        reply = await house.caller.exchange(url, body, _headers(body, key), _MOST_BYTES)
    except NotFetched as failure:
        raise CalledInVain(failure.why.value) from failure
    if reply.status == _ACCEPTED:
        return None
    if reply.status != _OK:
        raise CalledInVain(f"status {reply.status}")
    try:
        return msgspec.json.decode(reply.body, type=InteractionAnswer)
    except msgspec.MsgspecError as error:
        raise CalledInVain("no answer in it") from error


async def prove(house: House, application_id: str, url: str, key: bytes) -> None:
    """Refuse a URL that does not answer a ping, or takes a wrong signature for a right one."""
    ping = {
        "id": str(house.ids.new()),
        "application_id": application_id,
        "type": wire.PONG,
        "token": "",
        "version": 1,
    }
    body = msgspec.json.encode(ping)
    wrong = {**_headers(body, key), "X-Signature-Ed25519": bytes(_WRONG_BYTES).hex()}
    try:
        refused = await house.caller.exchange(url, body, wrong, _MOST_BYTES)
        if refused.status != _UNAUTHORIZED:
            raise CalledInVain("a wrong signature was taken")
        said = await call(house, url, key, body)
        if said is None or said.type != wire.PONG:
            raise CalledInVain("no pong came")
    except (CalledInVain, NotFetched) as error:
        raise InvalidForm({_FIELD: [_NOT_VERIFIED]}) from error


def _headers(body: bytes, key: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(now.encode() + body)
    return {
        "Content-Type": "application/json",
        "X-Signature-Ed25519": signature.hex(),
        "X-Signature-Timestamp": now,
    }

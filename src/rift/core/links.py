"""Absolute URLs of what the server hands out; those of attachments are signed and expire."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, quote

from rift.core.accounts.keys import Key

_HOURS: Final = 3600
_ROUND_S: Final = 6 * _HOURS
_GOOD_S: Final = 24 * _HOURS
_MOST_FIELDS: Final = 32
_ABOUT: Final = b"attachment links"


class Links:
    """`base` is the address people reach us by.

    The time of issue is rounded down, so that a URL stays the same for hours and may be cached;
    it is good for another eighteen at least.
    """

    def __init__(self, base: str, keys: Sequence[Key], clock: Callable[[], datetime]) -> None:
        self.base = base
        self._clock = clock
        self._keys = [hmac.digest(key.secret, _ABOUT, "sha256") for key in keys]

    def cdn(self, path: str) -> str:
        """What anybody may see who knows its name."""
        return f"{self.base}/cdn/{path}"

    def avatar(self, user_id: str, avatar: str | None) -> str:
        """The picture of somebody, for those who show it outside; a drawn one for who has none."""
        if avatar is None:
            return self.cdn(f"embed/avatars/{(int(user_id) >> 22) % 6}.png")
        return self.cdn(f"avatars/{user_id}/{avatar}.webp?size=128")

    def attachment(self, channel_id: str, attachment_id: str, filename: str) -> str:
        """The file as it was uploaded."""
        file = _file(channel_id, attachment_id, filename)
        return f"{self.base}/cdn/attachments/{file}?{self._signature(file)}"

    def rendition(self, channel_id: str, attachment_id: str, filename: str) -> str:
        """The file as it is shown: in any size, and without what a camera adds."""
        file = _file(channel_id, attachment_id, filename)
        return f"{self.base}/cdn/media/attachments/{file}?{self._signature(file)}"

    def borrowed(self, url: str) -> str:
        """Where a file of somebody else's is shown from here, to whom it was shown to be."""
        coded = urlsafe_b64encode(url.encode()).decode().rstrip("=")
        return self.cdn(f"gifs/{_loan(self._keys[0], url)}/{coded}")

    def lent(self, signature: str, coded: str) -> str | None:
        """The address that such a one stands for, if it was made here."""
        try:
            url = urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
        except ValueError:
            return None
        ours = (_loan(key, url) for key in self._keys)
        return url if any(hmac.compare_digest(one, signature) for one in ours) else None

    def upload(self, upload_id: str) -> str:
        """Where a file is to be sent; good for as long as it is waited for."""
        return f"{self.base}/api/uploads/{upload_id}/{_pass(self._keys[0], upload_id)}"

    def admits(self, upload_id: str, signature: str) -> bool:
        """Whether a signature is the one in the address of this upload."""
        given = signature.encode()
        return any(hmac.compare_digest(_pass(key, upload_id).encode(), given) for key in self._keys)

    def ticket(self, what: str, good_for: timedelta) -> str:
        """What lets somebody do one thing for a while, whoever they are."""
        until = f"{int((self._clock() + good_for).timestamp()):x}"
        return f"{until}.{_ticket(self._keys[0], what, until)}"

    def admits_ticket(self, what: str, ticket: str) -> bool:
        """Whether a ticket is one of ours for that, and still good."""
        until, _, signature = ticket.partition(".")
        if not _is_time(until) or int(until, 16) < self._clock().timestamp():
            return False
        ours = (_ticket(key, what, until) for key in self._keys)
        return any(hmac.compare_digest(one.encode(), signature.encode()) for one in ours)

    def opens(self, channel_id: str, attachment_id: str, filename: str, query: str) -> int:
        """For how many more seconds the signature in a query string is good; 0 if it is not."""
        try:
            fields = parse_qs(query, max_num_fields=_MOST_FIELDS)
        except ValueError:
            return 0
        given = {name: values[0] for name, values in fields.items()}
        expiry, issued = given.get("ex", ""), given.get("is", "")
        signed = given.get("hm", "")
        if not (_is_time(expiry) and signed.isascii()):
            return 0
        text = _text(_file(channel_id, attachment_id, filename), expiry, issued)
        ours = (hmac.digest(key, text, "sha256").hex() for key in self._keys)
        if not any(hmac.compare_digest(one, signed) for one in ours):
            return 0
        return max(0, int(expiry, 16) - int(self._clock().timestamp()))

    def _signature(self, file: str) -> str:
        now = int(self._clock().timestamp())
        issued = now - now % _ROUND_S
        expiry, since = f"{issued + _GOOD_S:x}", f"{issued:x}"
        text = _text(file, expiry, since)
        signed = hmac.digest(self._keys[0], text, "sha256").hex()
        return f"ex={expiry}&is={since}&hm={signed}&"


def _file(channel_id: str, attachment_id: str, filename: str) -> str:
    return f"{channel_id}/{attachment_id}/{quote(filename, safe='')}"


def _pass(key: bytes, upload_id: str) -> str:
    return hmac.digest(key, f"upload {upload_id}".encode(), "sha256").hex()


def _ticket(key: bytes, what: str, until: str) -> str:
    return hmac.digest(key, f"ticket {what} {until}".encode(), "sha256").hex()


def _loan(key: bytes, url: str) -> str:
    return hmac.digest(key, f"gif {url}".encode(), "sha256").hex()[:32]


def _text(file: str, expiry: str, issued: str) -> bytes:
    return f"{file} {expiry} {issued}".encode()


def _is_time(text: str) -> bool:
    return 0 < len(text) < 16 and all(digit in "0123456789abcdef" for digit in text)

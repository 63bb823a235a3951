"""The key by which push services know this instance: made once, kept sealed in its database."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from rift.core.accounts.keys import CannotOpen, Vault
from rift.core.pushes import queries
from rift.db.pool import Pool
from rift.protocols import webpush

_ABOUT: Final = "push key"
_LONG_S: Final = 12 * 3600
_RENEW_S: Final = 3600


class Vapid:
    """Signs for push services; what was signed for one is good for half a day and kept."""

    def __init__(self, key: EllipticCurvePrivateKey, contact: str) -> None:
        self._key = key
        self._contact = contact
        self._signed: dict[str, tuple[int, str]] = {}
        self.public = webpush.encoded(webpush.point(key))

    def authorization(self, origin: str, now_s: int) -> str:
        """The header for a service."""
        until, header = self._signed.get(origin, (0, ""))
        if until < now_s + _RENEW_S:
            until = now_s + _LONG_S
            header = webpush.authorization(self._key, origin, self._contact, until)
            self._signed = {
                known: signed for known, signed in self._signed.items() if signed[0] > now_s
            }
            self._signed[origin] = (until, header)
        return header


async def open_vapid(pool: Pool, vault: Vault, contact: str) -> Vapid:
    """The instance's key, whichever process makes it; another one where it cannot be opened."""
    kept = await pool.fetchval(queries.KEY)
    if kept is None:
        await pool.execute(queries.KEEP_KEY, _new(vault))
        kept = await pool.fetchval(queries.KEY)
    try:
        text = vault.open(kept, _ABOUT)
    except CannotOpen:
        # The keys of the data directory are others by now: every device has to subscribe anew.
        kept = _new(vault)
        await pool.execute(queries.REPLACE_KEY, kept)
        text = vault.open(kept, _ABOUT)
    return Vapid(webpush.read(text), contact)


def _new(vault: Vault) -> str:
    return vault.seal(webpush.written(webpush.new_key()), _ABOUT)

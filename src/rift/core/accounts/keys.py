"""The instance's own keys: what signs its short tokens, and what seals secrets it must read."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from msgspec import Meta, Struct

_KEY_BYTES: Final = 32
_NAME_BYTES: Final = 6
_NONCE_BYTES: Final = 12
_RSA_BITS: Final = 2048
_RSA_EXPONENT: Final = 65_537

Name = Annotated[str, Meta(pattern=r"^[\w-]{1,64}$")]


class Key(Struct, frozen=True, kw_only=True):
    """A secret, and the name by which what was made with it says so."""

    id: Name
    secret: Annotated[bytes, Meta(min_length=_KEY_BYTES, max_length=_KEY_BYTES)]

    @classmethod
    def new(cls) -> "Key":
        return cls(id=secrets.token_hex(_NAME_BYTES), secret=secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def from_text(cls, text: str) -> "Key":
        """The key that an operator's own secret stands for; its name gives nothing away."""
        secret = hashlib.sha256(text.encode()).digest()
        return cls(id=hashlib.sha256(secret).hexdigest()[: 2 * _NAME_BYTES], secret=secret)


Keys = Annotated[tuple[Key, ...], Meta(min_length=1)]
"""The newest first: it makes, and all of them still read."""


class IdentityKey(Struct, frozen=True, kw_only=True):
    """An RSA key, of which everybody may have the public half."""

    id: Name
    private: bytes

    @classmethod
    def new(cls) -> "IdentityKey":
        made = rsa.generate_private_key(_RSA_EXPONENT, _RSA_BITS)
        private = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return cls(id=secrets.token_hex(_NAME_BYTES), private=private)


class Keyring(Struct, frozen=True, kw_only=True):
    signing: Keys
    sealing: Keys
    identity: tuple[IdentityKey, ...] = ()
    """Empty in a file from before there were any."""

    @classmethod
    def new(cls) -> "Keyring":
        return cls(signing=(Key.new(),), sealing=(Key.new(),), identity=(IdentityKey.new(),))


class CannotOpen(Exception):
    """What was sealed is not readable with the keys there are."""


class Vault:
    """Seals what the database keeps but must not know.

    `about` binds a sealed text to its place, so that it cannot be moved to somebody else's row.
    """

    def __init__(self, keys: Sequence[Key]) -> None:
        self._newest = keys[0]
        self._keys = {key.id: key for key in keys}

    def seal(self, text: str, about: str) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        hidden = AESGCM(self._newest.secret).encrypt(nonce, text.encode(), about.encode())
        return f"{self._newest.id}.{urlsafe_b64encode(nonce + hidden).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """The text; it does not open with another key or at another place."""
        name, _, rest = sealed.partition(".")
        key, raw = self._keys.get(name), urlsafe_b64decode(rest)
        if key is None:
            raise CannotOpen(f"there is no key {name!r}")
        nonce, hidden = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        try:
            return AESGCM(key.secret).decrypt(nonce, hidden, about.encode()).decode()
        except InvalidTag as error:
            raise CannotOpen("it was sealed for another place, or changed") from error

    def digests(self, text: str, about: str) -> list[str]:
        """What may be kept of a text that is only compared, by each key; the newest first.

        Such texts are short: without the key, which no copy of the database has, nobody tries all.
        """
        spoken = f"{about}\0{text}".encode()
        keys = [self._newest, *(key for key in self._keys.values() if key is not self._newest)]
        return [f"{key.id}.{hmac.digest(key.secret, spoken, 'sha256').hex()}" for key in keys]

"""Web Push: how a payload is encrypted for one browser (RFC 8291), and who sends it (RFC 8292)."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final, NamedTuple

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_CURVE: Final = SECP256R1()
_AUTH_BYTES: Final = 16
_RECORD_BYTES: Final = 4096
"""What every push service takes (RFC 8291, section 4): all of it in one record."""
_LAST: Final = b"\x02"
_OVERHEAD: Final = 16 + 4 + 1 + 65 + 16 + len(_LAST)

MOST_BYTES: Final = _RECORD_BYTES - _OVERHEAD
"""Of a payload."""
SALT_BYTES: Final = 16


class Receiver(NamedTuple):
    """The keys a browser made for a subscription."""

    public: bytes
    auth: bytes


def receiver(p256dh: str, auth: str) -> Receiver:
    """The keys as browsers write them; a ValueError where they are none."""
    try:
        public, secret = decoded(p256dh), decoded(auth)
    except (Error, UnicodeEncodeError) as error:
        raise ValueError("this is not base64url") from error
    if len(secret) != _AUTH_BYTES:
        raise ValueError(f"the secret must have {_AUTH_BYTES} bytes")
    EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    return Receiver(public, secret)


def encrypted(
    payload: bytes, to: Receiver, salt: bytes, ephemeral: EllipticCurvePrivateKey
) -> bytes:
    """The body of a push, in the content coding `aes128gcm`; salt and key are for this one only."""
    theirs = EllipticCurvePublicKey.from_encoded_point(_CURVE, to.public)
    ours = point(ephemeral)
    shared = ephemeral.exchange(ECDH(), theirs)
    info = b"WebPush: info\0" + to.public + ours
    secret = _derived(shared, to.auth, info, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!IB", _RECORD_BYTES, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, payload + _LAST, None)


def new_key() -> EllipticCurvePrivateKey:
    """A key of P-256: of one push, or by which the instance is known."""
    return generate_private_key(_CURVE)


def written(key: EllipticCurvePrivateKey) -> str:
    """A private key as text, to be kept."""
    pem = serialization.Encoding.PEM
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, kind, serialization.NoEncryption()).decode()


def read(text: str) -> EllipticCurvePrivateKey:
    """A private key that was kept."""
    key = serialization.load_pem_private_key(text.encode(), None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("this is another kind of key")
    return key


def point(key: EllipticCurvePrivateKey) -> bytes:
    """The public key, as browsers take it."""
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, form)


def authorization(key: EllipticCurvePrivateKey, origin: str, contact: str, until: int) -> str:
    """The header by which a push service knows the sender; good for one service, for a while."""
    claims = {"aud": origin, "exp": until, "sub": contact}
    token = jwt.encode(claims, key, algorithm="ES256")
    return f"vapid t={token}, k={encoded(point(key))}"


def encoded(raw: bytes) -> str:
    """In base64url without padding, as all of Web Push is written."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)

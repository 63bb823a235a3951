"""A software authenticator: makes passkeys and signs with them, as a browser would send it."""

import base64
import hashlib
import json
import secrets
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT: Final = 1
_VERIFIED: Final = 4
_ATTESTED: Final = 64


class Passkey:
    """One credential; `site` and `origin` are what a browser would hold it to."""

    def __init__(
        self, origin: str, challenge: str, *, counts: bool = True, id_: bytes = b""
    ) -> None:
        asked = json.loads(challenge)["publicKey"]
        self.origin = origin
        self.site: str = asked["rp"]["id"]
        self.user_handle = _raw(asked["user"]["id"])
        self.id = id_ or secrets.token_bytes(24)
        self.count = 0
        self._counts = counts
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.made = self._attest(asked["challenge"])
        """The answer to the challenge it was made by."""

    def sign(self, challenge: str, /, *, verified: bool = True, **forged: Any) -> str:
        """The answer to a challenge to log in; `forged` replaces what the browser would say."""
        asked = json.loads(challenge)["publicKey"]
        self.count += self._counts
        site = forged.get("site", self.site)
        data = self._data(site, _PRESENT | (_VERIFIED if verified else 0))
        client = self._client("webauthn.get", forged.get("challenge", asked["challenge"]), forged)
        signed = data + hashlib.sha256(client).digest()
        signature = self._key.sign(signed, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": _text(forged.get("user_handle", self.user_handle)),
        }
        return self._credential(response)

    def _attest(self, challenge: str) -> str:
        public = self._key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: public.x.to_bytes(32, "big"),
            -3: public.y.to_bytes(32, "big"),
        }
        known = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(self.site, _PRESENT | _VERIFIED | _ATTESTED) + known
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {
            "clientDataJSON": _text(self._client("webauthn.create", challenge, {})),
            "attestationObject": _text(cbor2.dumps(attestation)),
            "transports": ["internal"],
        }
        return self._credential(response)

    def _data(self, site: str, flags: int) -> bytes:
        count = self.count.to_bytes(4, "big")
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + count

    def _client(self, kind: str, challenge: str, forged: dict[str, Any]) -> bytes:
        said = {
            "type": kind,
            "challenge": challenge,
            "origin": forged.get("origin", self.origin),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _credential(self, response: dict[str, Any]) -> str:
        id_ = _text(self.id)
        return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": response})


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "===")

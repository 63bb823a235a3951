"""What other services recognise this instance by, when it tells them who somebody is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from jwt.algorithms import RSAAlgorithm

from rift.core.accounts.keys import IdentityKey
from rift.wire.openid import Jwk

_ALGORITHM: Final = "RS256"


class Identities:
    """The newest key signs; the public halves of all are told."""

    def __init__(self, keys: Sequence[IdentityKey]) -> None:
        pairs = [(key.id, _private(key)) for key in keys]
        self._name, self._newest = pairs[0]
        self.public = [_public(name, private) for name, private in pairs]

    def sign(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), self._newest, _ALGORITHM, headers={"kid": self._name})


def _private(key: IdentityKey) -> RSAPrivateKey:
    # It is our own from our own file: to prove it anew takes longer than to make one.
    private = load_der_private_key(key.private, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"the identity key {key.id} is not an RSA key")
    return private


def _public(name: str, private: RSAPrivateKey) -> Jwk:
    numbers = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return Jwk(kid=name, n=numbers["n"], e=numbers["e"])

"""Refusals of those who did not show their second factor."""

from collections.abc import Sequence
from typing import Any

import msgspec

from rift.errors import Refusal
from rift.wire.factors import ProofMethod


class ProofRequired(Refusal):
    """What is asked for is done once its ticket was redeemed at `/mfa/finish`."""

    status = 401
    code = 60_003
    message = "Two factor is required for this operation"

    def __init__(self, ticket: str, methods: Sequence[ProofMethod]) -> None:
        super().__init__()
        self._mfa = {"ticket": ticket, "methods": msgspec.to_builtins(methods)}

    def body(self) -> dict[str, Any]:
        return {**super().body(), "mfa": self._mfa}


class CodeRequired(Refusal):
    """The password alone is not enough."""

    status = 401
    code = 60_003
    message = "This account has a second factor. Send a code of its authenticator as well."

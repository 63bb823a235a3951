"""Codes of an authenticator (RFC 6238): six digits, thirty seconds, each taken once."""

import base64
import binascii
from hmac import compare_digest
from typing import Final

from pyotp.totp import TOTP

_STEP_S: Final = 30
_LEEWAY: Final = (0, -1, 1)
"""The clock of a telephone may be half a minute off."""
_LEAST_BYTES: Final = 16  # RFC 4226, section 4
_DIGITS: Final = 6


def about(user_id: str) -> str:
    """What a sealed secret is bound to."""
    return f"totp of {user_id}"


def secret(given: str) -> str | None:
    """A secret as it is kept, or None if it is none or too short to be one."""
    text = "".join(given.split()).replace("-", "").rstrip("=").upper()
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return text if len(raw) >= _LEAST_BYTES else None


def step(kept: str, code: str, now: float) -> int | None:
    """The time step whose code this is, or None."""
    digits = "".join(code.split())
    if len(digits) != _DIGITS or not digits.isascii():
        return None
    current = int(now) // _STEP_S
    generator = TOTP(kept)
    for offset in _LEEWAY:
        if compare_digest(generator.generate_otp(current + offset), digits):
            return current + offset
    return None

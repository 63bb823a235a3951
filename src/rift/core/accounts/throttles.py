"""How often one may try: logins by account and address, registrations by address."""

from ipaddress import IPv6Address, ip_address
from typing import Final

from rift.config import Settings
from rift.errors import RateLimited
from rift.protocols.ratelimit import Throttle

_HOUR_S: Final = 3600.0
_NETWORK_BITS: Final = 64


class Throttles:
    """What this process remembers of attempts; each process of an instance counts its own."""

    def __init__(self, settings: Settings) -> None:
        auth = settings.auth
        self._enabled = settings.server.rate_limits
        self._accounts = Throttle(auth.login_attempts_per_account, auth.login_window_s)
        self._addresses = Throttle(auth.login_attempts_per_address, auth.login_window_s)
        self._registrations = Throttle(auth.registrations_per_address, _HOUR_S)

    def admit_login(self, account: str, address: str, now: float) -> None:
        """Count a login before its password is looked at, so that none runs ahead of the count."""
        self._admit(self._addresses, _network(address), now)
        self.admit_guess(account, now)

    def forgive_login(self, account: str, address: str, now: float) -> None:
        """Take back the count of a login that succeeded; the address keeps its failed ones."""
        self.forgive_guess(account)
        self._addresses.refund(_network(address), now)

    def admit_guess(self, account: str, now: float) -> None:
        """Count a password given by who is logged in already."""
        self._admit(self._accounts, account, now)

    def forgive_guess(self, account: str) -> None:
        self._accounts.forgive(account)

    def admit_registration(self, address: str, now: float) -> None:
        self._admit(self._registrations, _network(address), now)

    def _admit(self, throttle: Throttle, key: str, now: float) -> None:
        wait_s = throttle.attempt(key, now) if self._enabled else 0.0
        if wait_s:
            raise RateLimited(wait_s)


def _network(address: str) -> str:
    """An IPv6 address stands for its network: whoever has one has all of it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(int(parsed) >> _NETWORK_BITS)
    return address

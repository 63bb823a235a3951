"""How often one may try: logins and codes by account, registrations and refreshes by address."""

from collections.abc import Hashable
from ipaddress import IPv6Address, ip_address
from typing import Final

from rift.config import Settings
from rift.errors import RateLimited
from rift.protocols.ratelimit import Throttle

_HOUR_S: Final = 3600.0
_NETWORK_BITS: Final = 64
_MAILS: Final = 10
_MAILS_S: Final = 900.0


class Throttles:
    """What this process remembers of attempts; each process of an instance counts its own."""

    def __init__(self, settings: Settings) -> None:
        auth = settings.auth
        self._enabled = settings.server.rate_limits
        self._accounts = Throttle(auth.login_attempts_per_account, auth.login_window_s)
        self._addresses = Throttle(auth.login_attempts_per_address, auth.login_window_s)
        self._codes = Throttle(auth.code_attempts_per_account, auth.login_window_s)
        self._refreshes = Throttle(auth.refreshes_per_address, auth.login_window_s)
        self._registrations = Throttle(auth.registrations_per_address, _HOUR_S)
        self._mails = Throttle(_MAILS, _MAILS_S)

    def admit_guess(self, account: str, address: str | None, now: float) -> None:
        """Count a guess before the password is looked at, so that none runs ahead of the count.

        There is no address where somebody who is logged in proves that it is them.
        """
        if address is not None:
            self._admit(self._addresses, network_of(address), now)
        self._admit(self._accounts, account, now)

    def forgive_guess(self, account: str, address: str | None, now: float) -> None:
        """It was right: the account begins anew; the address keeps the wrong ones."""
        self._accounts.forgive(account)
        self._refund_address(address, now)

    def refund_guess(self, account: str, address: str | None, now: float) -> None:
        """It was not looked at."""
        self._accounts.refund(account, now)
        self._refund_address(address, now)

    def admit_code(self, user_id: str, now: float) -> None:
        """Count an attempt at a second factor before it is looked at."""
        self._admit(self._codes, user_id, now)

    def forgive_codes(self, user_id: str) -> None:
        """It was right."""
        self._codes.forgive(user_id)

    def admit_refresh(self, address: str, now: float) -> None:
        self._admit(self._refreshes, network_of(address), now)

    def admit_registration(self, address: str, now: float) -> None:
        self._admit(self._registrations, network_of(address), now)

    def admit_mail(self, account: str | None, address: str | None, now: float) -> None:
        """Letters asked for an account, and from an address: nobody's mailbox is filled up."""
        if address is not None:
            self._admit(self._mails, ("address", network_of(address)), now)
        if account is not None:
            self._admit(self._mails, ("account", account), now)

    def _refund_address(self, address: str | None, now: float) -> None:
        if address is not None:
            self._addresses.refund(network_of(address), now)

    def _admit(self, throttle: Throttle, key: Hashable, now: float) -> None:
        wait_s = throttle.attempt(key, now) if self._enabled else 0.0
        if wait_s:
            raise RateLimited(wait_s)


def network_of(address: str) -> str:
    """An IPv6 address stands for its network: whoever has one has all of it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(int(parsed) >> _NETWORK_BITS)
    return address

"""Who really calls, behind proxies we trust."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address, ip_network


class Proxies:
    __slots__ = ("_networks",)

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks = tuple(ip_network(name, strict=False) for name in trusted)

    def trusts(self, address: str) -> bool:
        if not self._networks:
            return False
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)

    def caller(self, headers: Mapping[bytes, bytes], address: str, scheme: str) -> tuple[str, str]:
        """The address and scheme of a request that came from a trusted proxy."""
        hops = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        for hop in reversed(hops):
            if not hop.strip():
                break
            address = hop.strip()
            if not self.trusts(address):
                break
        forwarded = headers.get(b"x-forwarded-proto", b"").strip().lower()
        return address, forwarded.decode() if forwarded in (b"http", b"https") else scheme

"""Which addresses are machines on the public internet, and which are nobody else's business."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

# The registries of special addresses at IANA, and what clouds put where it looks public. Python's
# own `is_global` has changed its mind between versions.
_CLOSED_4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this host
            "10.0.0.0/8",
            "100.64.0.0/10",  # carriers' own
            "127.0.0.0/8",
            "168.63.129.16/32",  # a cloud tells its machines about themselves here
            "169.254.0.0/16",  # link-local, and metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_OPEN_6: Final = IPv6Network("2000::/3")
_CLOSED_6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols, Teredo among them
            "2001:db8::/32",
            "2002::/16",  # 6to4: an IPv4 address inside
            "3fff::/20",
        ),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
"""How a network without IPv4 reaches IPv4: as public as the address inside."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it belongs to a machine that anybody may call."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[12:]))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


class Addresses:
    """The public ones, and those the operator allows besides."""

    def __init__(self, besides: Sequence[str] = ()) -> None:
        self._besides = tuple(ip_network(name, strict=False) for name in besides)

    def allow(self, text: str) -> bool:
        """Whether an address may be called; what is none may not."""
        try:
            address = ip_address(text)
        except ValueError:
            return False
        return is_public(address) or any(address in network for network in self._besides)

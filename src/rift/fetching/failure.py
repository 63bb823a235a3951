"""The one error of this room: why something was not fetched, never what."""

from enum import StrEnum, auto


class Why(StrEnum):
    """The first ones are refusals of ours: nothing was sent to where the URL led."""

    URL = auto()
    """Malformed, not http(s), with credentials in it, or a port nobody needs."""
    DOMAIN = auto()
    """The operator wants nothing from there."""
    ADDRESS = auto()
    """It leads to a machine that is not on the public internet."""
    REDIRECTS = auto()
    NAME = auto()
    """There is no such host."""
    TLS = auto()
    NETWORK = auto()
    DEADLINE = auto()
    STATUS = auto()
    TYPE = auto()
    SIZE = auto()


REFUSALS = frozenset({Why.URL, Why.DOMAIN, Why.ADDRESS})


class NotFetched(Exception):
    """The words name no URL and no host, for they are logged."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why

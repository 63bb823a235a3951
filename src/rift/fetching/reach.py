"""Where a fetcher may go: which URLs, which domains, which ports, which addresses."""

from collections.abc import Collection, Iterable
from typing import Final

from msgspec import Struct
from yarl import URL

from rift.fetching.failure import NotFetched, Why

_LONGEST: Final = 2048


class Reach(Struct, frozen=True, kw_only=True):
    """What an operator decides. A domain stands for those below it as well."""

    schemes: Collection[str] = ("http", "https")
    ports: Collection[int] = (80, 443)
    allow_domains: tuple[str, ...] = ()
    """Only these, where there are any."""
    deny_domains: tuple[str, ...] = ()
    allow_addresses: tuple[str, ...] = ()
    """Addresses or networks besides those of the public internet."""

    def checked(self, text: str) -> URL:
        """The URL, if one may go there as far as its words tell."""
        try:
            url = URL(text)
            port, host = url.port, url.raw_host
        except ValueError:
            raise NotFetched(Why.URL) from None
        if len(text) > _LONGEST or url.scheme not in self.schemes or not host:
            raise NotFetched(Why.URL)
        if url.raw_user is not None or url.raw_password is not None or port not in self.ports:
            raise NotFetched(Why.URL)
        self._check_domain(host.lower().rstrip("."))
        return url.with_fragment(None)

    def _check_domain(self, host: str) -> None:
        if _among(host, self.deny_domains):
            raise NotFetched(Why.DOMAIN)
        if self.allow_domains and not _among(host, self.allow_domains):
            raise NotFetched(Why.DOMAIN)


def _among(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)

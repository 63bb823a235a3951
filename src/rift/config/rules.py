"""What no single type can refuse: malformed URLs, and settings that contradict each other."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from rift.config.settings import Settings

_SHORTEST_SECRET: Final = 16
_KIB_PER_LANE: Final = 8
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
_ADDRESS: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class Contradiction(NamedTuple):
    """The setting to blame, what is wrong with it, and what to do."""

    name: str
    problem: str
    remedy: str


def contradictions(settings: Settings) -> Iterator[Contradiction]:
    """Everything wrong with settings whose values are each well-formed."""
    yield from _urls(settings)
    yield from _networks(settings)
    yield from _origins(settings)
    yield from _auth(settings)
    yield from _mail(settings)
    yield from _outgoing(settings)
    yield from _previews(settings)


def _urls(settings: Settings) -> Iterator[Contradiction]:
    sites = (
        ("server.public_url", settings.server.public_url, "https://chat.example.org"),
        ("files.cdn_url", settings.files.cdn_url, "https://files.example.org"),
    )
    for name, url, example in sites:
        if url and not _is_root(url):
            yield Contradiction(
                name,
                "This is not the root URL of a site.",
                f"Give scheme and host only, such as {example}.",
            )
    if settings.database.url and urlsplit(settings.database.url).scheme not in {
        "postgres",
        "postgresql",
    }:
        yield Contradiction(
            "database.url",
            "database.url is not a PostgreSQL URL.",
            "Give postgresql://user:password@host/name, or nothing for the embedded database.",
        )
    if settings.bus.url and urlsplit(settings.bus.url).scheme not in {"nats", "tls"}:
        yield Contradiction(
            "bus.url",
            "bus.url is not a NATS URL.",
            "Give nats://host:4222, or nothing for the built-in bus.",
        )


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    rest = (parts.path.strip("/"), parts.query, parts.fragment)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(rest)


def _networks(settings: Settings) -> Iterator[Contradiction]:
    for network in settings.server.trusted_proxies:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            yield Contradiction(
                "server.trusted_proxies",
                f"{network!r} is not an address or network ({error}).",
                "Give addresses such as 10.0.0.1 or networks such as 10.0.0.0/8.",
            )


def _origins(settings: Settings) -> Iterator[Contradiction]:
    origins = settings.server.cors_allowed_origins
    for origin in origins:
        parts = urlsplit(origin)
        if origin != "*" and (not parts.scheme or not parts.netloc or parts.path):
            yield Contradiction(
                "server.cors_allowed_origins",
                f"{origin!r} is not an origin.",
                "Give scheme and host without a path, such as https://app.example.org, or *.",
            )
    if "*" in origins and len(origins) > 1:
        yield Contradiction(
            "server.cors_allowed_origins",
            "* already allows every origin.",
            "Give either * or a list of origins.",
        )


def _auth(settings: Settings) -> Iterator[Contradiction]:
    auth = settings.auth
    if auth.jwt_secret and len(auth.jwt_secret) < _SHORTEST_SECRET:
        yield Contradiction(
            "auth.jwt_secret",
            "auth.jwt_secret is short enough to be guessed.",
            f"Give at least {_SHORTEST_SECRET} random characters, or nothing to have one made.",
        )
    if auth.argon2_memory_kib < _KIB_PER_LANE * auth.argon2_parallelism:
        yield Contradiction(
            "auth.argon2_memory_kib",
            f"{auth.argon2_parallelism} lanes do not fit into {auth.argon2_memory_kib} KiB.",
            f"Give at least {_KIB_PER_LANE} KiB for each lane of auth.argon2_parallelism.",
        )
    if auth.login_attempts_per_address < auth.login_attempts_per_account:
        yield Contradiction(
            "auth.login_attempts_per_address",
            "An address may try less often than a single account, so the account's limit is idle.",
            "Give at least auth.login_attempts_per_account.",
        )


def _mail(settings: Settings) -> Iterator[Contradiction]:
    mail = settings.mail
    if not mail.enabled:
        return
    if mail.host and mail.key:
        yield Contradiction(
            "mail.key",
            "Mail can go one way only.",
            "Give either mail.host for an SMTP server or mail.key for an HTTP provider.",
        )
    if not _ADDRESS.fullmatch(mail.sender):
        yield Contradiction(
            "mail.sender",
            f"{mail.sender!r} is not an address mail can come from.",
            "Give an address such as rift@example.org.",
        )
    if not settings.server.public_url:
        # Not the Host header of a request: whoever asks would choose where the link leads.
        yield Contradiction(
            "server.public_url",
            "Mail contains links, and the server does not know its own address.",
            "Give server.public_url, such as https://chat.example.org.",
        )
    url = urlsplit(mail.url)
    if mail.key and (url.scheme not in {"http", "https"} or not url.hostname):
        yield Contradiction(
            "mail.url", "mail.url is not a web address.", "Give a URL that begins with https://."
        )
    if mail.password and mail.security == "none" and not _is_here(mail.host):
        yield Contradiction(
            "mail.security",
            "The mail password would travel unencrypted.",
            "Give starttls or tls.",
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _outgoing(settings: Settings) -> Iterator[Contradiction]:
    for section, given in (
        ("previews", settings.previews),
        ("push", settings.push),
        ("gifs", settings.gifs),
    ):
        for network in given.allow_addresses:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError as error:
                yield Contradiction(
                    f"{section}.allow_addresses",
                    f"{network!r} is not an address or network ({error}).",
                    "Give addresses such as 10.0.0.1 or networks such as 10.0.0.0/8.",
                )
        for port in getattr(given, "ports", ()):
            if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
                yield Contradiction(
                    f"{section}.ports",
                    f"{port!r} is not a port.",
                    "Give numbers such as 80 and 443.",
                )


def _previews(settings: Settings) -> Iterator[Contradiction]:
    for name in ("allow_domains", "deny_domains"):
        for domain in getattr(settings.previews, name):
            if not _DOMAIN.fullmatch(domain):
                yield Contradiction(
                    f"previews.{name}",
                    f"{domain!r} is not a domain.",
                    "Give names in small letters such as example.org, without a scheme or path.",
                )

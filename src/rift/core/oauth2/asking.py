"""What an application asks for, held against what this server grants and where it may answer."""

from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from rift import errors
from rift.core.actor import Actor
from rift.core.applications import queries, shapes
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, InvalidForm
from rift.wire.oauth2 import INSTALLING, SCOPES, AuthorizeQuery

_DONE: Final = "/oauth2/authorized"
"""Our own page, after an installation that no other service waits for."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the question itself is not told to the redirect URI, but to the user."""

    application: Row
    scopes: tuple[str, ...]
    query: AuthorizeQuery
    redirect_uri: str | None

    @property
    def is_login(self) -> bool:
        """Whether a code or token is asked for, not only an installation."""
        return self.query.response_type is not None

    def location(self, answer: dict[str, str]) -> str:
        """Where the browser goes; tokens stand behind the `#`, where no server sees them."""
        if self.query.state is not None:
            answer = {**answer, "state": self.query.state}
        text = urlencode(answer, quote_via=quote)
        if self.redirect_uri is None:
            return f"{_DONE}?{text}"
        base = self.redirect_uri.partition("#")[0]
        if self.query.response_type == "token":
            return f"{base}#{text}"
        return f"{base}{'&' if '?' in base else '?'}{text}"


async def ask(unit: Unit, actor: Actor, query: AuthorizeQuery) -> Ask:
    """The question, if it can be answered at all."""
    scopes = _scopes(query)
    # On a connection that is given back at once, for the world may need one of its own.
    async with Unit(unit.house, reading=True) as glance:
        application = await glance.maybe(queries.FETCH, query.client_id)
    if application is None:
        raise errors.UnknownApplication
    if not INSTALLING.isdisjoint(scopes):
        _check_installation(actor, application, query)
    _check_response(query, scopes)
    if application["flags"] & shapes.PUBLIC_CLIENT:
        _check_challenge(query)
    redirect_uri = None if query.response_type is None else _redirect_uri(application, query)
    return Ask(application=application, scopes=scopes, query=query, redirect_uri=redirect_uri)


def _scopes(query: AuthorizeQuery) -> tuple[str, ...]:
    scopes = tuple(dict.fromkeys(query.scope.split()))
    if not scopes or not SCOPES.issuperset(scopes):
        words = f"This server grants the scopes {', '.join(sorted(SCOPES))}."
        raise InvalidForm.at("scope", "OAUTH2_SCOPE_INVALID", words)
    return scopes


def _check_installation(actor: Actor, application: Row, query: AuthorizeQuery) -> None:
    if not application["bot_public"] and application["owner_id"] != actor.id:
        raise errors.NotYourApplication("Only its owner may bring this bot into a server.")
    if application["bot_require_code_grant"] and query.response_type != "code":
        words = "This application is brought into a server with response_type=code only."
        raise InvalidForm.at("response_type", "OAUTH2_CODE_GRANT_REQUIRED", words)


def _check_response(query: AuthorizeQuery, scopes: tuple[str, ...]) -> None:
    if query.response_type is None and not INSTALLING.issuperset(scopes):
        raise InvalidForm({"response_type": [REQUIRED]})
    if query.code_challenge_method is not None and query.code_challenge is None:
        raise InvalidForm({"code_challenge": [REQUIRED]})


def _check_challenge(query: AuthorizeQuery) -> None:
    """Without a secret the challenge is all there is, and a plain one stands in the address."""
    if query.code_challenge is not None and query.code_challenge_method != "S256":
        words = "A client without a secret asks with S256."
        raise InvalidForm.at("code_challenge_method", "OAUTH2_CODE_CHALLENGE_INVALID", words)


def _redirect_uri(application: Row, query: AuthorizeQuery) -> str:
    """One that the application registered, letter by letter; the first where it names none."""
    registered: list[str] = application["redirect_uris"]
    chosen = query.redirect_uri or next(iter(registered), None)
    if chosen is None or chosen not in registered:
        words = "This application has not registered this redirect_uri."
        raise InvalidForm.at("redirect_uri", "OAUTH2_REDIRECT_URI_INVALID", words)
    return chosen

"""From a routed request to its answer: who, how often, what, and then the verb."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from secrets import token_hex
from types import TracebackType
from typing import Any, Final, Protocol

import msgspec

from rift.config import Settings
from rift.core.actor import Actor, Guest
from rift.doors.http.bodies import refuse_nul
from rift.doors.http.endpoints import MULTIPART, Authenticator, Surface
from rift.doors.http.forms import Form, NoLuggage
from rift.doors.http.limits import Limits
from rift.doors.http.messages import (
    ENCODER,
    JSON_HEAD,
    Answer,
    Request,
    header_lines,
    json_answer,
)
from rift.doors.http.origins import Origins
from rift.doors.http.plans import Identity
from rift.doors.http.refusals import (
    DatabaseAway,
    DeadlinePassed,
    MethodNotHere,
    ReasonTooLong,
)
from rift.doors.http.router import Match, Miss, Route, Router
from rift.errors import EntityTooLarge, InternalError, MissingScope, NotFound, Refusal

_log: Final = logging.getLogger(__name__)
_LONGEST_REASON: Final = 512


class Work(Protocol):
    """A unit of work, left as an asynchronous context is; or at once, where it can settle."""

    def settle(self) -> bool:
        """Finish what needs nobody else; False where it is still to be left."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> object: ...


Units = Callable[[bool], Work]
"""Opens a unit; the argument says whether it is for reading only."""


class Handler:
    """`unavailable` names the errors by which the database says that it is away."""

    def __init__(
        self,
        surfaces: Sequence[Surface],
        authenticator: Authenticator,
        units: Units,
        settings: Settings,
        *,
        unavailable: Sequence[type[Exception]] = (),
        clock: Callable[[], float] = time.time,
        verb_s: float = 30.0,
    ) -> None:
        self.router = Router(surfaces)
        self.limits = Limits(clock, enabled=settings.server.rate_limits)
        self.verb_s = verb_s
        self._authenticator = authenticator
        self._units = units
        self._max_bytes = settings.limits.body_bytes
        self._origins = Origins(settings.server.cors_allowed_origins)
        self._unavailable: tuple[type[Exception], ...] = (OSError, *unavailable)

    def max_bytes(self, route: Route) -> int:
        """The largest body this route reads."""
        return route.plan.endpoint.max_bytes or self._max_bytes

    async def respond(self, request: Request, found: Match | Miss) -> Answer:
        """The answer to any request; it raises nothing but cancellation."""
        toll = b""
        surface = None
        try:
            self.limits.admit(request.address)
            if isinstance(found, Miss):
                surface = found.surface
                answer = self._miss(request, found)
            else:
                route = found.route
                surface = route.surface
                actor = self._guess(route, request) or await self._authenticate(route, request)
                caller = actor.id if isinstance(actor, Actor) else request.address
                toll = self.limits.spend(route.plan.endpoint.bucket, caller, found.major)
                if request.body is not None:
                    answer = await self._perform(found, request, actor)
                elif route.plan.takes_forms and request.media_type == MULTIPART:
                    answer = await self._take_in(found, request, actor)
                elif route.plan.endpoint.streamed:
                    answer = await self._perform(found, request, actor)
                else:
                    await self._read(route, request)
                    answer = await self._perform_in_time(found, request, actor)
        except Refusal as refusal:
            answer = self.refuse(refusal, surface)
        except Exception as error:  # noqa: BLE001  # the edge of the task; it is logged
            answer = self._fail(found, error)
        return self._finish(request, answer, toll)

    def refuse(self, refusal: Refusal, surface: Surface | None = None) -> Answer:
        """A refusal as its surface spells it."""
        body = surface.spell(refusal) if surface else refusal.body()
        answer = json_answer(refusal.status, body)
        return answer.with_head(header_lines(refusal.headers)) if refusal.headers else answer

    def overdue(self, request: Request, route: Route) -> Answer:
        """The answer to a request whose verb was cancelled at its deadline."""
        _log.error("%s %s passed its deadline", request.method, route.template)
        return self._finish(request, self.refuse(DeadlinePassed(), route.surface), b"")

    def _finish(self, request: Request, answer: Answer, toll: bytes) -> Answer:
        if answer.status >= 400:
            self.limits.note(request.address, answer.status)
        answer.head += toll
        if self._origins.named:
            answer.head += self._origins.lines(request)
        return answer

    def _miss(self, request: Request, miss: Miss) -> Answer:
        if not miss.allowed:
            raise NotFound
        if request.method == "OPTIONS":
            return self._origins.options(miss.allowed)
        raise MethodNotHere(miss.allowed)

    def _guess(self, route: Route, request: Request) -> Actor | Guest | None:
        """Who asks, if that can be told at once."""
        header = request.headers.get(b"authorization")
        if not header or not route.plan.takes_actor:
            if route.plan.identity is Identity.ACTOR:
                return None
            return Guest(address=request.address, user_agent=request.header(b"user-agent"))
        actor = self._authenticator_of(route).lookup(header.decode("latin-1"))
        if actor is None or b"x-audit-log-reason" not in request.headers:
            return actor
        return _with_reason(actor, request)

    def _authenticator_of(self, route: Route) -> Authenticator:
        return route.surface.dialect.authenticator or self._authenticator

    async def _authenticate(self, route: Route, request: Request) -> Actor:
        authenticator = self._authenticator_of(route)
        actor = await authenticator.resolve(request.header(b"authorization"))
        if actor.grant and actor.grant.scopes.isdisjoint(route.plan.endpoint.scopes):
            raise MissingScope
        if b"x-audit-log-reason" not in request.headers:
            return actor
        return _with_reason(actor, request)

    async def _read(self, route: Route, request: Request) -> None:
        """Read the body, on the lane that has not done so; one too large is not begun."""
        limit = self.max_bytes(route)
        _check_announced(request, limit)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise EntityTooLarge
        request.body = bytes(body)

    async def _take_in(self, found: Match, request: Request, actor: Actor | Guest) -> Answer:
        """Read a form. Its files are kept while they come, and go again if the verb says no."""
        plan, limit = found.route.plan, self.max_bytes(found.route)
        form = Form(request.stream(), request.header(b"content-type"))
        intake = plan.endpoint.intake
        if intake is None:
            request.form = await form.fields(NoLuggage(), limit)
            return await self._perform_in_time(found, request, actor)
        arguments = found.arguments()
        if plan.query is not None:
            arguments["query"] = plan.query.from_query(request.query)
        async with intake(self._units(True), actor, **arguments) as luggage:
            _check_announced(request, luggage.most_bytes + limit)
            request.form = await form.fields(luggage, limit)
            request.files = luggage.files
            return await self._perform_in_time(found, request, actor)

    async def _perform_in_time(
        self, found: Match, request: Request, actor: Actor | Guest
    ) -> Answer:
        deadline = asyncio.timeout(self.verb_s)
        try:
            async with deadline:
                return await self._perform(found, request, actor)
        except TimeoutError as error:
            if deadline.expired():
                raise DeadlinePassed from error
            raise

    async def _perform(self, found: Match, request: Request, actor: Actor | Guest) -> Answer:
        plan = found.route.plan
        arguments = found.arguments()
        if plan.wants_rest:
            plan.add_rest(arguments, request)
        if plan.wants_actor:
            arguments["actor"] = actor
        if not plan.wants_unit:
            return _answer(found.route, await plan.endpoint.verb(**arguments))
        unit = self._units(plan.reads)  # as `async with`, but with fewer awaits where it can settle
        try:
            result = await plan.endpoint.verb(unit, **arguments)
        except BaseException as error:
            await unit.__aexit__(type(error), error, error.__traceback__)
            raise
        if not unit.settle():
            await unit.__aexit__(None, None, None)
        return _answer(found.route, result)

    def _fail(self, found: Match | Miss, error: Exception) -> Answer:
        """An answer for what should not have happened; the details stay in the log."""
        route = found.route if isinstance(found, Match) else None
        template = route.template if route else "(no route)"
        surface = route.surface if route else None
        if isinstance(error, self._unavailable):
            _log.error("%s: the database is away: %r", template, error)
            return self.refuse(DatabaseAway(), surface)
        request_id = token_hex(8)
        _log.error("request %s to %s failed", request_id, template, exc_info=error)
        answer = self.refuse(InternalError(), surface)
        return answer.with_head(b"X-Request-Id: %b\r\n" % request_id.encode())


def _check_announced(request: Request, limit: int) -> None:
    """Refuse what says itself that it is too much, before it is sent."""
    length = request.headers.get(b"content-length", b"0")
    if length.isdigit() and int(length) > limit:
        raise EntityTooLarge


def _answer(route: Route, result: Any) -> Answer:
    if result is None:
        return Answer(204)
    if isinstance(result, Answer):
        return result
    return Answer(route.status, ENCODER.encode(result), JSON_HEAD)


def _with_reason(actor: Actor, request: Request) -> Actor:
    reason = request.reason
    if len(reason) > _LONGEST_REASON:
        raise ReasonTooLong
    if "\0" in reason:
        refuse_nul("X-Audit-Log-Reason")
    return msgspec.structs.replace(actor, reason=reason or None)

"""From a method and a path to a route, by a tree of path segments."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import unquote

import httptools

from rift.doors.http.endpoints import Surface
from rift.doors.http.plans import Plan, WrongEndpoint

_REMEMBERED: Final = 4096
_LONGEST_REMEMBERED: Final = 200

_Key = TypeVar("_Key")
_Place = TypeVar("_Place")


class Route:
    """One endpoint under one of its prefixes."""

    __slots__ = ("hot", "plan", "status", "surface", "template")

    def __init__(self, plan: Plan, surface: Surface, template: str) -> None:
        self.plan = plan
        self.surface = surface
        self.template = template
        """The path as declared: safe to log, unlike a path that may hold a secret."""
        self.hot = plan.endpoint.hot
        self.status = plan.endpoint.status


class Match:
    """A route and the values in the path; remembered, and so is what they were read as."""

    __slots__ = ("_arguments", "major", "route", "values")

    def __init__(self, route: Route, values: Sequence[str]) -> None:
        self.route = route
        self.values = values
        self.major = route.plan.major_key(values)
        """By which channel, guild or webhook the bucket counts apart."""
        self._arguments: dict[str, Any] | None = None

    def arguments(self) -> dict[str, Any]:
        """What the path says to the verb, to be added to; it raises where the path is wrong."""
        read = self._arguments
        if read is None:
            read = self._arguments = self.route.plan.read_path(self.values)
        return read.copy()


class Miss(NamedTuple):
    """No route: an unknown path, or a known one with these other methods."""

    surface: Surface | None
    allowed: Sequence[str]


class Target(NamedTuple):
    """Where a request line leads."""

    found: Match | Miss
    method: str
    path: str
    query: bytes
    hot: Match | None
    """What was found, if it is served on the fast lane."""


NOWHERE: Final = Target(Miss(None, ()), "", "", b"", None)


class _Node:
    __slots__ = ("parametric", "routes", "static", "surface")

    def __init__(self) -> None:
        self.static: dict[str, _Node] = {}
        self.parametric: _Node | None = None
        self.routes: dict[str, Route] = {}
        self.surface: Surface | None = None
        """Who answers for unknown paths below; set where a prefix ends."""


class Router:
    """Remembers where it went: the same few paths are asked for again and again."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        self._root = _Node()
        self._remembered: dict[tuple[str, str], Match] = {}
        self._located: dict[tuple[bytes, bytes], Target] = {}
        self.routes: list[Route] = []
        for surface in surfaces:
            self._add_surface(surface)

    def _add_surface(self, surface: Surface) -> None:
        parse_id = surface.dialect.parse_id
        plans = [Plan(endpoint, parse_id) for endpoint in surface.endpoints]
        for prefix in surface.prefixes:
            self._walk(prefix).surface = surface
            for plan in plans:
                self._add(Route(plan, surface, prefix + plan.endpoint.path))

    def _add(self, route: Route) -> None:
        node = self._walk(route.template)
        method = route.plan.endpoint.method
        if method in node.routes:
            raise WrongEndpoint(
                f"{method} {route.template} is declared twice, "
                f"the other time as {node.routes[method].template}"
            )
        node.routes[method] = route
        self.routes.append(route)

    def _walk(self, template: str) -> _Node:
        """The node of a declared path, made where it is missing."""
        node = self._root
        for segment in template.split("/")[1:]:
            if segment.startswith("{"):
                node.parametric = node.parametric or _Node()
                node = node.parametric
            else:
                node = node.static.setdefault(segment, _Node())
        return node

    def locate(self, method: bytes, url: bytes) -> Target:
        """The same for a request line as it came; one without a query is remembered whole."""
        return self._located.get((method, url)) or self._locate(method, url)

    def _locate(self, method: bytes, url: bytes) -> Target:
        raw_path, mark, query = url.partition(b"?")
        if not raw_path.startswith(b"/"):
            raw_path = httptools.parse_url(url).path or b"/"
        verb, path = method.decode(), raw_path.decode("latin-1")
        found = self.match(verb, path)
        match = found if isinstance(found, Match) else None
        is_hot = match is not None and match.route.hot and verb != "HEAD"
        target = Target(found, verb, path, query, match if is_hot else None)
        if not mark and len(url) <= _LONGEST_REMEMBERED and match is not None:
            _remember(self._located, (method, url), target)
        return target

    def match(self, method: str, path: str) -> Match | Miss:
        """`path` is still percent-encoded, so that an encoded slash stays within its segment."""
        return self._remembered.get((method, path)) or self._find(method, path)

    def _find(self, method: str, path: str) -> Match | Miss:
        segments = path.split("/")[1:]
        if segments and segments[-1] == "":
            segments.pop()
        values: list[str] = []
        node = self._stride(segments, values) or self._search(segments, values)
        if node is None:
            return Miss(self._surface_of(segments), ())
        route = node.routes.get(method)
        if route is None and method == "HEAD":
            route = node.routes.get("GET")
        if route is None:
            return Miss(self._surface_of(segments), _allowed(node))
        match = Match(route, values)
        if len(path) <= _LONGEST_REMEMBERED:
            _remember(self._remembered, (method, path), match)
        return match

    def _stride(self, segments: Sequence[str], values: list[str]) -> _Node | None:
        """The node, if the obvious way leads to it, as it nearly always does."""
        node = self._root
        for segment in segments:
            literal = node.static.get(segment)
            if literal is not None:
                node = literal
            elif node.parametric is None or "%" in segment or not segment:
                return None
            else:
                values.append(segment)
                node = node.parametric
        return node if node.routes else None

    def _search(self, segments: Sequence[str], values: list[str]) -> _Node | None:
        values.clear()
        return self._descend(self._root, segments, 0, values)

    def _descend(
        self, node: _Node, segments: Sequence[str], depth: int, values: list[str]
    ) -> _Node | None:
        """The node with routes for these segments; a literal segment wins over a parameter."""
        if depth == len(segments):
            return node if node.routes else None
        segment = segments[depth]
        literal = node.static.get(segment if "%" not in segment else unquote(segment))
        if literal is not None:
            found = self._descend(literal, segments, depth + 1, values)
            if found is not None:
                return found
        if node.parametric is None or not segment:
            return None
        values.append(segment)
        found = self._descend(node.parametric, segments, depth + 1, values)
        if found is None:
            values.pop()
        return found

    def _surface_of(self, segments: Sequence[str]) -> Surface | None:
        """Whose prefix an unknown path lies under."""
        node: _Node | None = self._root
        surface = None
        for segment in segments:
            node = node.static.get(segment) if node else None
            if node is None:
                break
            surface = node.surface or surface
        return surface


def _remember(table: dict[_Key, _Place], key: _Key, place: _Place) -> None:
    if len(table) >= _REMEMBERED:
        table.clear()
    table[key] = place


def _allowed(node: _Node) -> Sequence[str]:
    methods = {*node.routes, "OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)

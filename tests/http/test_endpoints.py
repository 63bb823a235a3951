"""Declarations: what a verb's signature asks for, and which mistakes stop the start."""

# ruff: noqa: ARG001  # a verb declares what its endpoint gives it

import re
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from rift.app.serve import openapi
from rift.core.actor import Actor
from rift.doors.http.endpoints import Dialect, Endpoint, Surface, discord, get, post
from rift.doors.http.openapi import Description
from rift.doors.http.plans import WrongEndpoint
from rift.doors.http.router import Match, Miss, Router
from rift.snowflake import Snowflake
from tests.http.serving import Note, Verbs, endpoints, serving


class Answered(msgspec.Struct):
    id: str


async def fetch(unit: object, actor: Actor, guild_id: Snowflake) -> Answered:
    """Fetches."""
    return Answered(guild_id)


async def mine(unit: object, actor: Actor) -> None:
    """Literal segments win."""


async def nested(unit: object, actor: Actor, guild_id: Snowflake, user_id: str) -> None:
    """Two parameters."""


async def undocumented(unit: object, actor: Actor) -> None:
    pass


async def unannotated(unit: object, actor) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Has no annotation."""


async def unreturning(unit: object):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Says not what it returns."""


async def bad_actor(unit: object, actor: str) -> None:
    """Wants a string as its actor."""


async def bad_query(unit: object, query: dict[str, Any]) -> None:
    """Wants no struct."""


async def bad_id(unit: object, guild_id: int) -> None:
    """Wants a number."""


@pytest.mark.parametrize(
    ("endpoint", "complaint"),
    [
        (get("/guilds/{id}", fetch), "does not take the path parameter id"),
        (get("/guilds", fetch), "the path has no parameter guild_id"),
        (get("/guilds/{guild_id}/{guild_id}", fetch), "occurs twice"),
        (get("guilds/{guild_id}", fetch), "begin with a slash"),
        (get("/x", undocumented), "no docstring"),
        (get("/x", unannotated), "no annotation"),
        (get("/x", unreturning), "no return annotation"),
        (get("/x", bad_actor), "must be annotated Actor"),
        (get("/x", bad_query), r"must be a msgspec.Struct"),
        (get("/{guild_id}", bad_id), "must be a Snowflake or a str"),
    ],
)
def test_a_wrong_declaration_does_not_start(endpoint: Endpoint, complaint: str) -> None:
    with pytest.raises(WrongEndpoint, match=complaint):
        Router([discord([endpoint])])


def test_two_declarations_of_one_path_do_not_start() -> None:
    with pytest.raises(WrongEndpoint, match="declared twice"):
        Router([discord([get("/a/{guild_id}", fetch), get("/a/{guild_id}", fetch)])])


def matched(router: Router, method: str, path: str) -> tuple[str, list[str]] | Miss:
    found = router.match(method, path)
    if isinstance(found, Match):
        return found.route.plan.endpoint.path, list(found.values)
    return found


def test_a_literal_segment_wins_and_a_dead_end_goes_back() -> None:
    router = Router(
        [
            discord(
                [
                    get("/users/@me", mine),
                    get("/users/{guild_id}", fetch),
                    get("/users/{guild_id}/notes/{user_id}", nested),
                    get("/users/@me/guilds", mine),
                ]
            )
        ]
    )
    at = "/api/v10/users/"
    assert matched(router, "GET", at + "@me") == ("/users/@me", [])
    assert matched(router, "GET", at + "%40me") == ("/users/@me", [])
    assert matched(router, "GET", at + "7") == ("/users/{guild_id}", ["7"])
    assert matched(router, "GET", at + "@me/notes/a%2Fb") == (
        "/users/{guild_id}/notes/{user_id}",
        ["@me", "a%2Fb"],
    )
    assert isinstance(matched(router, "GET", at + "7/guilds"), Miss)
    assert isinstance(matched(router, "GET", at + "/notes/1"), Miss)
    assert isinstance(matched(router, "GET", ""), Miss)


def test_a_miss_knows_whose_prefix_it_lies_under() -> None:
    other = Surface(("/api",), [post("/x", mine)])
    router = Router([discord([get("/x", mine)]), other])
    assert router.match("GET", "/api/nothing").surface is other  # type: ignore[union-attr]
    assert router.match("GET", "/api/x").allowed == ["OPTIONS", "POST"]  # type: ignore[union-attr]
    assert router.match("GET", "/elsewhere").surface is None  # type: ignore[union-attr]


async def test_every_surface_spells_its_own_refusals() -> None:
    def plain(surface: Surface) -> list[Surface]:
        spelled = Surface(
            ("/api",), [get("/mine", mine)], Dialect(spell=lambda it: {"error": it.status})
        )
        return [surface, spelled]

    async with serving(surfaces=plain) as house:
        assert (await house.ask("GET", "/api/none")).json == {"error": 404}
        assert (await house.ask("POST", "/api/mine")).json == {"error": 405}
        assert (await house.ask("GET", "/api/mine", authorization="x")).json == {"error": 401}
        assert (await house.ask("GET", "/none")).json["code"] == 0


async def test_the_api_describes_itself() -> None:
    def described(surface: Surface) -> list[Surface]:
        return [surface, Description(surface, "1").surface()]

    async with serving(surfaces=described) as house:
        reply = await house.ask("GET", "/api/openapi.json", authorization="")
        assert reply.headers["content-type"] == "application/json"
    api = reply.json
    assert api["openapi"] == "3.1.0"
    assert len(api["paths"]) == len({x.path for x in endpoints(Verbs(), hot=True)})
    operation = api["paths"]["/channels/{channel_id}/messages"]["post"]
    assert operation["parameters"][0]["name"] == "channel_id"
    assert operation["x-rate-limit"] == {"bucket": "plenty", "limit": 1000, "per_s": 5.0}
    assert set(operation["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    assert api["paths"]["/wait"]["get"]["responses"].keys() == {"204", "4XX"}
    names = [x["name"] for x in api["paths"]["/page"]["get"]["parameters"]]
    assert names == ["limit", "with_counts", "ids"]
    schema = {**api["components"]["schemas"][Note.__name__], "components": api["components"]}
    validator = jsonschema_rs.validator_for(schema)
    assert validator.is_valid({"content": "x"})
    assert not validator.is_valid({"content": 1})


def test_whatever_the_description_refers_to_is_in_it() -> None:
    """Two types of one name have longer names there, in queries as everywhere."""
    described = openapi()
    text = msgspec.json.encode(described).decode()
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert referred <= described["components"]["schemas"].keys()

"""Wrong values in every field, query and path of every operation: a clear no, and nothing changes.

The operations are read from our own description, so that a new one is attacked from its first day.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import pytest
import pytest_asyncio

from rift.doors.simple import ids
from tests.hostile.scene import Operation, Scene, description
from tests.hostile.target import Target
from tests.hostile.test_http import connected
from tests.http.serving import request
from tests.simple_door.caller import PASSWORD, Caller

_WRONG: Final[Mapping[str, Any]] = {
    "object": {"unexpected": [[]]},
    "array": [[["deep"]]],
    "string": "\U0001f9e8 not a value " * 9,
    "boolean": True,
    "number": 1.5,
}
_NOT_IDS: Final = (
    "abc",
    "-1",
    "1.5",
    "1e3",
    "9223372036854775808",
    "99999999999999999999999999",
    "9" * 5000,
    "%20",
    "%00",
    "%D9%A3",
    "0x10",
    "..",
    "@you",
)
_STRANGERS: Final = ("0", "1", "9223372036854775807")
_MARKS: Final = ("message_id", "entity_id")
"""Ids that, where something is acked, need not be of anything."""
_NOT_TEXTS: Final = ("%00", "a%00b", "%ED%A0%80", "%FF", "x" * 3000)


_FORMS: Final = (
    *("0199a5b0-0000-8000-8000-00000000000", "0199a5b0-0000-8000-8000-0000000000000"),
    *("0199a5b0-0000-8000-8000-00000000000g", "{0199a5b0-0000-8000-8000-000000000000}"),
    *("0199a5b000008000800000000000000", "urn:uuid:0199a5b0-0000-8000-8000-000000000000"),
)
"""What is almost a UUID."""
_OTHERS_UUIDS: Final = (
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "00000000-0000-8001-bfff-ffffffffffff",
    "00000000-0000-8fff-bfff-ffffffffffff",
)


def _spelled_as_discord_does(answer: Any) -> None:
    assert isinstance(answer["message"], str), answer
    assert isinstance(answer["code"], int), answer


def _spelled_simply(answer: Any) -> None:
    assert isinstance(answer["error"], str), answer
    assert answer.keys() <= {"error", "fields", "retry_after"}, answer


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def discord(scene: Scene) -> Target:
    return Target(
        scene=scene,
        described=await description(scene),
        prefix="/api/v10",
        authorization=str(scene.owner.api.token),
        fill=scene.path,
        check_refusal=_spelled_as_discord_does,
        is_form_error=lambda answer: answer["code"] == 50035,
        not_ids=_NOT_IDS,
        strangers=_STRANGERS,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def simple(scene: Scene) -> Target:
    form = {"username": scene.owner.user["username"], "password": PASSWORD}
    caller = Caller(scene.server, await Caller(scene.server).post("/auth/login", form))
    places = {"server_id": scene.ids["guild_id"], "target_id": scene.ids["role_id"]}
    known = {**scene.ids, **places}
    shown = {name: ids.shown(id_) if id_.isdigit() else id_ for name, id_ in known.items()}
    private = {"channel_id": ids.shown(scene.group_id)}

    def fill(template: str, **others: str) -> str:
        return template.format_map(shown | (private if "/dm/" in template else {}) | others)

    return Target(
        scene=scene,
        described=await description(scene, "/api/docs/openapi.json"),
        prefix="/api",
        authorization=f"Bearer {caller.token}",
        fill=fill,
        check_refusal=_spelled_simply,
        is_form_error=lambda answer: bool(answer["fields"]),
        not_ids=(*_NOT_IDS, *_FORMS),
        strangers=(*_STRANGERS, *_OTHERS_UUIDS),
    )


@pytest.fixture(scope="module", params=["discord", "simple"])
def target(request: pytest.FixtureRequest, discord: Target, simple: Target) -> Target:
    """Each door in turn."""
    return {"discord": discord, "simple": simple}[request.param]


async def test_a_value_of_a_wrong_type_is_refused_at_its_field(target: Target) -> None:
    async with target.scene.unchanged():
        for operation, field, kinds in target.bodies():
            for kind, value in _WRONG.items():
                if kind in kinds or "any" in kinds or (kind == "string" and "integer" in kinds):
                    continue
                status, answer = await target.send(operation, msgspec.json.encode({field: value}))
                assert status == 400, f"{operation.name} {field}={value}: {status} {answer}"
                assert target.is_form_error(answer), answer


async def test_a_body_that_is_no_object_is_refused(target: Target) -> None:
    bodies = (b"null", b"true", b"17", b'"text"', b"[]x", b"{", b'{"a":1,}', b"\xff\xfe", b"NaN")
    async with target.scene.unchanged():
        for operation in target.described.operations:
            if not target.described.fields(operation.body):
                continue
            for body in bodies:
                status, answer = await target.send(operation, body)
                taken = operation.body is not None and "null" in target.described.kinds(
                    operation.body
                )
                if body != b"null" or not taken:
                    assert status in (400, 413), f"{operation.name} {body!r}: {status} {answer}"


async def test_no_text_of_any_body_holds_a_nul(target: Target) -> None:
    async with target.scene.unchanged():
        for operation, field, _ in target.bodies():
            for value in (b'"a\\u0000b"', b'["\\u0000"]', b'[{"name":"\\u0000"}]'):
                body = b'{"%b":%b}' % (field.encode(), value)
                status, answer = await target.send(operation, body)
                assert status == 400, f"{operation.name} {field}: {status} {answer}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b'"\\ud800"', id="a surrogate alone"),
        pytest.param(b'"\\ud800\\u0041"', id="a high surrogate without its low one"),
        pytest.param(b'"\\udc00\\ud800"', id="surrogates in the wrong order"),
        pytest.param(b'"\xed\xa0\x80"', id="a surrogate in UTF-8"),
        pytest.param(b'"\xc0\x80"', id="an overlong NUL"),
        pytest.param(b'"\xff"', id="no UTF-8 at all"),
        pytest.param(b'"\x00"', id="a bare NUL"),
        pytest.param(b'"\x1f"', id="a bare control character"),
    ],
)
async def test_what_is_no_unicode_is_refused(target: Target, text: bytes) -> None:
    async with target.scene.unchanged():
        for operation, field, _ in target.bodies():
            status, answer = await target.send(operation, b'{"%b":%b}' % (field.encode(), text))
            assert status == 400, f"{operation.name} {field}: {status} {answer}"


async def test_an_escaped_backslash_before_u0000_is_no_nul(scene: Scene) -> None:
    said = await scene.owner.say(scene.ids["channel_id"], "\\u0000 and \\\\u0000")
    assert said["content"] == "\\u0000 and \\\\u0000"


async def test_what_is_no_id_is_refused_in_every_path(target: Target) -> None:
    async with target.scene.unchanged():
        for operation in target.described.operations:
            for parameter in operation.named("path"):
                for value in target.not_ids if "pattern" in parameter["schema"] else _NOT_TEXTS:
                    body = b"{}" if operation.body is not None else b""
                    ids = {parameter["name"]: value}
                    status, answer = await target.send(operation, body, **ids)
                    assert status >= 400, f"{operation.name} {ids}: {status} {answer}"


async def test_ids_of_nothing_are_refused_in_every_path(target: Target) -> None:
    async with target.scene.unchanged():
        for operation in target.described.operations:
            for parameter in operation.named("path"):
                if "pattern" not in parameter["schema"] or operation.method in ("PUT", "DELETE"):
                    continue
                if parameter["name"] in _MARKS and "/ack" in operation.path:
                    continue
                for value in target.strangers:
                    body = b"{}" if operation.body is not None else b""
                    await target.send(operation, body, **{parameter["name"]: value})


async def test_wrong_queries_are_refused(target: Target) -> None:
    values = ("-1", "abc", "1.5", "99999999999999999999", "9223372036854775808", "%00", "%FF")
    async with target.scene.unchanged():
        for operation in target.described.operations:
            for parameter in operation.named("query"):
                for value in values:
                    if operation.method != "GET":
                        continue
                    path = f"{target.fill(operation.path)}?{parameter['name']}={value}"
                    status, answer = await target.ask("GET", path, None)
                    kinds = target.described.kinds(parameter["schema"])
                    if value in ("%00", "%FF") or kinds <= {"integer", "null"}:
                        assert status == 400, f"{path}: {status} {answer}"


async def test_unknown_fields_are_ignored(target: Target) -> None:
    path = target.fill("/channels/{channel_id}/messages")
    body = {"content": "plain", "unheard_of": {"deep": [1, 2, {"x": None}]}, "author": "me"}
    status, said = await target.ask("POST", path, msgspec.json.encode(body))
    assert status < 300
    assert said["content"] == "plain"
    assert ids.read(said["author"]["id"]) == target.scene.owner.id
    assert "unheard_of" not in said


@pytest.mark.parametrize("depth", [100, 10_000, 300_000])
@pytest.mark.parametrize("field", ["content", "embeds", "unheard_of"])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
async def test_deep_documents_are_refused(
    target: Target, depth: int, field: str, brackets: str
) -> None:
    opening = b"[" if brackets == "[]" else b'{"a":'
    closing = brackets[1].encode()
    body = b'{"%b":%b1%b}' % (field.encode(), opening * depth, closing * depth)
    operation = Operation("POST", "/channels/{channel_id}/messages", [], None)
    async with target.scene.unchanged():
        status, answer = await target.send(operation, body)
        assert status in (400, 413), answer


async def test_wrong_ids_in_bodies_are_refused(discord: Target) -> None:
    wrong = ("9223372036854775808", 2**63, 2**64, 10**30, -1, 1.5, "1.0", "abc", "", True, [], {})
    guild, channel = discord.scene.ids["guild_id"], discord.scene.ids["channel_id"]
    async with discord.scene.unchanged():
        for id_ in wrong:
            for method, path, body in (
                ("PATCH", f"/guilds/{guild}", {"afk_channel_id": id_}),
                ("PATCH", f"/guilds/{guild}/channels", [{"id": id_, "position": 1}]),
                ("PATCH", f"/guilds/{guild}/roles", [{"id": id_, "position": 1}]),
                ("PATCH", f"/channels/{channel}", {"parent_id": id_}),
                ("POST", f"/channels/{channel}/messages/bulk-delete", {"messages": [id_, id_]}),
                (
                    "POST",
                    f"/channels/{channel}/messages",
                    {"content": "x", "message_reference": {"message_id": id_}},
                ),
            ):
                status, answer = await discord.ask(method, path, msgspec.json.encode(body))
                assert status == 400, f"{method} {path} {body}: {status} {answer}"


# What only the simple door has: two forms of ids, and refusals of its own


async def test_what_is_no_id_is_refused_in_the_bodies_of_the_simple_door(simple: Target) -> None:
    wrong = ("9223372036854775808", 2**63, -1, 1.5, "1.0", "abc", "", True, [], {}, *_FORMS)
    async with simple.scene.unchanged():
        for method, path, body in _with_ids():
            for id_ in (*wrong, *_OTHERS_UUIDS):
                sent = body.replace(b"ID", msgspec.json.encode(id_))
                status, answer = await simple.ask(method, simple.fill(path), sent)
                allowed = range(400, 500) if id_ in _OTHERS_UUIDS else (400,)
                assert status in allowed, f"{method} {path} {sent!r}: {status} {answer}"


def _with_ids() -> Sequence[tuple[str, str, bytes]]:
    return (
        ("PATCH", "/servers/{server_id}", b'{"owner_id":ID}'),
        ("PATCH", "/channels/{channel_id}", b'{"category_id":ID}'),
        ("POST", "/channels/{channel_id}/messages", b'{"content":"x","reply_to":ID}'),
        ("POST", "/servers/{server_id}/channels", b'{"name":"x","category_id":ID}'),
        ("POST", "/servers/{server_id}/invites", b'{"channel_id":ID}'),
        ("POST", "/dm/channels", b'{"participant_ids":[ID]}'),
        ("POST", "/dm/channels", b'{"participant_ids":ID}'),
    )


async def test_what_is_no_id_is_refused_in_the_queries_of_the_simple_door(simple: Target) -> None:
    asked = 0
    async with simple.scene.unchanged():
        for operation in simple.described.operations:
            for parameter in operation.named("query"):
                if parameter["name"] not in ("before", "after", "user_id"):
                    continue
                for value in set(simple.not_ids) - {"9" * 5000}:
                    asked += 1
                    path = f"{simple.fill(operation.path)}?{parameter['name']}={value}"
                    status, answer = await simple.ask(operation.method, path, None)
                    assert status == 400, f"{path}: {status} {answer}"
    assert asked


async def test_ids_of_nothing_name_nothing_at_the_simple_door(simple: Target) -> None:
    """Whatever is to be done with it: also to replace and to delete."""
    async with simple.scene.unchanged():
        for operation in simple.described.operations:
            for parameter in operation.named("path"):
                if "pattern" not in parameter["schema"]:
                    continue
                for value in simple.strangers:
                    body = b'{"kind":"role"}' if operation.body is not None else b""
                    status, answer = await simple.send(
                        operation, body, **{parameter["name"]: value}
                    )
                    assert status in range(400, 500), f"{operation.name} {value}: {answer}"


async def test_a_body_too_large_is_refused_by_every_operation_of_the_simple_door(
    simple: Target,
) -> None:
    async with simple.scene.unchanged():
        for operation in simple.described.operations:
            sent = request(
                operation.method,
                simple.prefix + simple.fill(operation.path),
                b"{",
                authorization=simple.authorization,
                content_length="99999999999",
            )
            async with connected(simple.scene) as client:
                client.send(sent)
                reply = await client.reply()
            assert reply.status == 413, operation.name
            simple.check_refusal(reply.json)

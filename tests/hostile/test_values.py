"""Wrong values in every field, query and path of every operation: a clear no, and nothing changes.

The operations are read from our own description, so that a new one is attacked from its first day.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import msgspec
import pytest
import pytest_asyncio
from yarl import URL

from tests.hostile.scene import Description, Operation, Scene, description

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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operations(scene: Scene) -> AsyncIterator[Description]:
    yield await description(scene)


def _bodies(described: Description) -> Iterator[tuple[Operation, str, set[str]]]:
    for operation in described.operations:
        for name, schema in described.fields(operation.body).items():
            yield operation, name, described.kinds(schema)


async def _raw(scene: Scene, operation: Operation, body: bytes, **ids: str) -> tuple[int, Any]:
    """Ask as the owner of everything; the answer is in Discord's shape or a success."""
    return await _ask(scene, operation.method, scene.path(operation.path, **ids), body)


async def _ask(scene: Scene, method: str, path: str, body: bytes | None) -> tuple[int, Any]:
    headers = {"Authorization": str(scene.owner.api.token), "Content-Type": "application/json"}
    address = URL(f"{scene.server.url}/api/v10{path}", encoded=True)  # broken ones are not mended
    data = None if body is None else BytesIO(body)
    async with scene.server.http.request(method, address, data=data, headers=headers) as response:
        raw = await response.read()
        answer = msgspec.json.decode(raw) if raw else None
        assert response.status < 500, f"{method} {path} {body!r}: {response.status} {answer}"
        if response.status >= 400:
            assert response.headers["Content-Type"] == "application/json"
            assert isinstance(answer["message"], str), answer
            assert isinstance(answer["code"], int), answer
        return response.status, answer


async def test_a_value_of_a_wrong_type_is_refused_at_its_field(
    scene: Scene, operations: Description
) -> None:
    async with scene.unchanged():
        for operation, field, kinds in _bodies(operations):
            for kind, value in _WRONG.items():
                if kind in kinds or "any" in kinds or (kind == "string" and "integer" in kinds):
                    continue
                status, answer = await _raw(scene, operation, msgspec.json.encode({field: value}))
                assert status == 400, f"{operation.name} {field}={value}: {status} {answer}"
                assert answer["code"] == 50035


async def test_a_body_that_is_no_object_is_refused(scene: Scene, operations: Description) -> None:
    bodies = (b"null", b"true", b"17", b'"text"', b"[]x", b"{", b'{"a":1,}', b"\xff\xfe", b"NaN")
    async with scene.unchanged():
        for operation in operations.operations:
            if not operations.fields(operation.body):
                continue
            for body in bodies:
                status, answer = await _raw(scene, operation, body)
                taken = operation.body is not None and "null" in operations.kinds(operation.body)
                if body != b"null" or not taken:
                    assert status in (400, 413), f"{operation.name} {body!r}: {status} {answer}"


async def test_no_text_of_any_body_holds_a_nul(scene: Scene, operations: Description) -> None:
    async with scene.unchanged():
        for operation, field, _ in _bodies(operations):
            for value in (b'"a\\u0000b"', b'["\\u0000"]', b'[{"name":"\\u0000"}]'):
                body = b'{"%b":%b}' % (field.encode(), value)
                status, answer = await _raw(scene, operation, body)
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
async def test_what_is_no_unicode_is_refused(
    scene: Scene, operations: Description, text: bytes
) -> None:
    async with scene.unchanged():
        for operation, field, _ in _bodies(operations):
            status, answer = await _raw(scene, operation, b'{"%b":%b}' % (field.encode(), text))
            assert status == 400, f"{operation.name} {field}: {status} {answer}"


async def test_an_escaped_backslash_before_u0000_is_no_nul(scene: Scene) -> None:
    said = await scene.owner.say(scene.ids["channel_id"], "\\u0000 and \\\\u0000")
    assert said["content"] == "\\u0000 and \\\\u0000"


async def test_what_is_no_id_is_refused_in_every_path(
    scene: Scene, operations: Description
) -> None:
    async with scene.unchanged():
        for operation in operations.operations:
            for parameter in operation.named("path"):
                for value in _NOT_IDS if "pattern" in parameter["schema"] else _NOT_TEXTS:
                    body = b"{}" if operation.body is not None else b""
                    ids = {parameter["name"]: value}
                    status, answer = await _raw(scene, operation, body, **ids)
                    assert status >= 400, f"{operation.name} {ids}: {status} {answer}"


async def test_ids_of_nothing_are_refused_in_every_path(
    scene: Scene, operations: Description
) -> None:
    async with scene.unchanged():
        for operation in operations.operations:
            for parameter in operation.named("path"):
                if "pattern" not in parameter["schema"] or operation.method in ("PUT", "DELETE"):
                    continue
                if parameter["name"] in _MARKS and "/ack" in operation.path:
                    continue
                for value in _STRANGERS:
                    body = b"{}" if operation.body is not None else b""
                    await _raw(scene, operation, body, **{parameter["name"]: value})


async def test_wrong_queries_are_refused(scene: Scene, operations: Description) -> None:
    values = ("-1", "abc", "1.5", "99999999999999999999", "9223372036854775808", "%00", "%FF")
    async with scene.unchanged():
        for operation in operations.operations:
            for parameter in operation.named("query"):
                for value in values:
                    if operation.method != "GET":
                        continue
                    path = f"{scene.path(operation.path)}?{parameter['name']}={value}"
                    status, answer = await _ask(scene, "GET", path, None)
                    kinds = operations.kinds(parameter["schema"])
                    if value in ("%00", "%FF") or kinds <= {"integer", "null"}:
                        assert status == 400, f"{path}: {status} {answer}"


async def test_unknown_fields_are_ignored(scene: Scene) -> None:
    said = await scene.owner.say(
        scene.ids["channel_id"], "plain", unheard_of={"deep": [1, 2, {"x": None}]}, author="me"
    )
    assert said["content"] == "plain"
    assert said["author"]["id"] == scene.owner.id
    assert "unheard_of" not in said


@pytest.mark.parametrize("depth", [100, 10_000, 300_000])
@pytest.mark.parametrize("field", ["content", "embeds", "unheard_of"])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
async def test_deep_documents_are_refused(
    scene: Scene, depth: int, field: str, brackets: str
) -> None:
    opening = b"[" if brackets == "[]" else b'{"a":'
    closing = brackets[1].encode()
    body = b'{"%b":%b1%b}' % (field.encode(), opening * depth, closing * depth)
    operation = Operation("POST", "/channels/{channel_id}/messages", [], None)
    async with scene.unchanged():
        status, answer = await _raw(scene, operation, body)
        assert status in (400, 413), answer


async def test_wrong_ids_in_bodies_are_refused(scene: Scene) -> None:
    wrong = ("9223372036854775808", 2**63, 2**64, 10**30, -1, 1.5, "1.0", "abc", "", True, [], {})
    guild, channel = scene.ids["guild_id"], scene.ids["channel_id"]
    async with scene.unchanged():
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
                status, answer = await _ask(scene, method, path, msgspec.json.encode(body))
                assert status == 400, f"{method} {path} {body}: {status} {answer}"

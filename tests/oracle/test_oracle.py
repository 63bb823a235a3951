"""The oracle itself: a judge that never says no proves nothing."""

import copy
import json
from typing import Any

import pytest

from tests import oracle
from tests.oracle import sources
from tests.oracle.judge import Judge

USER: dict[str, Any] = {
    "id": "175928847299117063",
    "username": "ada",
    "discriminator": "0",
    "global_name": "Ada",
    "avatar": None,
    "public_flags": 0,
    "flags": 0,
    "primary_guild": None,
}

MESSAGE: dict[str, Any] = {
    "id": "334385199974967042",
    "channel_id": "290926798999357250",
    "type": 0,
    "content": "Supa Hot",
    "author": USER,
    "mentions": [],
    "mention_roles": [],
    "mention_everyone": False,
    "attachments": [],
    "embeds": [],
    "components": [],
    "timestamp": "2017-07-11T17:27:07.299000+00:00",
    "edited_timestamp": None,
    "flags": 0,
    "pinned": False,
    "tts": False,
    "nonce": "1",
}

CATEGORY: dict[str, Any] = {
    "id": "1",
    "type": 4,
    "flags": 0,
    "guild_id": "2",
    "name": "talk",
    "position": 0,
}

ERROR: dict[str, Any] = {
    "code": 50035,
    "message": "Invalid Form Body",
    "errors": {"embeds": {"0": {"title": {"_errors": [{"code": "X", "message": "Too long."}]}}}},
}


@pytest.fixture(scope="module", params=["file", "package"])
def judge(request: pytest.FixtureRequest) -> Judge:
    if request.param == "package":
        return Judge(sources.from_package())
    file = sources.specification_file()
    if file is None:
        pytest.skip("the specification's own file is not beside this checkout")
    return Judge(sources.from_file(file))


def without(body: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != key}


def test_a_good_answer_passes(judge: Judge) -> None:
    judge.check_response("POST", "/channels/{channel_id}/messages", 200, MESSAGE)
    judge.check_response("GET", "/channels/{any_name}/messages", 200, [MESSAGE])
    judge.check_response("GET", "/channels/{channel_id}", 200, CATEGORY)
    judge.check_response("DELETE", "/channels/{c}/messages/{m}", 204, b"")


@pytest.mark.parametrize(
    "key", ["id", "author", "timestamp", "pinned", "edited_timestamp", "flags"]
)
def test_an_answer_without_a_required_key_fails(judge: Judge, key: str) -> None:
    with pytest.raises(AssertionError, match=key):
        judge.check_response("POST", "/channels/{c}/messages", 200, without(MESSAGE, key))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", 334385199974967042),
        ("id", "18446744073709551616"),
        ("id", "0x10"),
        ("flags", 2**31),
        ("type", "0"),
        ("content", None),
        ("timestamp", "yesterday"),
        ("timestamp", "2017-07-11T17:27:07"),
        ("timestamp", "2017-02-30T17:27:07Z"),
        ("nonce", "x" * 26),
        ("author", without(USER, "global_name")),
        ("mentions", [without(USER, "primary_guild")]),
    ],
)
def test_an_answer_with_a_wrong_value_fails(judge: Judge, key: str, value: Any) -> None:
    with pytest.raises(AssertionError, match=key):
        judge.check_response("POST", "/channels/{c}/messages", 200, {**MESSAGE, key: value})


def test_a_field_nobody_named_fails_however_deep(judge: Judge) -> None:
    strange = copy.deepcopy(MESSAGE)
    strange["author"]["shoe_size"] = 44
    with pytest.raises(AssertionError, match=r"UserResponse\.shoe_size"):
        judge.check_response("GET", "/channels/{c}/messages", 200, [strange])


def test_a_field_may_be_allowed_to_one_caller(judge: Judge) -> None:
    event = {**MESSAGE, "guild_id": "5"}
    judge.check_schema("MessageResponse", event, frozenset({"MessageResponse.guild_id"}))
    with pytest.raises(AssertionError, match="guild_id"):
        judge.check_schema("MessageResponse", event)


def test_a_status_nobody_foresaw_fails(judge: Judge) -> None:
    with pytest.raises(AssertionError, match="never answers 201"):
        judge.check_response("POST", "/channels/{c}/messages", 201, MESSAGE)


def test_a_body_where_none_belongs_fails(judge: Judge) -> None:
    with pytest.raises(AssertionError, match="without a body"):
        judge.check_response("DELETE", "/channels/{c}/messages/{m}", 204, MESSAGE)


def test_an_unknown_operation_is_not_waved_through(judge: Judge) -> None:
    assert not judge.covers("POST", "/auth/login")
    with pytest.raises(oracle.UnknownOperation):
        judge.check_response("POST", "/auth/login", 200, {})


def test_errors_pass_in_both_their_forms(judge: Judge) -> None:
    judge.check_error(ERROR)
    judge.check_error({"code": 0, "message": "404: Not Found"})
    judge.check_error(
        {"code": 50035, "message": "x", "errors": {"_errors": [{"code": "X", "message": "y"}]}}
    )
    judge.check_error({"code": 0, "message": "slow", "retry_after": 1.5, "global": False})


@pytest.mark.parametrize(
    "body",
    [
        {"message": "no code"},
        {"code": "50035", "message": "a word where a number belongs"},
        {
            "code": 50035,
            "message": "x",
            "errors": {"a": {"_errors": [{"code": 5, "message": "y"}]}},
        },
        {"code": 50035, "message": "x", "errors": {"a": {"_errors": [{"code": "X"}]}}},
        {"code": 0, "message": "slow", "retry_after": "1.5", "global": False},
    ],
)
def test_a_malformed_error_fails(judge: Judge, body: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        judge.check_error(body)


def test_both_sources_know_the_same_operations() -> None:
    file = sources.specification_file()
    if file is None:
        pytest.skip("the specification's own file is not beside this checkout")
    ours = set(sources.from_file(file).operations)
    assert len(ours) > 200
    assert ours - set(sources.from_package().operations) == set()


def test_each_correction_and_each_private_field_has_its_reason() -> None:
    for line in (sources.HERE / "overlay.jsonl").read_text().splitlines():
        assert len(json.loads(line)["why"]) > 20
    for line in (sources.HERE / "private_fields.txt").read_text().splitlines():
        assert len(line.split(maxsplit=1)[1]) > 20

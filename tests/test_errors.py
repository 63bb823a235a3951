"""Refusals: each has its code once, and wrong forms are explained field by field."""

import json
from typing import Any

import msgspec
import pytest

from rift import errors
from rift.errors import FieldError, InvalidForm, RateLimited, Refusal
from rift.snowflake import decode_hook
from rift.wire.channels import CreateChannel
from rift.wire.messages import CreateMessage
from rift.wire.roles import CreateRole
from tests import oracle


def catalogue() -> list[type[Refusal]]:
    found = [cls for cls in vars(errors).values() if isinstance(cls, type)]
    return [cls for cls in found if issubclass(cls, Refusal) and cls is not Refusal]


def refusal(cls: type[Refusal]) -> Refusal:
    if issubclass(cls, RateLimited):
        return cls(1.25)
    return InvalidForm({}) if cls is InvalidForm else cls()


def explained(text: str, form: type) -> dict[str, Any]:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(text, type=form, dec_hook=decode_hook)
    body = errors.from_decoding(caught.value).body()
    oracle.check_error(json.loads(json.dumps(body)))
    return body


@pytest.mark.parametrize("cls", catalogue())
def test_each_refusal_reads_as_discord_words_it(cls: type[Refusal]) -> None:
    made = refusal(cls)
    assert 400 <= made.status < 600
    oracle.check_error(json.loads(json.dumps(made.body())))


def test_no_code_is_given_twice() -> None:
    codes = [cls.code for cls in catalogue() if cls.code]
    assert len(codes) == len(set(codes)) > 100


def test_a_refusal_may_be_worded_for_the_occasion() -> None:
    assert errors.TooManyPins("Enough pins (3)").body() == {
        "message": "Enough pins (3)",
        "code": 30003,
    }


def test_a_rate_limit_tells_how_long_in_body_and_headers() -> None:
    limited = RateLimited(1.25, scope="global")
    assert limited.body() == {
        "message": "You are being rate limited.",
        "retry_after": 1.25,
        "global": True,
        "code": 0,
    }
    assert limited.headers["Retry-After"] == "2"
    assert limited.headers["X-RateLimit-Global"] == "true"
    assert limited.headers["X-RateLimit-Scope"] == "global"
    assert limited.headers["Via"]
    assert "X-RateLimit-Global" not in errors.SlowmodeActive(3).headers
    assert errors.SlowmodeActive(3).body()["code"] == 20016


def test_wrong_fields_hang_at_their_paths() -> None:
    twice = [FieldError("A", "first"), FieldError("B", "second")]
    form = InvalidForm({"name": twice, "embeds.0.title": [FieldError("C", "third")]})
    assert form.body()["errors"] == {
        "name": {
            "_errors": [{"code": "A", "message": "first"}, {"code": "B", "message": "second"}]
        },
        "embeds": {"0": {"title": {"_errors": [{"code": "C", "message": "third"}]}}},
    }


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("{}", "name", "BASE_TYPE_REQUIRED"),
        ('{"name": null}', "name", "BASE_TYPE_REQUIRED"),
        ('{"name": ""}', "name", "BASE_TYPE_BAD_LENGTH"),
        (json.dumps({"name": "x" * 101}), "name", "BASE_TYPE_MAX_LENGTH"),
        ('{"name": 5}', "name", "STRING_TYPE_CONVERT"),
        ('{"name": "x", "type": 9}', "type", "BASE_TYPE_CHOICES"),
        ('{"name": "x", "type": "q"}', "type", "NUMBER_TYPE_COERCE"),
        ('{"name": "x", "nsfw": 1}', "nsfw", "BOOLEAN_TYPE_CONVERT"),
        ('{"name": "x", "position": -1}', "position", "NUMBER_TYPE_MIN"),
        ('{"name": "x", "rate_limit_per_user": 21601}', "rate_limit_per_user", "NUMBER_TYPE_MAX"),
        ('{"name": "x", "position": 1e400}', "position", "NUMBER_TYPE_MAX"),
        ('{"name": "x", "parent_id": "q"}', "parent_id", "NUMBER_TYPE_COERCE"),
        ('{"name": "x", "parent_id": "q - at `$.z`"}', "parent_id", "NUMBER_TYPE_COERCE"),
        (
            '{"name": "x", "permission_overwrites": {}}',
            "permission_overwrites",
            "LIST_TYPE_CONVERT",
        ),
        (
            '{"name": "x", "permission_overwrites": [1]}',
            "permission_overwrites.0",
            "MODEL_TYPE_CONVERT",
        ),
        (
            '{"name": "x", "permission_overwrites": [{}]}',
            "permission_overwrites.0.id",
            "BASE_TYPE_REQUIRED",
        ),
        ("[]", "", "MODEL_TYPE_CONVERT"),
    ],
)
def test_a_wrong_channel_is_explained(text: str, path: str, code: str) -> None:
    leaf = explained(text, CreateChannel)["errors"]
    for step in filter(None, path.split(".")):
        leaf = leaf[step]
    assert [found["code"] for found in leaf["_errors"]] == [code]


@pytest.mark.parametrize(
    ("text", "form", "path", "code"),
    [
        ('{"embeds": [{"timestamp": "soon"}]}', CreateMessage, "timestamp", "DATE_TIME_TYPE_PARSE"),
        (
            '{"embeds": [{"timestamp": "2020-01-01T00:00:00"}]}',
            CreateMessage,
            "timestamp",
            "DATE_TIME_TYPE_PARSE",
        ),
        ('{"embeds": [{"url": "ftp://x"}]}', CreateMessage, "url", "STRING_TYPE_REGEX"),
        ('{"embeds": [{"fields": [{"name": "a"}]}]}', CreateMessage, "value", "BASE_TYPE_REQUIRED"),
        (
            '{"sticker_ids": ["1","2","3","4"]}',
            CreateMessage,
            "sticker_ids",
            "BASE_TYPE_MAX_LENGTH",
        ),
        ('{"allowed_mentions": {"parse": ["all"]}}', CreateMessage, "parse", "BASE_TYPE_CHOICES"),
        ('{"nonce": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}', CreateMessage, "nonce", "BASE_TYPE_MAX_LENGTH"),
        ('{"color": 16777216}', CreateRole, "color", "NUMBER_TYPE_MAX"),
        ('{"permissions": "-1"}', CreateRole, "permissions", "NUMBER_TYPE_COERCE"),
    ],
)
def test_other_wrong_forms_are_explained(text: str, form: type, path: str, code: str) -> None:
    told = json.dumps(explained(text, form)["errors"])
    assert f'"{path}"' in told
    assert f'"{code}"' in told


@pytest.mark.parametrize("text", ["", "{", "{'name': 1}", '{"name": "\\ud800"}', "\xff"])
def test_what_is_not_json_is_refused_as_such(text: str) -> None:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(text.encode("latin-1"), type=CreateChannel)
    assert errors.from_decoding(caught.value).body()["code"] == 50109

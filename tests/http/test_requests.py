"""What a request is answered with, the same on the fast lane and through ASGI."""

import json
import logging
from urllib.parse import quote

import pytest

from tests.http.serving import SLOW_TOKEN, House, Reply, request, serving

MESSAGES = "/channels/42/messages"


async def test_a_verb_answers_json_without_a_charset(house: House) -> None:
    reply = await house.ask("POST", MESSAGES, {"content": "hi"})
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.json["content"] == "hi"
    assert reply.json["author"] == "1"
    assert house.verbs.units == ["committed"]


async def test_a_verb_that_waits_answers_the_same(house: House) -> None:
    reply = await house.ask("POST", "/channels/42/later", {"content": "hi"})
    assert (reply.status, reply.json["content"]) == (200, "hi")


@pytest.mark.parametrize("version", ["/api/v9", "/api/v10"])
async def test_both_api_versions_are_served(house: House, version: str) -> None:
    reply = await house.ask("POST", version + MESSAGES, {"content": "hi"})
    assert reply.status == 200


async def test_a_token_that_must_be_looked_up_is_accepted(house: House) -> None:
    reply = await house.ask("POST", MESSAGES, {"content": "hi"}, authorization=SLOW_TOKEN)
    assert reply.status == 200


@pytest.mark.parametrize("token", ["", "Bot wrong"])
async def test_a_missing_or_wrong_token_is_401(house: House, token: str) -> None:
    reply = await house.ask("POST", MESSAGES, {"content": "hi"}, authorization=token)
    assert reply.status == 401
    assert reply.json == {"message": "401: Unauthorized", "code": 0}


async def test_a_guest_may_call_where_a_token_is_optional(house: House) -> None:
    reply = await house.ask("GET", "/whoami", authorization="")
    assert reply.json == {"address": "127.0.0.1", "origin": "http://rift.test", "who": "guest"}
    assert (await house.ask("GET", "/whoami")).json["who"] == "1"


async def test_an_unknown_path_is_404_as_discord_says_it(house: House) -> None:
    for path in ("/nothing", "/api/v8/page", "/api/v10", "/channels/1"):
        reply = await house.ask("GET", path)
        assert (reply.status, reply.json) == (404, {"message": "404: Not Found", "code": 0})


async def test_a_wrong_method_is_405_and_names_the_right_ones(house: House) -> None:
    reply = await house.ask("DELETE", "/page")
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_head_is_get_without_a_body(house: House) -> None:
    client = await house.connect()
    head = await client.ask("HEAD", "/page")
    assert int(head.headers["content-length"]) > 0
    assert (await client.ask("GET", "/page")).status == 200
    client.close()


async def test_a_trailing_slash_is_forgiven(house: House) -> None:
    assert (await house.ask("GET", "/page/")).status == 200


async def test_a_whole_url_as_a_proxy_sends_it_is_understood(house: House) -> None:
    reply = await house.ask("GET", "http://rift.test/api/v10/page?limit=4")
    assert (reply.status, reply.json["limit"]) == (200, 4)


async def test_a_path_parameter_is_decoded_after_the_path_is_split(house: House) -> None:
    reply = await house.ask("GET", f"/channels/1/reactions/{quote('a/🔥', safe='')}/%40me")
    assert reply.json == "a/🔥"


async def test_an_id_that_is_none_is_refused_by_name(house: House) -> None:
    for wrong in ("abc", "9" * 19, "-1", "1e3"):
        reply = await house.ask("GET", f"/channels/{wrong}/refuse")
        assert reply.status == 400
        error = reply.json["errors"]["channel_id"]["_errors"][0]
        assert error["message"] == f'Value "{wrong}" is not snowflake.'


async def test_a_refusal_has_its_status_and_code(house: House) -> None:
    reply = await house.ask("GET", "/channels/42/refuse")
    assert (reply.status, reply.json["code"]) == (404, 10003)
    assert "x-ratelimit-remaining" in reply.headers
    assert house.verbs.units == ["rolled back"]


async def test_a_query_is_understood(house: House) -> None:
    reply = await house.ask("GET", "/page?limit=3&with_counts=true&ids=1&ids=2&unknown=x")
    assert reply.json == {"limit": 3, "with_counts": True, "ids": ["1", "2"]}
    assert (await house.ask("GET", "/page")).json["limit"] == 50


async def test_a_wrong_query_is_a_form_error(house: House) -> None:
    reply = await house.ask("GET", "/page?limit=101")
    assert (reply.status, reply.json["code"]) == (400, 50035)
    assert "limit" in reply.json["errors"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", 50109),
        (b'{"content": "\xff\xfe"}', 50109),
        (b'{"content": "x", "deep": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", 50109),
        (b"[]", 50035),
        (b"", 50035),
        (b'{"content": 1}', 50035),
        (b'{"content": "x", "replies": ["x"]}', 50035),
        (json.dumps({"content": "x" * 2001}).encode(), 50035),
    ],
    ids=["syntax", "utf8", "depth", "list", "empty", "type", "id", "length"],
)
async def test_a_wrong_body_is_refused(house: House, body: bytes, code: int) -> None:
    reply = await house.ask("POST", MESSAGES, body)
    assert (reply.status, reply.json["code"]) == (400, code)


async def test_a_missing_field_is_named(house: House) -> None:
    reply = await house.ask("POST", MESSAGES, {})
    assert reply.json["errors"] == {
        "content": {
            "_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]
        }
    }


async def test_another_media_type_is_415(house: House) -> None:
    reply = await house.ask("POST", MESSAGES, b"x", content_type="text/plain")
    assert reply.status == 415


async def test_a_charset_in_the_request_is_forgiven(house: House) -> None:
    reply = await house.ask(
        "POST", MESSAGES, {"content": "hi"}, content_type="Application/JSON; charset=utf-8"
    )
    assert reply.status == 200


def multipart(**parts: str) -> bytes:
    pieces = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ]
    return "".join([*pieces, "--b--\r\n"]).encode()


async def test_a_multipart_message_is_read_from_payload_json(house: House) -> None:
    body = multipart(payload_json=json.dumps({"content": "…hi…"}))
    reply = await house.ask(
        "POST", MESSAGES, body, content_type='multipart/form-data; boundary="b"'
    )
    assert reply.json["content"] == "…hi…"


async def test_a_multipart_message_is_read_from_plain_fields(house: House) -> None:
    body = multipart(content="hi", tts="true")
    reply = await house.ask("POST", MESSAGES, body, content_type="multipart/form-data; boundary=b")
    assert (reply.json["content"], reply.json["tts"]) == ("hi", True)


@pytest.mark.parametrize("cut", [b"", b"--b", b"--b\r\n\r\n", b"garbage"])
async def test_a_broken_multipart_form_is_400(house: House, cut: bytes) -> None:
    reply = await house.ask("POST", MESSAGES, cut, content_type="multipart/form-data; boundary=b")
    assert reply.status == 400


async def test_an_uploaded_file_is_refused_clearly(house: House) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files[0]"; filename="a"\r\n\r\nx\r\n--b--'
    reply = await house.ask("POST", MESSAGES, body, content_type="multipart/form-data; boundary=b")
    assert (reply.status, reply.json["code"]) == (400, 50035)
    assert "no uploaded files" in str(reply.json["errors"])


async def test_a_urlencoded_form_is_read_where_it_is_taken(house: House) -> None:
    form = "application/x-www-form-urlencoded"
    reply = await house.ask("POST", "/channels/1/form", b"content=a%20b&tts=1", content_type=form)
    assert (reply.json["content"], reply.json["tts"]) == ("a b", True)
    assert (await house.ask("POST", MESSAGES, b"content=x", content_type=form)).status == 415


async def test_json_in_a_urlencoded_form_is_the_body(house: House) -> None:
    """As py-cord answers an interaction without files."""
    form = "application/x-www-form-urlencoded"
    body = b"payload_json=" + quote('{"content": "schön", "tts": true}').encode()
    reply = await house.ask("POST", "/channels/1/form", body, content_type=form)
    assert (reply.json["content"], reply.json["tts"]) == ("schön", True)


async def test_a_reason_is_percent_decoded(house: House) -> None:
    reply = await house.ask(
        "POST", MESSAGES, {"content": "x"}, x_audit_log_reason=quote("schön & gut")
    )
    assert reply.json["reason"] == "schön & gut"
    assert (await house.ask("POST", MESSAGES, {"content": "x"})).json["reason"] is None


async def test_a_reason_of_more_than_512_characters_is_refused(house: House) -> None:
    longest = await house.ask("POST", MESSAGES, {"content": "x"}, x_audit_log_reason="a" * 512)
    too_long = await house.ask("POST", MESSAGES, {"content": "x"}, x_audit_log_reason="a" * 513)
    assert (longest.status, too_long.status) == (200, 400)


async def test_an_unforeseen_error_is_logged_but_not_told(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = await house.ask("GET", "/fail?token=hush")
    assert reply.status == 500
    assert reply.json == {"message": "500: Internal Server Error", "code": 0}
    assert b"secret" not in reply.body
    assert reply.headers["x-request-id"] in caplog.text
    assert "the secret inside" in caplog.text
    assert "hush" not in caplog.text
    assert "MQ.x" not in caplog.text


async def test_a_lost_database_is_503_with_a_time_to_return(house: House) -> None:
    reply = await house.ask("GET", "/lose")
    assert reply.status == 503
    assert reply.headers["retry-after"] == "5"
    assert "database" in reply.json["message"]


@pytest.mark.parametrize("hot", [True, False])
async def test_a_verb_past_its_deadline_is_given_up(hot: bool) -> None:
    async with serving(hot=hot, verb_s=0.1) as house:
        reply = await house.ask("GET", "/wait")
        assert (reply.status, reply.json["code"]) == (504, 0)
        assert house.verbs.units == ["rolled back"]


async def test_a_trusted_proxy_tells_the_address_and_scheme(hot: bool) -> None:
    told = {"x_forwarded_for": "6.6.6.6, 9.9.9.9, 127.0.0.1", "x_forwarded_proto": "https"}
    async with serving(hot=hot, trusted_proxies=("127.0.0.0/8",)) as house:
        reply = await house.ask("GET", "/whoami", **told)
        assert (reply.json["address"], reply.json["origin"]) == ("9.9.9.9", "https://rift.test")
    async with serving(hot=hot) as house:
        reply = await house.ask("GET", "/whoami", **told)
        assert (reply.json["address"], reply.json["origin"]) == ("127.0.0.1", "http://rift.test")


async def test_both_lanes_give_identical_answers() -> None:
    asked = [
        request("POST", MESSAGES, {"content": "hi"}),
        request("POST", MESSAGES, {"content": 1}),
        request("POST", "/channels/42/later", {"content": "hi"}),
        request("GET", "/channels/x/refuse"),
        request("GET", "/channels/1/refuse"),
        request("GET", "/page?limit=7"),
        request("GET", "/page?limit=x"),
        request("GET", "/page", authorization="Bot wrong"),
        request("GET", "/lose"),
    ]
    answers = []
    for hot in (True, False):
        async with serving(hot=hot, rate_limits=False, cors_allowed_origins=("*",)) as house:
            client = await house.connect()
            replies = []
            for data in asked:
                client.send(data)
                replies.append(await client.reply())
            answers.append([_without_times(reply) for reply in replies])
            client.close()
    assert answers[0] == answers[1]


def _without_times(reply: Reply) -> Reply:
    """The reply, but for the moments at which buckets fill up again."""
    times = ("x-ratelimit-reset", "x-ratelimit-reset-after")
    headers = {name: it for name, it in reply.headers.items() if name not in times}
    return Reply(reply.status, headers, reply.body)

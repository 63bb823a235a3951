"""Rate limits as clients see them."""

import asyncio

import pytest

from rift.doors.http.limits import Limits
from rift.errors import RateLimited
from tests.http.serving import House, serving

RARE = "/channels/42/rare"


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_an_answer_tells_what_is_left(house: House) -> None:
    reply = await house.ask("POST", RARE, {"content": "x"})
    assert reply.headers["x-ratelimit-limit"] == "2"
    assert reply.headers["x-ratelimit-remaining"] == "1"
    assert 0 < float(reply.headers["x-ratelimit-reset-after"]) <= 0.4
    assert float(reply.headers["x-ratelimit-reset"]) > 1_700_000_000
    assert len(reply.headers["x-ratelimit-bucket"]) == 32


async def test_an_empty_bucket_is_429_with_everything_libraries_read(house: House) -> None:
    for _ in range(2):
        assert (await house.ask("POST", RARE, {"content": "x"})).status == 200
    reply = await house.ask("POST", RARE, {"content": "x"})
    assert reply.status == 429
    assert reply.headers["via"] == "1.1 rift"
    assert reply.headers["retry-after"] == "1"
    assert reply.headers["x-ratelimit-scope"] == "user"
    assert reply.headers["x-ratelimit-remaining"] == "0"
    assert "x-ratelimit-global" not in reply.headers
    assert isinstance(reply.json["retry_after"], float)
    assert reply.json["global"] is False
    await asyncio.sleep(reply.json["retry_after"] + 0.05)
    assert (await house.ask("POST", RARE, {"content": "x"})).status == 200


async def test_channels_count_apart_but_share_the_bucket_id(house: House) -> None:
    replies = [
        await house.ask("POST", f"/channels/{channel}/rare", {"content": "x"})
        for channel in (1, 2, 3)
    ]
    assert {reply.headers["x-ratelimit-remaining"] for reply in replies} == {"1"}
    assert len({reply.headers["x-ratelimit-bucket"] for reply in replies}) == 1


async def test_fifty_requests_a_second_are_the_global_limit(house: House) -> None:
    client = await house.connect()
    replies = [await client.ask("GET", "/page") for _ in range(60)]
    refused = [reply for reply in replies if reply.status == 429]
    assert len(refused) == 10
    assert refused[0].headers["x-ratelimit-global"] == "true"
    assert refused[0].headers["x-ratelimit-scope"] == "global"
    assert refused[0].headers["via"] == "1.1 rift"
    assert refused[0].json["global"] is True
    client.close()


async def test_limits_that_are_off_tell_of_buckets_nobody_empties() -> None:
    async with serving(rate_limits=False) as house:
        for _ in range(5):
            reply = await house.ask("POST", RARE, {"content": "x"})
            assert reply.status == 200
            assert int(reply.headers["x-ratelimit-remaining"]) > 900_000


def test_an_address_with_too_many_invalid_requests_is_turned_away() -> None:
    clock = Clock()
    limits = Limits(clock)
    for _ in range(10_000):
        limits.admit("6.6.6.6")
        limits.note("6.6.6.6", 401)
    with pytest.raises(RateLimited) as refusal:
        limits.admit("6.6.6.6")
    assert refusal.value.scope == "global"
    limits.admit("7.7.7.7")
    clock.now += 600
    limits.admit("6.6.6.6")

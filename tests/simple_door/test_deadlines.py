"""What ends at the simple door by itself: tokens, and connections that nobody is heard on."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import jwt
import msgspec
import pytest

from rift.core.accounts import sessions
from rift.core.accounts.jwts import Jwts
from rift.core.accounts.keys import Keyring
from rift.core.unit import Unit
from rift.doors.discord.gateway.door import GatewayDoor
from rift.doors.simple.live import LiveDoor
from rift.snowflake import Snowflake
from tests.core.houses import furnish, living
from tests.http.serving import serving
from tests.patience import until
from tests.server import Server
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

_SHORT_S = 2
_SOON_S = 5.0


def _short_lived(caller: Caller, lifetime_s: int, age_s: int = 0) -> Caller:
    """The same session with a token made by the instance's own key, as old as one likes."""
    keyring = msgspec.json.decode((caller.server.data / "keys.json").read_bytes(), type=Keyring)
    claims = jwt.decode(str(caller.token), options={"verify_signature": False})
    signer = Jwts(keyring.signing, claims["iss"])
    issued_at = time.time() - age_s
    token = signer.sign("access", claims["sub"], claims["sid"], issued_at, lifetime_s)
    return Caller(caller.server, {**caller.tokens, "access_token": token}, caller.name)


async def test_an_expired_token_is_no_token(server: Server) -> None:
    caller = await Caller.new(server)
    assert await _short_lived(caller, 900, age_s=890).get("/users/me")
    old = _short_lived(caller, 900, age_s=901)
    for method, path in (("GET", "/users/me"), ("POST", "/servers"), ("POST", "/auth/logout")):
        reply = await old.refused(401, method, path, {"name": "too late"})
        assert set(reply.body) == {"error"}
    assert await caller.get("/servers") == []
    async with Wire.connected(server.url) as wire:
        await wire.say("Identify", token=old.token)
        assert await wire.closing() == 4004


async def test_a_token_that_was_good_a_moment_ago_expires_too(server: Server) -> None:
    """Also for who remembers it as good, and for an open socket; not for who brought another."""
    caller = await Caller.new(server)
    first = _short_lived(caller, _SHORT_S)
    assert await first.get("/users/me")
    async with Wire.of(first) as left, Wire.of(first) as renewed:
        await renewed.identify(caller)
        assert await left.closing() == 4004
        await first.refused(401, "GET", "/users/me")
        await renewed.identify(caller)
        await renewed.quiet("Error")
    assert (await caller.get("/users/me"))["id"] == caller.id


class Quarters:
    """A simple door in this process, on a clock that the test moves."""

    url = ""
    token = ""
    now = 1000.0
    door: LiveDoor

    def pass_(self, seconds: float) -> None:
        self.now += seconds
        self.door.sweep()


@pytest.fixture
async def quarters(database: str) -> AsyncIterator[Quarters]:
    made = Quarters()
    async with living(database) as house:
        await furnish(house.pool)
        async with Unit(house) as unit:
            pair = await sessions.begin_pair(unit, Snowflake("11"), "")
        made.token = pair.access_token
        gateway = GatewayDoor(house)
        made.door = LiveDoor(house, gateway, clock=lambda: made.now)
        running = [asyncio.create_task(it.run()) for it in (gateway, made.door)]
        async with serving(sockets={"/ws": made.door.accept}) as served:
            made.url = f"http://127.0.0.1:{served.port}"
            yield made
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def test_who_says_nothing_is_pinged_and_then_closed(quarters: Quarters) -> None:
    async with (
        aiohttp.ClientSession(quarters.url) as http,
        http.ws_connect("/ws", autoping=False, autoclose=False) as socket,
    ):
        await socket.send_json({"type": "Identify", "token": quarters.token})
        assert (await socket.receive_json(timeout=_SOON_S))["type"] == "Ready"
        quarters.pass_(29)
        quarters.pass_(2)
        quarters.pass_(2)
        quarters.pass_(55)
        for _ in range(2):
            assert (await socket.receive(_SOON_S)).type == aiohttp.WSMsgType.PING
        quarters.pass_(3)
        last = await socket.receive(_SOON_S)
        assert (last.type, last.data) == (aiohttp.WSMsgType.CLOSE, 4009)
    assert not quarters.door.sockets


async def test_a_pong_is_a_sign_of_life(quarters: Quarters) -> None:
    async with Wire.connected(quarters.url, ping_interval=None) as wire:
        await wire.say("Identify", token=quarters.token)
        await wire.expect("Ready")
        [socket] = quarters.door.sockets
        for _ in range(10):
            quarters.pass_(31)
            await until(lambda: socket._heard_at == quarters.now)
        await wire.say("UpdatePresence", status="elsewhere")
        assert await wire.expect("Error")


async def test_who_does_not_identify_is_closed(quarters: Quarters) -> None:
    async with Wire.connected(quarters.url) as wire:
        await until(lambda: len(quarters.door.sockets) == 1)
        quarters.pass_(19)
        await asyncio.wait_for(await wire.socket.ping(), _SOON_S)
        quarters.pass_(2)
        assert await wire.closing() == 4003

"""What nobody may find: tokens and passwords in logs, in the database, in what is printed."""

from pathlib import Path

import aiohttp
import pytest

from tests.api import Person
from tests.hostile.scene import Scene
from tests.server import LIFTED, Server, running_server

pytestmark = pytest.mark.slow

_PASSWORD = "tell-nobody-of-this-password"


async def test_tokens_and_passwords_are_never_written_down(home: Path, database: str) -> None:
    environment = {**LIFTED, "DATABASE_URL": database, "RIFT_LOG_LEVEL": "debug"}
    async with running_server(home, environment) as server:
        secrets = await _busy_day(server)
        kept = await Scene(server, database, None).contents()
    log = "\n".join(line for line in server.log if "owns this instance" not in line)
    rows = "\n".join(row for rows in kept.values() for row in rows)
    assert len(server.log) > 3
    for name, secret in secrets.items():
        assert secret not in log, f"{name} is in the log"
        assert secret not in rows, f"{name} is in the database"


async def _busy_day(server: Server) -> dict[str, str]:
    """Do all that has to do with secrets, rightly and wrongly; what must stay secret."""
    setup = {"setup_token": server.setup_token} if server.setup_token else {}
    person = await server.person("somebody", password=_PASSWORD, **setup)
    guild = await person.guild()
    body = {"login": "somebody", "password": _PASSWORD}
    again = await server.guest.post("/auth/login", body)
    bot = await server.bot(person, guild["id"])
    async with server.gateway(person), server.gateway(bot, intents=1):
        pass
    mistyped = _PASSWORD + "x"
    await server.guest.refused("POST", "/auth/login", {**body, "password": mistyped})
    await server.guest.refused("POST", "/auth/login", {"login": mistyped, "password": "x" * 8})
    broken = person.api.bare_token[:-4] + "AAAA"
    await server.guest.with_token(broken).refused("GET", "/users/@me")
    await _misplace(server, person)
    changed = "an entirely different password"
    await person.patch("/users/@me", {"password": _PASSWORD, "new_password": changed})
    return {
        "the password": _PASSWORD,
        "the new password": changed,
        "the session token": person.api.bare_token.rpartition(".")[2],
        "the second session token": again["token"].rpartition(".")[2],
        "the refresh token": again["refresh_token"],
        "the bot's token": bot.api.bare_token.rpartition(".")[2],
        "the setup token": server.setup_token or "no token",
        "the broken token": broken,
    }


async def _misplace(server: Server, person: Person) -> None:
    """Put a token where it does not belong, as people do."""
    token = person.api.bare_token
    await server.guest.refused("GET", f"/users/@me?token={token}")
    await server.guest.refused("GET", f"/invites/{token}")
    for path in (f"/channels/{token}", f"/{token}", f"/gateway?token={token}"):
        async with server.http.get(f"{server.url}/api/v10{path}") as response:
            assert response.status < 500
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await server.http.ws_connect(f"{server.url}/nowhere?token={token}")

"""What the administrator does from the shell, as the running server carries it out."""

from rift.core.administration.commands import (
    AnyCommand,
    CreateBot,
    CreateUser,
    ListUsers,
    MakeOwner,
    ResetPassword,
)
from rift.doors.console import Done, Refused, ask
from rift.snowflake import Snowflake
from tests.server import Server

PASSWORD = "correct horse battery"


async def told(server: Server, command: AnyCommand) -> str:
    answer = await ask(server.data / "console", command)
    assert isinstance(answer, Done), answer
    return answer.text


async def refused(server: Server, command: AnyCommand) -> str:
    answer = await ask(server.data / "console", command)
    assert isinstance(answer, Refused), answer
    return answer.reason


async def test_an_account_made_in_the_shell_logs_in(server: Server) -> None:
    made = await told(server, CreateUser(username="Shelly", password=PASSWORD))
    body = {"login": "shelly", "password": PASSWORD}
    assert (await server.guest.post("/auth/login", body))["user_id"] == made
    assert "taken" in await refused(server, CreateUser(username="shelly", password=PASSWORD))
    assert "length" in await refused(server, CreateUser(username="short", password="x"))
    assert "username" in await refused(server, CreateUser(username="a b", password=PASSWORD))


async def test_a_bot_made_in_the_shell_runs_its_guild(server: Server) -> None:
    owner = await server.person("landlord")
    guild = await owner.guild()
    command = CreateBot(name="Janitor", owner="landlord", guild_id=Snowflake(guild["id"]))
    async with server.gateway(owner) as gateway:
        token = await told(server, command)
        joined = (await gateway.expect("GUILD_MEMBER_ADD")).data
    bot = server.guest.with_token(f"Bot {token}")
    assert joined["user"]["id"] == (await bot.get("/users/@me"))["id"]
    await bot.post(f"/guilds/{guild['id']}/roles", {"name": "made by the bot"})
    assert (await bot.get("/oauth2/applications/@me"))["owner"]["id"] == owner.id


async def test_a_bot_needs_an_owner_and_a_guild_that_exist(server: Server) -> None:
    await server.person("tenant")
    assert await refused(server, CreateBot(name="Lost", owner="nobody.here")) == "Unknown User"
    command = CreateBot(name="Lost", owner="tenant", guild_id=Snowflake("1"))
    assert await refused(server, command) == "Unknown Guild"


async def test_a_reset_password_ends_every_session(server: Server) -> None:
    person = await server.person("forgetful")
    await told(server, ResetPassword(username="Forgetful", password="something quite new"))
    assert (await person.refused("GET", "/users/@me")).status == 401
    body = {"login": "forgetful", "password": "something quite new"}
    assert await server.guest.post("/auth/login", body)


async def test_an_owner_made_in_the_shell_ends_the_owner_link(own_server: Server) -> None:
    await own_server.person("chosen")
    await told(own_server, MakeOwner(username="chosen"))
    assert (await own_server.guest.get("/instance"))["setup_required"] is False
    body = {"username": "late", "password": PASSWORD, "setup_token": own_server.setup_token}
    reply = await own_server.guest.refused("POST", "/auth/register", body)
    assert "setup_token" in reply.body["errors"]
    assert "chosen  instance_owner" in await told(own_server, ListUsers())

"""Welcome screens: what is shown to those who come, and to whom it is not shown."""

from tests.api import Person
from tests.nouns.artwork import Json, emoji
from tests.server import Server

VIEW = str(1 << 10)


async def porch(server: Server) -> tuple[Person, Person, Json, Json]:
    """An owner, a member, their guild and a channel that everybody sees."""
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild("Porch")
    channel = await ann.channel(guild["id"], "door")
    await ann.bring(bob, channel["id"])
    return ann, bob, guild, channel


def path(guild: Json) -> str:
    return f"/guilds/{guild['id']}/welcome-screen"


async def test_there_is_none_until_somebody_makes_it(server: Server) -> None:
    ann, bob, guild, _ = await porch(server)
    assert (await ann.refused("GET", path(guild))).code == 10069
    assert (await bob.refused("GET", path(guild))).code == 50013


async def test_it_is_made_and_shown_with_the_invite(server: Server) -> None:
    ann, bob, guild, channel = await porch(server)
    wave = await emoji(ann, guild)
    wanted = [
        {"channel_id": channel["id"], "description": "Come in", "emoji_name": "👋"},
        {"channel_id": channel["id"], "description": "Again", "emoji_id": wave["id"]},
    ]
    body = {"description": "Mind the step", "welcome_channels": wanted}
    made = await ann.patch(path(guild), body)
    assert [one["emoji_name"] for one in made["welcome_channels"]] == ["👋", wave["name"]]
    assert (await bob.refused("GET", path(guild))).code == 50013
    async with server.gateway(bob) as gateway:
        await ann.patch(path(guild), {"enabled": True})
        told = await gateway.expect("GUILD_UPDATE")
    assert "WELCOME_SCREEN_ENABLED" in told.data["features"]
    assert await bob.get(path(guild)) == made
    invite = await ann.post(f"/channels/{channel['id']}/invites", {})
    seen = await server.guest.get(f"/invites/{invite['code']}")
    assert seen["guild"]["welcome_screen"] == made
    await ann.patch(path(guild), {"enabled": False})
    seen = await server.guest.get(f"/invites/{invite['code']}")
    assert "welcome_screen" not in seen["guild"]


async def test_what_is_not_named_stays(server: Server) -> None:
    ann, _, guild, channel = await porch(server)
    first = [{"channel_id": channel["id"], "description": "Come in"}]
    await ann.patch(path(guild), {"description": "Hello", "welcome_channels": first})
    made = await ann.patch(path(guild), {"description": None})
    assert made["description"] is None
    assert [one["description"] for one in made["welcome_channels"]] == ["Come in"]
    assert (await ann.patch(path(guild), {"welcome_channels": None}))["welcome_channels"] == []


async def test_it_leads_only_where_everybody_may_go(server: Server) -> None:
    ann, bob, guild, channel = await porch(server)
    first = [{"channel_id": channel["id"], "description": "Come in"}]
    await ann.patch(path(guild), {"enabled": True, "welcome_channels": first})
    invite = await ann.post(f"/channels/{channel['id']}/invites", {})
    deny = {"type": 0, "deny": VIEW, "allow": "0"}
    await ann.put(f"/channels/{channel['id']}/permissions/{guild['id']}", deny)
    assert (await bob.get(path(guild)))["welcome_channels"] == []
    seen = await server.guest.get(f"/invites/{invite['code']}")
    assert seen["guild"]["welcome_screen"]["welcome_channels"] == []
    refused = await ann.refused("PATCH", path(guild), {"welcome_channels": first})
    assert refused.code == 50035


async def test_what_is_wrong_changes_nothing(server: Server) -> None:
    ann, bob, guild, channel = await porch(server)
    one = {"channel_id": channel["id"], "description": "x"}
    for body, code in (
        ({"welcome_channels": [{**one, "channel_id": "1"}]}, 10003),
        ({"welcome_channels": [{**one, "emoji_id": "1"}]}, 10014),
        ({"welcome_channels": [one] * 6}, 50035),
        ({"description": "x" * 141}, 50035),
    ):
        assert (await ann.refused("PATCH", path(guild), body)).code == code
    assert (await bob.refused("PATCH", path(guild), {"enabled": True})).code == 50013
    assert (await ann.refused("GET", path(guild))).code == 10069

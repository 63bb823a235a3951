"""Guilds: founding, reading, changing, handing over, dissolving."""

from tests.server import Server

ANY = "1"


async def test_a_new_guild_has_an_owner_a_role_for_everyone_and_the_usual_channels(
    server: Server,
) -> None:
    ann = await server.person()
    guild = await ann.guild("Gardeners")
    assert guild["name"] == "Gardeners"
    assert guild["owner_id"] == ann.id
    assert [role["id"] for role in guild["roles"]] == [guild["id"]]
    channels = await ann.get(f"/guilds/{guild['id']}/channels")
    by_name = {channel["name"]: channel for channel in channels}
    assert by_name.keys() == {"Text Channels", "general", "Voice Channels", "General"}
    assert by_name["general"]["parent_id"] == by_name["Text Channels"]["id"]
    assert by_name["General"]["parent_id"] == by_name["Voice Channels"]["id"]
    assert guild["system_channel_id"] == by_name["general"]["id"]


async def test_a_channel_is_made_in_a_guild(server: Server) -> None:
    ann = await server.person()
    guild = await ann.guild()
    channel = await ann.channel(guild["id"], "Big Talk")
    assert channel["name"] == "big-talk"
    assert await ann.get(f"/channels/{channel['id']}") == channel

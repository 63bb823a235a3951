"""What bots see of how people come in: unmodified client libraries on a real server."""

import pytest

from tests.clients.conftest import Stage
from tests.nouns.entrance import ask, community, option, prompt

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_it_reads_what_those_who_come_are_asked(stage: Stage) -> None:
    guild, channel = {"id": stage.guild_id}, {"id": stage.channel_id}
    await community(stage.owner, guild, channel)
    question = prompt("Which?", option("one", emoji_name="🦊"), option("two"))
    await ask(stage.owner, guild, channel, question)
    seen = await stage.do("onboarding", guild_id=stage.guild_id)
    assert seen == {"enabled": True, "prompts": {"Which?": ["one", "two"]}}


async def test_it_shows_the_guild_on_other_pages(stage: Stage) -> None:
    # hikari names the channel by another word than Discord does.
    widget = f"/guilds/{stage.guild_id}/widget"
    await stage.owner.patch(widget, {"channel_id": stage.channel_id})
    place = {"guild_id": stage.guild_id, "channel_id": stage.channel_id}
    assert await stage.do("show_widget", **place) is True
    seen = await stage.server.guest.get(f"/guilds/{stage.guild_id}/widget.json")
    assert seen["instant_invite"]
    assert stage.bot.user["username"] in {one["username"] for one in seen["members"]}


async def test_it_sees_other_applications_come(stage: Stage) -> None:
    other = await stage.server.bot(stage.owner, stage.guild_id)
    await stage.client.expect("integrations", guild_id=stage.guild_id)
    seen = await stage.do("integrations", guild_id=stage.guild_id)
    assert seen == sorted([stage.bot.id, other.id])

"""Emojis, stickers and sounds, made and used by unmodified client libraries on a real server."""

import pytest

from tests.clients.conftest import Stage
from tests.media.pictures import encoded, picture
from tests.nouns import artwork
from tests.nouns.artwork import base64_of, emoji, tone
from tests.patience import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_it_makes_emojis_and_reacts_with_them(stage: Stage) -> None:
    image = base64_of(encoded(picture(32, 32), "PNG"))
    made = await stage.do("create_emoji", guild_id=stage.guild_id, name="wave", image=image)
    await stage.client.expect("emojis", names=["wave"])
    assert await stage.do("emojis", guild_id=stage.guild_id) == {made["id"]: "wave"}
    path = f"/guilds/{stage.guild_id}/emojis/{made['id']}"
    assert (await stage.owner.get(path))["user"]["id"] == stage.bot.id
    message_id = await stage.say(f"<:wave:{made['id']}>")
    await stage.client.expect("message", id=message_id, content=f"<:wave:{made['id']}>")
    place = {"channel_id": stage.channel_id, "message_id": message_id}
    await stage.do("react", **place, emoji=f"wave:{made['id']}")
    await stage.client.expect("reaction_add", message_id=message_id, user_id=stage.bot.id)
    held = await stage.owner.get(f"/channels/{stage.channel_id}/messages/{message_id}")
    assert held["reactions"][0]["emoji"] == {"id": made["id"], "name": "wave"}
    emoji_id = made["id"]
    await stage.do("rename_emoji", guild_id=stage.guild_id, emoji_id=emoji_id, name="hello")
    await stage.client.expect("emojis", names=["hello"])
    other = await emoji(stage.owner, {"id": stage.guild_id}, "owners")
    await stage.client.expect("emojis", names=["hello", "owners"])
    await stage.do("delete_emoji", guild_id=stage.guild_id, emoji_id=emoji_id)
    await stage.client.expect("emojis", names=["owners"])
    await stage.owner.delete(f"/guilds/{stage.guild_id}/emojis/{other['id']}")
    await stage.client.expect("emojis", names=[])
    assert await stage.do("emojis", guild_id=stage.guild_id) == {}


async def test_it_makes_stickers_and_sends_them(stage: Stage) -> None:
    image = base64_of(encoded(picture(320, 320), "PNG"))
    made = await stage.do("create_sticker", guild_id=stage.guild_id, name="greeting", image=image)
    await stage.client.expect("stickers", names=["greeting"])
    assert await stage.do("stickers", guild_id=stage.guild_id) == {made["id"]: "greeting"}
    place = {"channel_id": stage.channel_id, "sticker_id": made["id"]}
    assert await stage.do("send_sticker", **place) == ["greeting"]
    [held, *_] = await stage.messages()
    assert [item["id"] for item in held["sticker_items"]] == [made["id"]]
    await stage.do("delete_sticker", guild_id=stage.guild_id, sticker_id=made["id"])
    await stage.client.expect("stickers", names=[])


async def test_it_makes_sounds(stage: Stage) -> None:
    hum = base64_of(tone("mp3", "libmp3lame", 0.3, title="Hum"))
    made = await stage.do("create_sound", guild_id=stage.guild_id, name="hum", sound=hum)
    other = await artwork.sound(stage.owner, {"id": stage.guild_id}, "owners")

    async def held() -> dict[str, str]:
        sounds: dict[str, str] = await stage.do("sounds", guild_id=stage.guild_id)
        return sounds

    async def knows_both() -> bool:
        return await held() == {made["id"]: "hum", other["sound_id"]: "owners"}

    async def knows_none() -> bool:
        return await held() == {}

    await until(knows_both)
    await stage.do("delete_sound", guild_id=stage.guild_id, sound_id=made["id"])
    path = f"/guilds/{stage.guild_id}/soundboard-sounds"
    assert [one["name"] for one in (await stage.owner.get(path))["items"]] == ["owners"]
    await stage.owner.delete(f"{path}/{other['sound_id']}")
    await until(knows_none)

"""What happens to emojis, stickers and sounds: a scene for each verb, a secret for each event."""

from typing import Final

from tests.guard.plays import Plays
from tests.guard.stage import Stage
from tests.nouns.artwork import emoji, sound, sticker, still

plays: Final = Plays()
scene, secret = plays.scene, plays.secret
ALONE: Final = {
    ("POST", "/applications/{application_id}/emojis"): "an application is its owner's affair",
    (
        "PATCH",
        "/applications/{application_id}/emojis/{emoji_id}",
    ): "an application is its owner's affair",
    (
        "DELETE",
        "/applications/{application_id}/emojis/{emoji_id}",
    ): "an application is its owner's affair",
}
MARK: Final = "xyzzy"

_EMOJIS: Final = "/guilds/{guild_id}/emojis"
_STICKERS: Final = "/guilds/{guild_id}/stickers"
_SOUNDS: Final = "/guilds/{guild_id}/soundboard-sounds"


@scene("POST", _EMOJIS)
async def _(stage: Stage) -> None:
    wave = await emoji(stage.owner, stage.guild)
    await emoji(stage.owner, stage.guild, "kept", roles=[stage.role["id"]])
    path = f"/channels/{stage.open['id']}/messages/{stage.message['id']}/reactions"
    await stage.owner.put(f"{path}/wave:{wave['id']}/@me")
    await stage.owner.say(stage.open["id"], f"<:wave:{wave['id']}>")
    await stage.owner.patch(f"/guilds/{stage.id}", {"name": "With emojis"})


@scene("PATCH", f"{_EMOJIS}/{{emoji_id}}")
async def _(stage: Stage) -> None:
    made = await emoji(stage.owner, stage.guild)
    path = f"/guilds/{stage.id}/emojis/{made['id']}"
    await stage.owner.patch(path, {"name": "hello", "roles": [stage.role["id"]]})


@scene("DELETE", f"{_EMOJIS}/{{emoji_id}}")
async def _(stage: Stage) -> None:
    made = await emoji(stage.owner, stage.guild)
    await sound(stage.owner, stage.guild, emoji_id=made["id"])
    await stage.owner.delete(f"/guilds/{stage.id}/emojis/{made['id']}")


@scene("POST", _STICKERS)
async def _(stage: Stage) -> None:
    made = await sticker(stage.owner, stage.guild)
    await stage.owner.say(stage.open["id"], "", sticker_ids=[made["id"]])


@scene("PATCH", f"{_STICKERS}/{{sticker_id}}")
async def _(stage: Stage) -> None:
    made = await sticker(stage.owner, stage.guild)
    path = f"/guilds/{stage.id}/stickers/{made['id']}"
    await stage.owner.patch(path, {"name": "greeting", "description": None})


@scene("DELETE", f"{_STICKERS}/{{sticker_id}}")
async def _(stage: Stage) -> None:
    made = await sticker(stage.owner, stage.guild)
    await stage.owner.delete(f"/guilds/{stage.id}/stickers/{made['id']}")


@scene("POST", _SOUNDS)
async def _(stage: Stage) -> None:
    await sound(stage.owner, stage.guild, emoji_name="🦊")


@scene("PATCH", f"{_SOUNDS}/{{sound_id}}")
async def _(stage: Stage) -> None:
    made = await sound(stage.owner, stage.guild)
    path = f"/guilds/{stage.id}/soundboard-sounds/{made['sound_id']}"
    await stage.owner.patch(path, {"name": "louder", "volume": 0.5})


@scene("DELETE", f"{_SOUNDS}/{{sound_id}}")
async def _(stage: Stage) -> None:
    made = await sound(stage.owner, stage.guild)
    await stage.owner.delete(f"/guilds/{stage.id}/soundboard-sounds/{made['sound_id']}")


@secret("EmojisUpdate")
async def _(stage: Stage) -> list[str]:
    made = await stage.owner.post(f"/guilds/{stage.id}/emojis", {"name": MARK, "image": still()})
    return [MARK, made["id"]]


@secret("StickersUpdate")
async def _(stage: Stage) -> list[str]:
    made = await sticker(stage.owner, stage.guild, name=MARK)
    return [MARK, made["id"]]


@secret("SoundCreate")
async def _(stage: Stage) -> list[str]:
    return [MARK, (await sound(stage.owner, stage.guild, MARK))["sound_id"]]


@secret("SoundUpdate")
async def _(stage: Stage) -> list[str]:
    made = await sound(stage.owner, stage.guild)
    path = f"/guilds/{stage.id}/soundboard-sounds/{made['sound_id']}"
    await stage.owner.patch(path, {"name": MARK})
    return [MARK, made["sound_id"]]


@secret("SoundDelete")
async def _(stage: Stage) -> list[str]:
    made = await sound(stage.owner, stage.guild)
    await stage.owner.delete(f"/guilds/{stage.id}/soundboard-sounds/{made['sound_id']}")
    return [made["sound_id"]]


@secret("SoundsUpdate")
async def _(stage: Stage) -> list[str]:
    wave = await emoji(stage.owner, stage.guild)
    made = await sound(stage.owner, stage.guild, MARK, emoji_id=wave["id"])
    await stage.owner.delete(f"/guilds/{stage.id}/emojis/{wave['id']}")
    return [MARK, made["sound_id"], wave["id"]]

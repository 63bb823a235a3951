"""What happens to threads: a scene for each verb, a secret for each event."""

from typing import Any, Final

from tests.guard.plays import Plays
from tests.guard.stage import EMOJI, Stage

plays: Final = Plays()
scene, secret = plays.scene, plays.secret
ALONE: Final = {
    (
        "PATCH",
        "/channels/{channel_id}/thread-members/@me/settings",
    ): "how one hears of a thread is one's own affair",
}
MARK: Final = "xyzzy"

_MEMBER: Final = "/channels/{channel_id}/thread-members/{user_id}"
_OWN: Final = "/channels/{channel_id}/thread-members/@me"


async def _thread(stage: Stage, type_: int = 11, where: str = "") -> dict[str, Any]:
    path = f"/channels/{where or stage.open['id']}/threads"
    made: dict[str, Any] = await stage.owner.post(path, {"name": MARK, "type": type_})
    return made


async def whispered(stage: Stage) -> str:
    """A private thread in a channel everybody sees, with all that happens in threads; its path."""
    path = f"/channels/{(await _thread(stage, 12))['id']}"
    message = await stage.owner.post(f"{path}/messages", {"content": "a secret"})
    said = f"{path}/messages/{message['id']}"
    await stage.owner.patch(said, {"content": "a better secret"})
    await stage.owner.put(f"{said}/reactions/{EMOJI}/@me")
    await stage.owner.put(f"{path}/messages/pins/{message['id']}")
    await stage.owner.post(f"{path}/typing")
    await stage.owner.delete(f"{said}/reactions/{EMOJI}/@me")
    await stage.owner.delete(said)
    await stage.owner.patch(path, {"archived": True})
    await stage.owner.patch(path, {"archived": False, "name": "whispers"})
    return path


@scene("POST", "/channels/{channel_id}/threads")
async def _(stage: Stage) -> None:
    thread = await _thread(stage)
    await stage.member.say(thread["id"], f"hello <@{stage.bot.id}>")
    kept = await _thread(stage, 12)
    await stage.owner.say(kept["id"], f"come in, <@{stage.member.id}>")
    await _thread(stage, 11, stage.hidden["id"])
    asleep = await _thread(stage)
    await stage.owner.patch(f"/channels/{asleep['id']}", {"archived": True})
    woken = await _thread(stage)
    await stage.owner.patch(f"/channels/{woken['id']}", {"name": "later", "archived": True})
    await stage.member.say(woken["id"], "wake up")
    gone = await _thread(stage)
    await stage.owner.delete(f"/channels/{gone['id']}")
    forum = await stage.owner.channel(stage.id, "questions", type=15)
    tags = {"available_tags": [{"name": "solved"}]}
    forum = await stage.owner.patch(f"/channels/{forum['id']}", tags)
    tag = forum["available_tags"][0]["id"]
    post = {"name": "why", "message": {"content": "tell me"}, "applied_tags": [tag]}
    made = await stage.member.post(f"/channels/{forum['id']}/threads", post)
    await stage.owner.patch(f"/channels/{made['id']}", {"flags": 2})
    await stage.owner.delete(f"/channels/{stage.hidden['id']}")


@scene("POST", "/channels/{channel_id}/messages/{message_id}/threads")
async def _(stage: Stage) -> None:
    path = f"/channels/{stage.open['id']}/messages/{stage.message['id']}/threads"
    await stage.owner.post(path, {"name": "on this"})
    await stage.member.say(stage.message["id"], "indeed")


@scene("PUT", _OWN)
async def _(stage: Stage) -> None:
    thread = await _thread(stage)
    await stage.member.put(f"/channels/{thread['id']}/thread-members/@me")


@scene("DELETE", _OWN)
async def _(stage: Stage) -> None:
    for type_ in (11, 12):
        path = f"/channels/{(await _thread(stage, type_))['id']}/thread-members"
        await stage.owner.put(f"{path}/{stage.member.id}")
        await stage.member.delete(f"{path}/@me")


@scene("PUT", _MEMBER)
async def _(stage: Stage) -> None:
    for type_ in (11, 12):
        path = f"/channels/{(await _thread(stage, type_))['id']}/thread-members"
        await stage.owner.put(f"{path}/{stage.member.id}")


@scene("DELETE", _MEMBER)
async def _(stage: Stage) -> None:
    for type_ in (11, 12):
        path = f"/channels/{(await _thread(stage, type_))['id']}/thread-members"
        await stage.owner.put(f"{path}/{stage.member.id}")
        await stage.owner.delete(f"{path}/{stage.member.id}")
    overwrite = f"/channels/{stage.open['id']}/permissions/{stage.member.id}"
    await stage.owner.put(overwrite, {"type": 1, "allow": str(1 << 34), "deny": "0"})
    await stage.owner.delete(overwrite)
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    thread = await _thread(stage)
    await newcomer.say(thread["id"], "I do not stay")
    await stage.owner.delete(stage.members_path(newcomer))


@secret("ThreadCreate")
async def _(stage: Stage) -> list[str]:
    thread = await _thread(stage, 12, stage.hidden["id"])
    return [MARK, thread["id"]]


@secret("ThreadUpdate")
async def _(stage: Stage) -> list[str]:
    thread = await _thread(stage, 12, stage.hidden["id"])
    await stage.owner.patch(f"/channels/{thread['id']}", {"name": f"{MARK} again"})
    return [MARK, thread["id"]]


@secret("ThreadDelete")
async def _(stage: Stage) -> list[str]:
    thread = await _thread(stage, 12, stage.hidden["id"])
    await stage.owner.delete(f"/channels/{thread['id']}")
    return [thread["id"]]


@secret("ThreadMembersUpdate")
async def _(stage: Stage) -> list[str]:
    thread = await _thread(stage, 12, stage.hidden["id"])
    return ["THREAD_MEMBERS_UPDATE", thread["id"]]


@secret("ThreadMemberUpdate")
async def _(stage: Stage) -> list[str]:
    thread = await _thread(stage, 11, stage.hidden["id"])
    path = f"/channels/{thread['id']}/thread-members/@me/settings"
    await stage.owner.patch(path, {"muted": True})
    return ["THREAD_MEMBER_UPDATE"]

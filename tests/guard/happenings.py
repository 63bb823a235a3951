"""What happens to scheduled events: a scene for each verb, a secret for each event."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.guard.plays import Plays
from tests.guard.stage import VIEW, Stage

Json = dict[str, Any]

plays: Final = Plays()
scene, secret = plays.scene, plays.secret
MARK: Final = "xyzzy"

_ALL: Final = "/guilds/{guild_id}/scheduled-events"
_ONE: Final = f"{_ALL}/{{guild_scheduled_event_id}}"
_OCCURRENCE: Final = f"{_ONE}/{{guild_scheduled_event_exception_id}}"
_EXCEPTIONS: Final = f"{_ONE}/exceptions"


def tomorrow(**ahead: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=1, **ahead)


def somewhere(**fields: Any) -> Json:
    """A form of something that happens elsewhere."""
    return {
        "name": "Picnic",
        "privacy_level": 2,
        "scheduled_start_time": tomorrow().isoformat(),
        "scheduled_end_time": tomorrow(hours=2).isoformat(),
        "entity_type": 3,
        "entity_metadata": {"location": "The park"},
        **fields,
    }


def daily() -> Json:
    return {"start": tomorrow().isoformat(), "frequency": 3, "interval": 1}


async def planned(stage: Stage, **fields: Any) -> tuple[str, Json]:
    """An event of the owner's and its path."""
    path = f"/guilds/{stage.id}/scheduled-events"
    made: Json = await stage.owner.post(path, somewhere(**fields))
    return f"{path}/{made['id']}", made


async def spoken(stage: Stage, *, hidden: bool = True, **fields: Any) -> tuple[str, Json]:
    """One in a voice channel, which the member does not see."""
    deny = [{"id": stage.id, "type": 0, "deny": VIEW}] if hidden else []
    room = await stage.owner.channel(stage.id, "voices", type=2, permission_overwrites=deny)
    place = {"entity_type": 2, "channel_id": room["id"], "entity_metadata": None}
    return await planned(stage, **place, **fields)


async def excepted(stage: Stage, path: str, made: Json) -> Json:
    body = {"original_scheduled_start_time": made["scheduled_start_time"], "is_canceled": True}
    exception: Json = await stage.owner.post(f"{path}/exceptions", body)
    return exception


@scene("POST", _ALL)
async def _(stage: Stage) -> None:
    await planned(stage, recurrence_rule=daily())
    await spoken(stage)


@scene("PATCH", _ONE)
async def _(stage: Stage) -> None:
    """It comes into sight and out of it, with its channel and by another one; and it is over."""
    path, made = await spoken(stage)
    allow = {"type": 0, "allow": VIEW}
    room = f"/channels/{made['channel_id']}"
    await stage.owner.put(f"{room}/permissions/{stage.id}", allow)
    await stage.owner.patch(path, {"name": "Song", "description": "Bring a song"})
    await stage.owner.put(f"{room}/permissions/{stage.id}", {"type": 0, "deny": VIEW})
    voices = await stage.owner.channel(stage.id, "open voices", type=2)
    await stage.owner.patch(path, {"channel_id": voices["id"]})
    await stage.owner.patch(path, {"channel_id": made["channel_id"]})
    other, _ = await planned(stage)
    await stage.owner.patch(other, {"status": 2})
    await stage.owner.patch(other, {"status": 3})
    third, _ = await planned(stage, recurrence_rule=daily())
    await stage.owner.patch(third, {"status": 2})
    await stage.owner.patch(third, {"status": 3})


@scene("DELETE", _ONE)
async def _(stage: Stage) -> None:
    path, _ = await planned(stage)
    await stage.owner.delete(path)
    _, made = await spoken(stage, hidden=False)
    await stage.owner.delete(f"/channels/{made['channel_id']}")


@scene("POST", _EXCEPTIONS)
async def _(stage: Stage) -> None:
    path, made = await planned(stage, recurrence_rule=daily())
    await excepted(stage, path, made)
    await stage.owner.patch(path, {"recurrence_rule": None})


@scene("PATCH", f"{_EXCEPTIONS}/{{exception_id}}")
async def _(stage: Stage) -> None:
    path, made = await planned(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    later = {"scheduled_start_time": tomorrow(hours=1).isoformat()}
    await stage.owner.patch(f"{path}/exceptions/{exception['event_exception_id']}", later)


@scene("DELETE", f"{_EXCEPTIONS}/{{exception_id}}")
async def _(stage: Stage) -> None:
    path, made = await planned(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    await stage.owner.delete(f"{path}/exceptions/{exception['event_exception_id']}")


@scene("PUT", f"{_ONE}/users/@me")
async def _(stage: Stage) -> None:
    path, _ = await planned(stage)
    await stage.member.put(f"{path}/users/@me")


@scene("DELETE", f"{_ONE}/users/@me")
async def _(stage: Stage) -> None:
    path, _ = await planned(stage)
    await stage.owner.delete(f"{path}/users/@me")


@scene("PUT", f"{_OCCURRENCE}/users/@me")
async def _(stage: Stage) -> None:
    path, made = await planned(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    mine = f"{path}/{exception['event_exception_id']}/users/@me"
    await stage.member.put(mine, {"response": 0})


@scene("DELETE", f"{_OCCURRENCE}/users/@me")
async def _(stage: Stage) -> None:
    path, made = await planned(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    mine = f"{path}/{exception['event_exception_id']}/users/@me"
    await stage.member.put(mine, {"response": 0})
    await stage.member.delete(mine)


@secret("HappeningCreate")
async def _(stage: Stage) -> list[str]:
    _, made = await spoken(stage, name=MARK)
    return [MARK, made["id"]]


@secret("HappeningUpdate")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage)
    await stage.owner.patch(path, {"description": MARK})
    return [MARK, made["id"]]


@secret("HappeningDelete")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage, name=MARK)
    await stage.owner.delete(path)
    return [MARK, made["id"]]


@secret("HappeningExceptionCreate")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage, recurrence_rule=daily())
    await excepted(stage, path, made)
    return [made["id"]]


@secret("HappeningExceptionUpdate")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    await stage.owner.patch(f"{path}/exceptions/{exception['event_exception_id']}", {})
    return [made["id"]]


@secret("HappeningExceptionDelete")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage, recurrence_rule=daily())
    exception = await excepted(stage, path, made)
    await stage.owner.delete(f"{path}/exceptions/{exception['event_exception_id']}")
    return [made["id"]]


@secret("HappeningExceptionsDelete")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage, recurrence_rule=daily())
    await excepted(stage, path, made)
    await stage.owner.patch(path, {"recurrence_rule": None})
    return [made["id"]]


@secret("HappeningUserAdd")
async def _(stage: Stage) -> list[str]:
    _, made = await spoken(stage)
    return [made["id"]]


@secret("HappeningUserRemove")
async def _(stage: Stage) -> list[str]:
    path, made = await spoken(stage)
    await stage.owner.delete(f"{path}/users/@me")
    return [made["id"]]

"""A device that lived through one's own affairs knows what another one is greeted with."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from tests.gateway import Gateway
from tests.guard.plays import Operation
from tests.guard.scenes import ALONE
from tests.guard.stage import Stage
from tests.server import Server

_NO_CAPABILITIES: Final = 0
"""So that READY holds the notes and the settings as they are."""
_LOOKS: Final = 20
_PAUSE_S: Final = 0.1

Affair = Callable[[Stage], Awaitable[object]]


class Desk:
    """What one device knows of its owner's affairs: as greeted, and kept true by events."""

    def __init__(self, ready: Any) -> None:
        self.notes: dict[str, str] = dict(ready["notes"])
        self.settings: dict[str, Any] = dict(ready["user_settings"])
        self.proto: str = ready["user_settings_proto"]
        self.notifications: dict[str, Any] = dict(ready["notification_settings"])
        self.read = {it["id"]: it.get("last_message_id") for it in ready["read_state"]}

    def live(self, name: str, data: Any) -> None:
        """Take an event in."""
        match name:
            case "USER_NOTE_UPDATE":
                self._note(data["id"], data["note"])
            case "USER_SETTINGS_UPDATE":
                self.settings |= data
            case "USER_SETTINGS_PROTO_UPDATE" if data["settings"]["type"] == 1:
                self.proto = data["settings"]["proto"]
            case "NOTIFICATION_SETTINGS_UPDATE":
                self.notifications = data
            case "MESSAGE_ACK":
                self.read[data["channel_id"]] = data["message_id"]

    def _note(self, user_id: str, note: str) -> None:
        if note:
            self.notes[user_id] = note
        else:
            self.notes.pop(user_id, None)


async def _write_notes(stage: Stage) -> None:
    path = f"/users/@me/notes/{stage.member.id}"
    for note in ("first", "second"):
        await stage.owner.put(path, {"note": note})
    await stage.owner.put(f"/users/@me/notes/{stage.bot.id}", {"note": "a machine"})
    await stage.owner.put(path, {"note": None})


async def _choose(stage: Stage) -> None:
    await stage.owner.patch("/users/@me/settings", {"theme": "light", "afk_timeout": 60})
    await stage.owner.patch("/users/@me/settings", {"theme": "darker", "locale": "de"})
    body = {"restricted_guilds": [stage.id], "friend_source_flags": {"mutual_guilds": True}}
    await stage.owner.patch("/users/@me/settings", body)


async def _want_peace(stage: Stage) -> None:
    path = "/users/@me/notification-settings"
    night = {"days": [0, 6], "start": "22:00", "end": "07:00", "timezone": "Europe/Berlin"}
    await stage.owner.patch(path, {"quiet_hours": night, "keywords": ["chess"]})
    await stage.owner.patch(path, {"keywords": ["chess", "go game"], "flags": 16})


async def _choose_opaquely(stage: Stage) -> None:
    for proto in ("agIIAQ==", "WgIIAg=="):
        await stage.owner.patch("/users/@me/settings-proto/1", {"settings": proto})


async def _read_a_message(stage: Stage) -> None:
    said = await stage.member.say(stage.open["id"], "news")
    await stage.owner.post(f"/channels/{stage.open['id']}/messages/{said['id']}/ack", {})


async def _read_much(stage: Stage) -> None:
    said = await stage.member.say(stage.open["id"], "news")
    state = {"channel_id": stage.open["id"], "message_id": said["id"], "read_state_type": 0}
    await stage.owner.post("/read-states/ack-bulk", {"read_states": [state]})


async def _read_a_guild(stage: Stage) -> None:
    await stage.member.say(stage.open["id"], "news")
    await stage.owner.post(f"/guilds/{stage.id}/ack", {})


AFFAIRS: Final[dict[Operation, Affair]] = {
    ("PUT", "/users/@me/notes/{user_id}"): _write_notes,
    ("PATCH", "/users/@me/settings"): _choose,
    ("PATCH", "/users/@me/notification-settings"): _want_peace,
    ("PATCH", "/users/@me/settings-proto/{settings_type}"): _choose_opaquely,
    ("POST", "/channels/{channel_id}/messages/{message_id}/ack"): _read_a_message,
    ("POST", "/read-states/ack-bulk"): _read_much,
    ("POST", "/guilds/{guild_id}/ack"): _read_a_guild,
}


def test_what_is_ones_own_affair_has_no_scene_for_others() -> None:
    assert AFFAIRS.keys() <= ALONE.keys()


@pytest.mark.parametrize("verb", sorted(AFFAIRS), ids=" ".join)
async def test_two_devices_know_the_same(server: Server, verb: Operation) -> None:
    stage = await Stage(server).set()
    async with Gateway.connected(server.url) as lived:
        await _begin(lived, stage)
        await AFFAIRS[verb](stage)
        for _ in range(_LOOKS):
            known, fresh = _known(lived), await _fresh(server, stage)
            if known == fresh:
                break
            await asyncio.sleep(_PAUSE_S)
        assert known == fresh
    assert known != _state(Desk(lived.ready)), "nothing happened that could have been missed"


async def _begin(gateway: Gateway, stage: Stage) -> None:
    token = stage.owner.api.bare_token
    await gateway.identify(token, guilds=False, capabilities=_NO_CAPABILITIES)


def _known(gateway: Gateway) -> dict[str, Any]:
    desk = Desk(gateway.ready)
    for event in gateway.history:
        desk.live(event.name, event.data)
    return _state(desk)


async def _fresh(server: Server, stage: Stage) -> dict[str, Any]:
    async with Gateway.connected(server.url) as gateway:
        await _begin(gateway, stage)
        return _state(Desk(gateway.ready))


def _state(desk: Desk) -> dict[str, Any]:
    """All of it; a channel in which nothing was ever read is as one without a state."""
    return {**vars(desk), "read": {id_: last for id_, last in desk.read.items() if last}}

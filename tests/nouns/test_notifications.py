"""How people want to be notified, on all of their devices."""

import asyncio
from typing import Any

import pytest

from rift.core.notifications.gathering import wishes
from rift.core.unit import Unit
from rift.wire.channels import Channel
from rift.wire.notifications import QuietHours
from tests.api import Person
from tests.core.houses import living
from tests.server import Server
from tests.world.samples import CHANNEL

PLAIN = {
    "channel_overrides": [],
    "flags": 0,
    "hide_muted_channels": False,
    "keywords": [],
    "message_notifications": 3,
    "mobile_push": True,
    "mute_scheduled_events": False,
    "muted": False,
    "mute_config": None,
    "notify_highlights": 0,
    "suppress_everyone": False,
    "suppress_roles": False,
    "version": 0,
}


class Listener:
    """Ben in Ann's guild."""

    def __init__(self, server: Server, ann: Person, ben: Person, guild_id: str) -> None:
        self.server, self.ann, self.ben, self.id = server, ann, ben, guild_id
        self.path = f"/users/@me/guilds/{guild_id}/settings"
        self.channel_id = ""

    async def ready(self) -> Any:
        async with self.server.gateway(self.ben) as device:
            return device.ready["user_guild_settings"]


@pytest.fixture
async def listener(server: Server) -> Listener:
    ann, ben = await server.person(), await server.person()
    guild = await ann.guild()
    made = Listener(server, ann, ben, guild["id"])
    made.channel_id = (await ann.channel(guild["id"]))["id"]
    await ann.bring(ben, made.channel_id)
    return made


async def test_who_changed_nothing_has_the_plain_settings(listener: Listener) -> None:
    assert await listener.ben.get(listener.path) == {**PLAIN, "guild_id": listener.id}
    assert await listener.ben.get("/users/@me/guilds/@me/settings") == {**PLAIN, "guild_id": None}
    assert await listener.ben.get("/users/@me/guilds/settings") == []
    assert await listener.ready() == []


async def test_what_is_not_named_stays(listener: Listener) -> None:
    until = {"end_time": "2030-01-02T03:04:05Z", "selected_time_window": 3600}
    await listener.ben.patch(
        listener.path, {"muted": True, "mute_config": until, "message_notifications": 1}
    )
    await listener.ben.patch(listener.path, {"flags": 1 << 11, "mobile_push": False})
    changed = await listener.ben.patch(
        listener.path,
        {
            "suppress_everyone": True,
            "suppress_roles": True,
            "notify_highlights": 1,
            "hide_muted_channels": True,
            "keywords": ["chess", "Chess", "go"],
            "mute_scheduled_events": True,
        },
    )
    assert changed == {
        "guild_id": listener.id,
        "channel_overrides": [],
        "flags": 1 << 11,
        "hide_muted_channels": True,
        "keywords": ["chess", "go"],
        "message_notifications": 1,
        "mobile_push": False,
        "mute_scheduled_events": True,
        "muted": True,
        "mute_config": until,
        "notify_highlights": 1,
        "suppress_everyone": True,
        "suppress_roles": True,
        "version": 3,
    }
    assert await listener.ben.get(listener.path) == changed
    assert await listener.ready() == [changed]
    unmuted = await listener.ben.patch(listener.path, {"muted": False, "mute_config": None})
    assert (unmuted["muted"], unmuted["mute_config"]) == (False, None)


async def test_overrides_of_channels_are_changed_one_by_one(listener: Listener) -> None:
    other = (await listener.ann.channel(listener.id, "other"))["id"]
    mine = listener.channel_id
    forever = {"selected_time_window": -1, "end_time": None}
    await listener.ben.patch(
        listener.path,
        {"channel_overrides": {mine: {"muted": True, "mute_config": forever}, other: {}}},
    )
    body = {"channel_overrides": {mine: {"collapsed": True, "message_notifications": 2}}}
    await listener.ben.patch(listener.path, body)
    changed = await listener.ben.patch(
        listener.path, {"channel_overrides": {mine: {"flags": 1 << 10}, "55": {"muted": True}}}
    )
    by_id = {it["channel_id"]: it for it in changed["channel_overrides"]}
    assert by_id.keys() == {mine, other}
    assert by_id[mine] == {
        "channel_id": mine,
        "collapsed": True,
        "flags": 1 << 10,
        "message_notifications": 2,
        "muted": True,
        "mute_config": forever,
    }
    assert by_id[other]["message_notifications"] == 3
    await listener.ann.delete(f"/channels/{other}")
    left = await listener.ben.patch(listener.path, {})
    assert [it["channel_id"] for it in left["channel_overrides"]] == [mine]


async def test_every_device_is_told_and_nobody_else(listener: Listener) -> None:
    async with (
        listener.server.gateway(listener.ben) as phone,
        listener.server.gateway(listener.ann) as spy,
    ):
        changed = await listener.ben.patch(listener.path, {"muted": True})
        assert (await phone.expect("USER_GUILD_SETTINGS_UPDATE")).data == changed
        await spy.quiet("USER_GUILD_SETTINGS_UPDATE")


async def test_private_channels_have_settings_without_a_guild(listener: Listener) -> None:
    async with listener.server.gateway(listener.ben) as phone:
        body = {"muted": True, "channel_overrides": {listener.channel_id: {"muted": True}}}
        changed = await listener.ben.patch("/users/@me/guilds/@me/settings", body)
        assert (await phone.expect("USER_GUILD_SETTINGS_UPDATE")).data == changed
    assert (changed["guild_id"], changed["muted"]) == (None, True)
    assert changed["channel_overrides"] == []  # a guild's channel is no private one
    assert await listener.ready() == [changed]


async def test_several_guilds_are_changed_at_once(listener: Listener) -> None:
    own = await listener.ben.guild("Own")
    body = {"guilds": {listener.id: {"muted": True}, own["id"]: {"suppress_roles": True}}}
    changed = await listener.ben.patch("/users/@me/guilds/settings", body)
    assert {it["guild_id"]: (it["muted"], it["suppress_roles"]) for it in changed} == {
        listener.id: (True, False),
        own["id"]: (False, True),
    }
    assert await listener.ben.get("/users/@me/guilds/settings") == changed


async def test_settings_are_for_guilds_one_is_in(listener: Listener) -> None:
    stranger = await listener.server.person()
    assert (await stranger.refused("PATCH", listener.path, {"muted": True})).code == 50001
    body = {"guilds": {listener.id: {"muted": True}}}
    assert (await stranger.refused("PATCH", "/users/@me/guilds/settings", body)).code == 50001
    await listener.ben.patch(listener.path, {"muted": True})
    await listener.ben.delete(f"/users/@me/guilds/{listener.id}")
    assert await listener.ready() == []


@pytest.mark.parametrize(
    "body",
    [
        {"message_notifications": 4},
        {"notify_highlights": -1},
        {"muted": None},
        {"mute_config": {"end_time": "tomorrow"}},
        {"mute_config": {"selected_time_window": -2}},
        {"channel_overrides": {"abc": {}}},
        {"channel_overrides": {"99999999999999999999": {}}},
        {"channel_overrides": []},
    ],
)
async def test_what_is_no_setting_is_refused(listener: Listener, body: dict[str, Any]) -> None:
    assert (await listener.ben.refused("PATCH", listener.path, body)).code == 50035


async def test_two_devices_that_change_different_things_both_have_their_way(
    listener: Listener,
) -> None:
    changes = [{"muted": True}, {"suppress_everyone": True}, {"suppress_roles": True}]
    await asyncio.gather(*(listener.ben.patch(listener.path, change) for change in changes))
    now = await listener.ben.get(listener.path)
    assert (now["muted"], now["suppress_everyone"], now["suppress_roles"]) == (True, True, True)
    assert now["version"] == 3


EVERYWHERE = "/users/@me/notification-settings"
NIGHT = {"days": [0, 1, 2, 3, 4], "start": "22:00", "end": "07:00", "timezone": "Europe/Berlin"}


async def test_quiet_hours_and_words_are_kept_and_told_to_all_devices(listener: Listener) -> None:
    plain = {"flags": 0, "quiet_hours": None, "keywords": []}
    assert await listener.ben.get(EVERYWHERE) == plain
    async with listener.server.gateway(listener.ben) as device:
        body = {"quiet_hours": NIGHT, "keywords": ["Chess", "chess", "go game"]}
        changed = await listener.ben.patch(EVERYWHERE, body)
        assert (await device.expect("NOTIFICATION_SETTINGS_UPDATE")).data == changed
    assert changed["quiet_hours"] == {**NIGHT, "enabled": True}
    assert changed["keywords"] == ["Chess", "go game"]
    assert (await listener.ben.patch(EVERYWHERE, {"flags": 16}))["keywords"] == changed["keywords"]
    assert await listener.ben.patch(EVERYWHERE, {"quiet_hours": None}) == {
        "flags": 16,
        "quiet_hours": None,
        "keywords": ["Chess", "go game"],
    }
    assert await listener.ann.get(EVERYWHERE) == plain


async def test_quiet_hours_have_days_a_clock_and_a_zone_that_exist(listener: Listener) -> None:
    for wrong in (
        {"days": [7]},
        {"start": "24:00"},
        {"end": "7:00"},
        {"timezone": "Europe/Atlantis"},
        {"timezone": "../../etc/passwd"},
    ):
        body = {"quiet_hours": {**NIGHT, **wrong}}
        assert (await listener.ben.refused("PATCH", EVERYWHERE, body)).code == 50035
    for keywords in (["x"], [" chess"], ["x" * 65], ["chess"] * 51):
        body = {"keywords": keywords}
        assert (await listener.ben.refused("PATCH", EVERYWHERE, body)).code == 50035
        assert (await listener.ben.refused("PATCH", listener.path, body)).code == 50035


async def test_two_devices_that_change_different_parts_both_keep_them(listener: Listener) -> None:
    await asyncio.gather(
        *(listener.ben.patch(EVERYWHERE, body) for body in ({"flags": 16}, {"keywords": ["go"]}))
    )
    assert await listener.ben.get(EVERYWHERE) == {
        "flags": 16,
        "quiet_hours": None,
        "keywords": ["go"],
    }


async def test_the_wishes_of_many_are_gathered_at_once(own_server: Server, database: str) -> None:
    ann, ben = await own_server.person(), await own_server.person()
    guild = await ann.guild(default_message_notifications=1)
    category = await ann.channel(guild["id"], "Things", type=4)
    channel = await ann.channel(guild["id"], parent_id=category["id"])
    other = await ann.channel(guild["id"])
    await ann.bring(ben, channel["id"])
    role = await ann.post(f"/guilds/{guild['id']}/roles", {"name": "helper"})
    await ann.put(f"/guilds/{guild['id']}/members/{ben.id}/roles/{role['id']}")
    await ben.patch(EVERYWHERE, {"quiet_hours": NIGHT, "keywords": ["chess"]})
    overrides = {id_: {"muted": True} for id_ in (category["id"], other["id"])}
    body = {"channel_overrides": overrides, "keywords": ["go"], "suppress_roles": True}
    await ben.patch(f"/users/@me/guilds/{guild['id']}/settings", body)
    async with living(database) as house, Unit(house, reading=True) as unit:
        picture = await house.world.guild(guild["id"])
        assert picture is not None
        found = await wishes(unit, picture, picture.channels[channel["id"]], [ann.id, ben.id])
        private = await wishes(unit, None, Channel(id=CHANNEL, type=1), [ben.id])
    hers, his = sorted(found, key=lambda one: one.user_id != ann.id)
    assert (hers.level, hers.role_ids, hers.place.channel_overrides) == (1, frozenset(), [])
    assert his.role_ids == {role["id"]}
    assert [one.channel_id for one in his.place.channel_overrides] == [category["id"]]
    assert (his.place.keywords, his.place.suppress_roles) == (["go"], True)
    assert his.everywhere.keywords == ["chess"]
    assert his.everywhere.quiet_hours == QuietHours(**NIGHT)
    [alone] = private
    assert (alone.level, alone.place.keywords) == (0, [])
    assert alone.everywhere == his.everywhere

"""What is said at the simple door, an unmodified library hears as any message, and the reverse."""

import pytest

from rift.doors.simple import ids
from tests.clients.conftest import Stage
from tests.simple_door.caller import Caller
from tests.simple_door.wire import Wire

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_both_doors_lead_into_the_same_room(stage: Stage) -> None:
    server, channel_id = stage.server, ids.shown(stage.channel_id)
    caller = await Caller.behind(server, stage.member)
    async with Wire.of(caller, {"id": ids.shown(stage.guild_id)}) as wire:
        said = await caller.say(channel_id, "from the simple door")
        heard = await stage.client.expect("message", content="from the simple door")
        assert ids.shown(heard["id"]) == said["id"]
        assert heard["author_id"] == stage.member.id
        await wire.say("SendMessage", channel_id=channel_id, content="from its socket")
        await stage.client.expect("message", content="from its socket")
        await caller.patch(f"/messages/{said['id']}", {"content": "changed there"})
        await stage.client.expect("message_edit", id=heard["id"], content="changed there")
        sent = await stage.do("send", channel_id=stage.channel_id, content="from the library")
        told = await wire.expect("MessageCreate", content="from the library")
        assert told["id"] == ids.shown(sent["id"])
        assert told["author_id"] == ids.shown(stage.bot.id)
        await caller.delete(f"/messages/{said['id']}")
        await stage.client.expect("message_delete", id=heard["id"])

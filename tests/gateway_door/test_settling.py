"""What is told of channels that come into sight, to many sessions one after the other."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from rift.doors.discord.gateway.settling import Notices
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from tests.gateway_door.halls import GUILD, ROOM, Hall, open_hall


@pytest.fixture
async def hall(database: str) -> AsyncIterator[Hall]:
    async with open_hall(database, []) as hall:
        await hall.house.world.guild(GUILD)
        yield hall


async def test_a_channel_is_written_once_until_something_of_it_changes(hall: Hall) -> None:
    notices, picture = Notices(hall.door.hub.event), hall.picture
    told = notices.created(picture, ROOM)
    assert notices.created(picture, ROOM) is told

    picture.note_message(ROOM, Snowflake("9000"))
    after_message = msgspec.json.decode(notices.created(picture, ROOM).data, type=Channel)
    assert after_message.last_message_id == "9000"

    picture.channels[ROOM] = msgspec.structs.replace(picture.channels[ROOM], name="attic")
    renamed = msgspec.json.decode(notices.created(picture, ROOM).data, type=Channel)
    assert (renamed.name, renamed.last_message_id) == ("attic", "9000")


async def test_of_a_channel_that_goes_only_its_id_is_told(hall: Hall) -> None:
    notices, picture = Notices(hall.door.hub.event), hall.picture
    gone = msgspec.json.decode(notices.deleted(picture, ROOM).data)
    assert gone["id"] == ROOM
    assert "room" not in gone.values()
    del picture.channels[ROOM]
    assert msgspec.json.decode(notices.deleted(picture, ROOM).data)["id"] == ROOM

"""Stage instances: opened, named, closed, by their moderators, their event and by silence."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from msgspec.structs import replace

from rift import events
from rift.core.happenings.clock import Timekeeper
from rift.core.stages.watching import Warden
from tests.guard.happenings import somewhere
from tests.nouns.parlour import CHANNEL, GUILD, VOICE, Parlour, parlour

Json = dict[str, Any]

PODIUM: Final = "2010"
OPEN: Final = f"/stage-instances/{PODIUM}"
EVENTS: Final = f"/guilds/{GUILD}/scheduled-events"
_SPEAKS: Final = """
insert into voice_states (
    guild_id, user_id, channel_id, session_id, process, self_mute, self_deaf, self_video, suppress
)
values ($1, 11, $2, 's', 0, false, false, false, false)
"""

_LISTENS: Final = """
insert into voice_states (
    guild_id, user_id, channel_id, session_id, process, self_mute, self_deaf, self_video, suppress
)
values ($1, $2, $3, 's', 0, false, false, false, true)
"""


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        await made.run(CHANNEL, PODIUM, GUILD, 13, "podium")
        yield made


async def _ours(_name: str) -> bool:
    return True


async def open_up(house: Parlour, **fields: Any) -> Json:
    body = {"channel_id": PODIUM, "topic": "Songs", **fields}
    reply = await house.ann.ask("POST", "/stage-instances", body)
    assert reply.status == 200, reply.json
    made: Json = reply.json
    return made


async def planned(house: Parlour, **fields: Any) -> Json:
    place = {"entity_type": 1, "channel_id": PODIUM, "entity_metadata": None}
    made: Json = (await house.ann.ask("POST", EVENTS, somewhere(**place, **fields))).json
    return made


async def test_a_stage_is_opened_named_and_closed(house: Parlour) -> None:
    assert (await house.ann.ask("GET", OPEN)).code == 10067
    body = {"channel_id": PODIUM, "topic": "x"}
    assert (await house.cid.ask("POST", "/stage-instances", body)).code == 50013
    made = await open_up(house)
    assert (made["privacy_level"], made["guild_scheduled_event_id"]) == (2, None)
    again = {"channel_id": PODIUM, "topic": "Twice"}
    assert (await house.ann.ask("POST", "/stage-instances", again)).code == 150006
    assert (await house.cid.ask("GET", OPEN)).json == made
    renamed = (await house.ann.ask("PATCH", OPEN, {"topic": "Poems"})).json
    assert renamed == {**made, "topic": "Poems"}
    assert (await house.ann.ask("PATCH", OPEN, {"topic": ""})).code == 50035
    assert (await house.cid.ask("DELETE", OPEN)).code == 50013
    assert (await house.ann.ask("DELETE", OPEN)).status == 204
    told = [name for name in house.names() if name.startswith("STAGE")]
    assert told == [f"STAGE_INSTANCE_{it}" for it in ("CREATE", "UPDATE", "DELETE")]
    elsewhere = {"channel_id": VOICE, "topic": "x"}
    assert (await house.ann.ask("POST", "/stage-instances", elsewhere)).code == 50024
    log = await house.rows("select action_type, options from audit_log order by id")
    assert [(it["action_type"], it["options"]) for it in log] == [
        (number, {"channel_id": PODIUM}) for number in (83, 84, 85)
    ]


async def said(house: Parlour) -> list[tuple[int, str, str, bool]]:
    """What the chat of the stage says: its kind, by whom, what, and whether it calls everybody."""
    found = (await house.ann.ask("GET", f"/channels/{PODIUM}/messages")).json
    return [
        (it["type"], it["author"]["id"], it["content"], it["mention_everyone"])
        for it in reversed(found)
    ]


async def test_the_chat_of_a_stage_says_what_goes_on(house: Parlour) -> None:
    await house.run(_LISTENS, GUILD, house.cid.id, PODIUM)
    await open_up(house)
    await house.ann.ask("PATCH", OPEN, {"topic": "Songs", "privacy_level": 2})
    await house.ann.ask("PATCH", OPEN, {"topic": "Poems"})
    theirs = f"/guilds/{GUILD}/voice-states/{house.cid.id}"
    up = {"channel_id": PODIUM, "suppress": False}
    assert (await house.ann.ask("PATCH", theirs, up)).status == 204
    assert len(await said(house)) == 2
    own = f"/guilds/{GUILD}/voice-states/@me"
    assert (await house.cid.ask("PATCH", own, up)).status == 204
    await house.ann.ask("DELETE", OPEN)
    ann, cid = house.ann.id, house.cid.id
    assert await said(house) == [
        (27, ann, "Songs", False),
        (31, ann, "Poems", False),
        (29, cid, "", False),
        (28, ann, "Poems", False),
    ]


async def test_who_opens_a_stage_in_which_they_are_speaks_and_may_call_everybody(
    house: Parlour,
) -> None:
    await house.run(_LISTENS, GUILD, house.ann.id, PODIUM)
    await open_up(house, send_start_notification=True)
    state = (await house.ann.ask("GET", f"/guilds/{GUILD}/voice-states/@me")).json
    assert (state["suppress"], state["request_to_speak_timestamp"]) == (False, None)
    assert await said(house) == [(27, house.ann.id, "Songs", True)]


async def test_an_event_begins_and_ends_with_its_stage(house: Parlour) -> None:
    made = await planned(house)
    path = f"{EVENTS}/{made['id']}"
    begun = (await house.ann.ask("PATCH", path, {"status": 2})).json
    stage = (await house.ann.ask("GET", OPEN)).json
    assert (stage["id"], stage["topic"]) == (begun["entity_id"], "Picnic")
    assert stage["guild_scheduled_event_id"] == made["id"]
    assert (await house.ann.ask("PATCH", path, {"status": 3})).json["entity_id"] is None
    assert (await house.ann.ask("GET", OPEN)).code == 10067


async def test_a_stage_begins_its_event_and_ends_it(house: Parlour) -> None:
    talk = {"entity_type": 2, "channel_id": VOICE, "entity_metadata": None}
    other = (await house.ann.ask("POST", EVENTS, somewhere(**talk))).json
    body = {"channel_id": PODIUM, "topic": "Songs", "guild_scheduled_event_id": other["id"]}
    assert (await house.ann.ask("POST", "/stage-instances", body)).code == 50091
    made = await planned(house)
    stage = await open_up(house, guild_scheduled_event_id=made["id"])
    path = f"{EVENTS}/{made['id']}"
    begun = (await house.ann.ask("GET", path)).json
    assert (begun["status"], begun["entity_id"]) == (2, stage["id"])
    await house.ann.ask("DELETE", OPEN)
    assert (await house.ann.ask("GET", path)).json["status"] == 3


async def test_an_event_in_an_empty_channel_is_over_after_minutes(house: Parlour) -> None:
    made = await planned(house)
    await house.ann.ask("PATCH", f"{EVENTS}/{made['id']}", {"status": 2})
    for minutes, status in ((2, 2), (4, 3)):
        then = datetime.now(UTC) + timedelta(minutes=minutes)
        later = replace(house.house, clock=lambda then=then: then)
        await Timekeeper(later, _ours).step()
        shown = (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json
        assert shown["status"] == status
    assert house.last(events.StageDelete)["channel_id"] == PODIUM


async def test_a_stage_on_which_nobody_speaks_is_closed(house: Parlour) -> None:
    await open_up(house)
    now = datetime.now(UTC)
    warden = Warden(replace(house.house, clock=lambda: now), _ours)
    await warden.step()
    now += timedelta(minutes=4)
    await house.run(_SPEAKS, GUILD, PODIUM)
    await warden.step()
    await house.run("delete from voice_states")
    now += timedelta(minutes=4)
    await warden.step()
    assert (await house.ann.ask("GET", OPEN)).status == 200
    now += timedelta(minutes=6)
    await warden.step()
    assert (await house.ann.ask("GET", OPEN)).code == 10067
    assert [it[:2] for it in await said(house)] == [(27, house.ann.id), (28, house.ann.id)]

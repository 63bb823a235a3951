"""Scheduled events: planned, changed, begun and ended, by hand and by the clock, and who comes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from msgspec.structs import replace

from rift import events
from rift.core.happenings import recurring
from rift.core.happenings.clock import Timekeeper
from rift.snowflake import Snowflake, at
from rift.wire.happenings import NthWeekday, RecurrenceRule, ScheduledEvent
from tests.guard.happenings import daily, somewhere, tomorrow
from tests.nouns.artwork import still
from tests.nouns.parlour import GUILD, TEXT, VOICE, Parlour, parlour
from tests.server import Server

Json = dict[str, Any]

EVENTS: Final = f"/guilds/{GUILD}/scheduled-events"
TALK: Final = {"entity_type": 2, "channel_id": VOICE, "entity_metadata": None}
_START: Final = datetime(2030, 1, 29, 18, tzinfo=UTC)  # a Tuesday


@pytest.fixture
async def house(database: str) -> AsyncIterator[Parlour]:
    async with parlour(database) as made:
        yield made


async def plan(house: Parlour, **fields: Any) -> Json:
    reply = await house.ann.ask("POST", EVENTS, somewhere(**fields))
    assert reply.status == 200, reply.json
    made: Json = reply.json
    return made


async def pass_time(house: Parlour, **ahead: float) -> None:
    """What the clock does so much later."""
    then = datetime.now(UTC) + timedelta(**ahead)
    keeper = Timekeeper(replace(house.house, clock=lambda: then), _ours)
    await keeper.step()


async def _ours(_name: str) -> bool:
    return True


async def test_an_event_is_planned_listed_and_read(house: Parlour) -> None:
    made = await plan(house, description="Bring cake")
    assert (made["status"], made["creator"]["id"], made["entity_id"]) == (1, "11", None)
    assert made["entity_metadata"] == {"location": "The park"}
    [listed] = (await house.cid.ask("GET", f"{EVENTS}?with_user_count=true")).json
    assert listed == {**made, "user_count": 1}
    assert (await house.bob.ask("GET", f"{EVENTS}/{made['id']}")).json == made
    assert house.names()[:2] == ["GUILD_SCHEDULED_EVENT_CREATE", "GUILD_SCHEDULED_EVENT_USER_ADD"]
    assert (await house.eve.ask("GET", EVENTS)).code == 50001


async def test_it_says_where_and_until_when(house: Parlour) -> None:
    for wrong, field in (
        ({"entity_metadata": None}, "entity_metadata"),
        ({"scheduled_end_time": None}, "scheduled_end_time"),
        ({"channel_id": VOICE}, "channel_id"),
        ({"entity_type": 2}, "channel_id"),
        ({"scheduled_start_time": "2020-01-01T00:00:00Z"}, "scheduled_start_time"),
        ({"scheduled_end_time": tomorrow(hours=-1).isoformat()}, "scheduled_end_time"),
        ({"recurrence_rule": {**daily(), "interval": 2}}, "recurrence_rule"),
        ({"recurrence_rule": {**daily(), "by_weekday": [0, 2]}}, "recurrence_rule"),
        ({"recurrence_rule": {**daily(), "count": 3}}, "recurrence_rule"),
        ({"name": ""}, "name"),
    ):
        reply = await house.ann.ask("POST", EVENTS, somewhere(**wrong))
        assert (reply.status, list(reply.json["errors"])) == (400, [field]), wrong
    in_text = {**TALK, "channel_id": TEXT}
    assert (await house.ann.ask("POST", EVENTS, somewhere(**in_text))).code == 50024
    nowhere = {**TALK, "channel_id": "5"}
    assert (await house.ann.ask("POST", EVENTS, somewhere(**nowhere))).code == 10003
    assert (await house.bob.ask("POST", EVENTS, somewhere())).code == 50013
    assert (await house.ann.ask("GET", EVENTS)).json == []


async def test_those_who_make_events_change_only_their_own(house: Parlour) -> None:
    await house.run(
        "update roles set permissions = permissions | (1::bigint << 44) where id > 2999"
    )
    theirs = await plan(house)
    reply = await house.bob.ask("POST", EVENTS, somewhere(name="Chess"))
    own = reply.json
    assert (await house.bob.ask("PATCH", f"{EVENTS}/{theirs['id']}", {"name": "x"})).code == 50013
    assert (await house.bob.ask("DELETE", f"{EVENTS}/{theirs['id']}")).code == 50013
    changed = await house.bob.ask("PATCH", f"{EVENTS}/{own['id']}", {"name": "Go"})
    assert changed.json == {**own, "name": "Go"}
    assert (await house.bob.ask("DELETE", f"{EVENTS}/{own['id']}")).status == 204
    assert (await house.ann.ask("GET", f"{EVENTS}/{own['id']}")).code == 10070


async def test_it_goes_from_status_to_status_and_never_back(house: Parlour) -> None:
    made = await plan(house)
    path = f"{EVENTS}/{made['id']}"
    assert (await house.ann.ask("PATCH", path, {"status": 3})).code == 50035
    assert (await house.ann.ask("PATCH", path, {"status": 2})).json["status"] == 2
    assert (await house.ann.ask("PATCH", path, {"status": 4})).code == 50035
    moved = {"scheduled_start_time": tomorrow(hours=1).isoformat()}
    assert (await house.ann.ask("PATCH", path, moved)).code == 50035
    assert (await house.ann.ask("PATCH", path, {"status": 3})).json["status"] == 3
    assert (await house.ann.ask("PATCH", path, {"name": "Again"})).code == 180000
    assert (await house.ann.ask("GET", path)).json["status"] == 3
    assert (await house.ann.ask("GET", EVENTS)).json == []
    actions = await house.rows("select action_type from audit_log order by id")
    assert [row["action_type"] for row in actions] == [100, 101, 101]


async def test_it_moves_between_places(house: Parlour) -> None:
    made = await plan(house, **TALK)
    path = f"{EVENTS}/{made['id']}"
    assert (made["entity_type"], made["entity_metadata"]) == (2, None)
    body = {"entity_type": 3, "entity_metadata": {"location": "Outside"}}
    assert (await house.ann.ask("PATCH", path, body)).code == 50035
    moved = (await house.ann.ask("PATCH", path, {**body, "channel_id": None})).json
    assert (moved["channel_id"], moved["entity_metadata"]) == (None, {"location": "Outside"})
    back = (await house.ann.ask("PATCH", path, TALK)).json
    assert back == made


async def test_a_guild_has_so_many_open_events(house: Parlour) -> None:
    limits = replace(house.house.settings.limits, events_per_guild=1)
    chosen = house.house.choices
    chosen.settings = replace(chosen.settings, limits=limits)
    made = await plan(house)
    assert (await house.ann.ask("POST", EVENTS, somewhere())).code == 30038
    await house.ann.ask("PATCH", f"{EVENTS}/{made['id']}", {"status": 4})
    await plan(house)


async def test_people_say_that_they_come(house: Parlour) -> None:
    made = await plan(house)
    path = f"{EVENTS}/{made['id']}/users"
    for person in (house.cid, house.cid, house.bob):
        assert (await person.ask("PUT", f"{path}/@me")).json["response"] == 1
    house.names()
    listed = (await house.ann.ask("GET", f"{path}?with_member=true&limit=2")).json
    assert [(it["user"]["id"], it["member"]["user"]["id"]) for it in listed] == [
        ("11", "11"),
        ("12", "12"),
    ]
    assert [it["user_id"] for it in (await house.ann.ask("GET", f"{path}?after=12")).json] == ["13"]
    before = await house.ann.ask("GET", f"{path}?before=13&limit=1")
    assert [it["user_id"] for it in before.json] == ["12"]
    [own] = (await house.cid.ask("GET", f"/users/@me/scheduled-events?guild_ids={GUILD}")).json
    assert own["guild_scheduled_event_id"] == made["id"]
    assert (await house.cid.ask("DELETE", f"{path}/@me")).status == 204
    assert (await house.cid.ask("DELETE", f"{path}/@me")).code == 10071
    assert house.names() == ["GUILD_SCHEDULED_EVENT_USER_REMOVE"]
    count = (await house.ann.ask("GET", f"{path}/counts")).json
    assert count["guild_scheduled_event_count"] == 2


async def test_of_one_occurrence_one_may_say_otherwise(house: Parlour) -> None:
    made = await plan(house, recurrence_rule=daily())
    path = f"{EVENTS}/{made['id']}"
    second = at(datetime.fromisoformat(made["scheduled_start_time"]) + timedelta(days=1))
    wrong = at(datetime.fromisoformat(made["scheduled_start_time"]) + timedelta(hours=1))
    no = {"response": 0}
    assert (await house.ann.ask("PUT", f"{path}/{wrong}/users/@me", no)).code == 10070
    assert (await house.ann.ask("PUT", f"{path}/{second}/users/@me", no)).json["response"] == 0
    await house.bob.ask("PUT", f"{path}/{second}/users/@me", {"response": 1})
    users = (await house.cid.ask("GET", f"{path}/{second}/users")).json
    assert [it["user_id"] for it in users] == ["12"]
    asked = f"{path}/users/counts?guild_scheduled_event_exception_ids={second}"
    assert (await house.cid.ask("GET", asked)).json == {
        "guild_scheduled_event_count": 1,
        "guild_scheduled_event_exception_counts": {second: 1},
    }
    assert (await house.ann.ask("DELETE", f"{path}/{second}/users/@me")).status == 204


async def test_an_occurrence_is_moved_left_out_and_put_back(house: Parlour) -> None:
    made = await plan(house, recurrence_rule=daily())
    path = f"{EVENTS}/{made['id']}/exceptions"
    first = made["scheduled_start_time"]
    body: Json = {"original_scheduled_start_time": first}
    assert (await house.ann.ask("POST", path, body)).code == 180005
    never = {**body, "original_scheduled_start_time": tomorrow(hours=1).isoformat()}
    assert (await house.ann.ask("POST", path, {**never, "is_canceled": True})).code == 50035
    assert (await house.bob.ask("POST", path, {**body, "is_canceled": True})).code == 50013
    kept = (await house.ann.ask("POST", path, {**body, "is_canceled": True})).json
    id_ = kept["event_exception_id"]
    assert (id_, kept["is_canceled"]) == (at(datetime.fromisoformat(first)), True)
    later = tomorrow(hours=3).isoformat()
    moved = (await house.ann.ask("PATCH", f"{path}/{id_}", {"scheduled_start_time": later})).json
    assert moved["is_canceled"] is False
    shown = (await house.cid.ask("GET", f"{EVENTS}/{made['id']}")).json
    assert shown["guild_scheduled_event_exceptions"] == [moved]
    assert (await house.ann.ask("DELETE", f"{path}/{id_}")).status == 204
    assert (await house.ann.ask("DELETE", f"{path}/{id_}")).status == 404
    actions = await house.rows("select action_type from audit_log order by id")
    assert [row["action_type"] for row in actions] == [100, 200, 201, 202]


async def test_what_is_elsewhere_begins_and_ends_by_the_clock(house: Parlour) -> None:
    made = await plan(house)
    await pass_time(house, hours=23)
    assert (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json["status"] == 1
    house.names()
    await pass_time(house, hours=24, minutes=1)
    assert house.names() == ["GUILD_SCHEDULED_EVENT_UPDATE"]
    assert (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json["status"] == 2
    await pass_time(house, hours=27)
    assert house.last(events.HappeningUpdate)["status"] == 3
    assert (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json["status"] == 3


async def test_what_nobody_began_is_given_up(house: Parlour) -> None:
    made = await plan(house, **TALK)
    again = await plan(house, **TALK, recurrence_rule=daily())
    await pass_time(house, hours=26)
    assert (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json["status"] == 1
    await pass_time(house, hours=27, minutes=1)
    assert (await house.ann.ask("GET", f"{EVENTS}/{made['id']}")).json["status"] == 4
    shown = (await house.ann.ask("GET", f"{EVENTS}/{again['id']}")).json
    starts = datetime.fromisoformat(again["scheduled_start_time"])
    assert (shown["status"], shown["scheduled_start_time"]) == (
        1,
        (starts + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
    )


async def test_what_recurs_stands_before_its_next_time_when_it_is_over(house: Parlour) -> None:
    made = await plan(house, recurrence_rule=daily())
    starts = datetime.fromisoformat(made["scheduled_start_time"])
    path = f"{EVENTS}/{made['id']}"
    left_out = (starts + timedelta(days=1)).isoformat()
    body = {"original_scheduled_start_time": left_out, "is_canceled": True}
    await house.ann.ask("POST", f"{path}/exceptions", body)
    await house.ann.ask("PATCH", path, {"status": 2})
    after = (await house.ann.ask("PATCH", path, {"status": 3})).json
    assert after["status"] == 1
    assert datetime.fromisoformat(after["scheduled_start_time"]) == starts + timedelta(days=2)
    assert datetime.fromisoformat(after["scheduled_end_time"]) == starts + timedelta(
        days=2, hours=2
    )
    assert (await house.ann.ask("PATCH", path, {"status": 4})).json["status"] == 4


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"frequency": 3}, [1, 2, 3]),
        ({"frequency": 3, "by_weekday": [5, 6]}, [4, 5, 11]),
        ({"frequency": 2, "by_weekday": [1]}, [7, 14, 21]),
        ({"frequency": 2, "interval": 2, "by_weekday": [2]}, [1, 15, 29]),
        ({"frequency": 1, "by_n_weekday": [NthWeekday(n=5, day=1)]}, [91, 182, 273]),
        ({"frequency": 0, "by_month": [2], "by_month_day": [29]}, [761, 2222, 3683]),
    ],
)
def test_rules_fall_on_the_days_they_name(rule: Json, days: list[int]) -> None:
    recurs = RecurrenceRule(start=_START, **rule)
    event: ScheduledEvent | None = ScheduledEvent(
        id=Snowflake("1"),
        guild_id=Snowflake("1"),
        name="x",
        scheduled_start_time=_START,
        status=1,
        entity_type=2,
        recurrence_rule=recurs,
    )
    found = []
    for _ in days:
        event = None if event is None else recurring.following(event, _START)
        found.append(None if event is None else (event.scheduled_start_time - _START).days)
    assert found == days


async def test_a_cover_is_shown_and_guilds_come_with_what_one_sees(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    guild = await ann.guild("Fair")
    room = await ann.channel(guild["id"], "hall", type=2)
    text = await ann.channel(guild["id"])
    await ann.bring(bob, text["id"])
    path = f"/guilds/{guild['id']}/scheduled-events"
    made = await ann.post(path, somewhere(image=still()))
    address = f"{server.url}/cdn/guild-events/{made['id']}/{made['image']}.png"
    async with server.http.get(address) as picture:
        assert (picture.status, picture.content_type) == (200, "image/png")
    await ann.put(f"/channels/{room['id']}/permissions/{guild['id']}", {"type": 0, "deny": "1024"})
    hidden = await ann.post(path, somewhere(**{**TALK, "channel_id": room["id"]}))
    invite = await ann.post(f"/channels/{text['id']}/invites", {})
    for event, is_told in ((made, True), (hidden, False)):
        asked = f"/invites/{invite['code']}?guild_scheduled_event_id={event['id']}"
        told = await server.guest.get(asked)
        assert ("guild_scheduled_event" in told) == is_told
    async with server.gateway(bob) as gateway:
        [come] = [it.data for it in gateway.history if it.name == "GUILD_CREATE"]
        assert [it["id"] for it in come["guild_scheduled_events"]] == [made["id"]]
        assert (await bob.refused("GET", f"{path}/{hidden['id']}")).code == 10070
        await ann.delete(f"/channels/{room['id']}/permissions/{guild['id']}")
        await gateway.expect("GUILD_SCHEDULED_EVENT_CREATE", lambda it: it["id"] == hidden["id"])
    log = await ann.get(f"/guilds/{guild['id']}/audit-logs?action_type=100")
    assert {it["id"] for it in log["guild_scheduled_events"]} == {made["id"], hidden["id"]}

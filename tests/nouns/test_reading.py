"""Up to where people have read, on all of their devices, and what called them since."""

from typing import Any

import pytest

from tests.api import Person
from tests.gateway import Gateway
from tests.nouns.elsewhere import told
from tests.patience import until
from tests.server import Server


class Readers:
    """Ann owns a guild and writes; Ben reads."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def meet(self) -> "Readers":
        self.ann = await self.server.person()
        self.ben = await self.server.person()
        self.guild = await self.ann.guild()
        self.id: str = self.guild["id"]
        quiet = {"system_channel_id": None}  # who joins would have spoken there
        await self.ann.patch(f"/guilds/{self.id}", quiet)
        self.talk: str = (await self.ann.channel(self.id, "talk"))["id"]
        self.other: str = (await self.ann.channel(self.id, "other"))["id"]
        await self.ann.bring(self.ben, self.talk)
        return self

    async def states(self, person: Person, **options: Any) -> dict[str, Any]:
        """What a device that opens now is told, by channel."""
        async with self.server.gateway(person, **options) as device:
            return {it["id"]: it for it in device.ready["read_state"]}

    async def count(self, person: Person, channel_id: str | None = None) -> int:
        state = (await self.states(person)).get(channel_id or self.talk, {})
        return int(state.get("mention_count", 0))

    async def call(self, content: str = "", channel_id: str | None = None, **more: Any) -> Any:
        return await self.ann.say(channel_id or self.talk, f"<@{self.ben.id}> {content}", **more)

    def ack(self, message: dict[str, Any]) -> str:
        return f"/channels/{message['channel_id']}/messages/{message['id']}/ack"


@pytest.fixture
async def readers(server: Server) -> Readers:
    return await Readers(server).meet()


@pytest.fixture
async def alone(own_server: Server) -> Readers:
    """On a server whose database the test looks into."""
    return await Readers(own_server).meet()


# Acks.


async def test_an_ack_reaches_every_device_of_its_owner(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    async with readers.server.gateway(readers.ben) as phone:
        answer = await readers.ben.post(readers.ack(said), {"token": None})
        assert answer == {"token": None}
        heard = (await phone.expect("MESSAGE_ACK")).data
    assert heard["message_id"] == said["id"]
    assert (heard["channel_id"], heard["mention_count"]) == (readers.talk, 0)
    assert (await readers.states(readers.ben))[readers.talk]["last_message_id"] == said["id"]


async def test_an_ack_reaches_nobody_else(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    async with readers.server.gateway(readers.ann) as spy:
        await readers.ben.post(readers.ack(said), {})
        await spy.quiet("MESSAGE_ACK")


async def test_a_late_ack_does_not_lead_back(readers: Readers) -> None:
    old, new = [await readers.ann.say(readers.talk, text) for text in ("old", "new")]
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(readers.ack(new), {})
        await phone.expect("MESSAGE_ACK")
        await readers.ben.post(readers.ack(old), {})
        assert (await phone.expect("MESSAGE_ACK")).data["message_id"] == new["id"]
    assert (await readers.states(readers.ben))[readers.talk]["last_message_id"] == new["id"]


async def test_by_hand_one_goes_back_with_a_count_of_ones_own(readers: Readers) -> None:
    old, new = [await readers.ann.say(readers.talk, text) for text in ("old", "new")]
    await readers.ben.post(readers.ack(new), {})
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(readers.ack(old), {"manual": True, "mention_count": 4})
        heard = (await phone.expect("MESSAGE_ACK")).data
    assert (heard["message_id"], heard["manual"], heard["mention_count"]) == (old["id"], True, 4)
    assert await readers.count(readers.ben) == 4
    await readers.call("and one more")
    assert await readers.count(readers.ben) == 5
    await readers.ben.post(readers.ack(new), {})
    assert await readers.count(readers.ben) == 1


async def test_by_hand_without_a_count_the_calls_are_counted(readers: Readers) -> None:
    first = await readers.ann.say(readers.talk, "first")
    last = await readers.call()
    await readers.ben.post(readers.ack(last), {})
    assert await readers.count(readers.ben) == 0
    await readers.ben.post(readers.ack(first), {"manual": True})
    assert await readers.count(readers.ben) == 1


async def test_flags_and_the_day_of_the_last_view_are_kept(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    await readers.ben.post(readers.ack(said), {"flags": 1, "last_viewed": 4300})
    await readers.ben.post(readers.ack(said), {"last_viewed": 4301})
    state = (await readers.states(readers.ben))[readers.talk]
    assert (state["flags"], state["last_viewed"]) == (1, 4301)


async def test_nobody_has_read_what_is_still_to_come(readers: Readers) -> None:
    far = {"channel_id": readers.talk, "id": str(2**63 - 1)}
    await readers.ben.post(readers.ack(far), {})
    await readers.call()
    assert await readers.count(readers.ben) == 1


async def test_what_one_cannot_see_one_cannot_have_read(readers: Readers) -> None:
    deny = [{"id": readers.id, "type": 0, "deny": str(1 << 10)}]
    hidden = await readers.ann.channel(readers.id, "hidden", permission_overwrites=deny)
    said = await readers.ann.say(hidden["id"], "secret")
    assert (await readers.ben.refused("POST", readers.ack(said), {})).code == 50001
    update = {"channel_id": hidden["id"], "message_id": said["id"]}
    await readers.ben.post("/read-states/ack-bulk", {"read_states": [update]})
    assert hidden["id"] not in await readers.states(readers.ben)


async def test_bots_read_nothing(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    bot = await readers.server.bot(readers.ann, readers.id)
    assert (await bot.refused("POST", readers.ack(said), {})).code == 20001
    assert (await bot.refused("GET", "/users/@me/mentions")).code == 20001
    path = f"/users/@me/guilds/{readers.id}/settings"
    assert (await bot.refused("PATCH", path, {})).code == 20001


async def test_many_channels_are_read_in_one_call(readers: Readers) -> None:
    said = [await readers.call(channel_id=it) for it in (readers.talk, readers.other)]
    updates = [{"channel_id": it["channel_id"], "message_id": it["id"]} for it in said]
    ignored = [
        {"channel_id": readers.talk, "message_id": "0"},
        {"channel_id": readers.talk, "message_id": "5"},
        {"channel_id": "77", "message_id": "5"},
        {"channel_id": readers.id, "message_id": "5", "read_state_type": 2},
        {"channel_id": "77", "message_id": "5", "read_state_type": 1},
    ]
    features = [
        {"channel_id": readers.id, "message_id": "6", "read_state_type": 1},
        {"channel_id": readers.ben.id, "message_id": "7", "read_state_type": 2},
    ]
    async with readers.server.gateway(readers.ben) as phone:
        body = {"read_states": [*updates, *ignored, *features]}
        await readers.ben.post("/read-states/ack-bulk", body)
        heard = [(await phone.expect("MESSAGE_ACK")).data for _ in said]
        assert {it["message_id"] for it in heard} == {it["id"] for it in said}
        assert (await phone.expect("GUILD_FEATURE_ACK")).data["entity_id"] == "6"
        assert (await phone.expect("USER_NON_CHANNEL_ACK")).data["entity_id"] == "7"
        await readers.ben.post("/read-states/ack-bulk", body)
        await phone.quiet("MESSAGE_ACK")  # nothing new, nothing told
    states = await readers.states(readers.ben)
    assert states.keys() == {readers.talk, readers.other, readers.id, readers.ben.id}
    assert states[readers.id]["last_acked_id"] == "6"


async def test_more_than_ten_thousand_at_once_are_refused(readers: Readers) -> None:
    update = {"channel_id": readers.talk, "message_id": "5"}
    body = {"read_states": [update] * 10_001}
    assert (await readers.ben.refused("POST", "/read-states/ack-bulk", body)).code == 50035


async def test_a_whole_guild_is_read_at_once(readers: Readers) -> None:
    for channel_id in (readers.talk, readers.other):
        await readers.call(channel_id=channel_id)
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(f"/guilds/{readers.id}/ack", {})
        heard = {(await phone.expect("MESSAGE_ACK")).data["channel_id"] for _ in range(2)}
        assert heard == {readers.talk, readers.other}
        kinds = [(await phone.expect("GUILD_FEATURE_ACK")).data["ack_type"] for _ in range(3)]
        assert sorted(kinds) == [1, 3, 4]
    assert await readers.count(readers.ben) == 0


async def test_features_are_read_up_to_what_is_named(readers: Readers) -> None:
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(f"/guilds/{readers.id}/ack/1/500", {})
        heard = (await phone.expect("GUILD_FEATURE_ACK")).data
        assert (heard["ack_type"], heard["resource_id"], heard["entity_id"]) == (
            1,
            readers.id,
            "500",
        )
        await readers.ben.post("/users/@me/2/600/ack", {})
        heard = (await phone.expect("USER_NON_CHANNEL_ACK")).data
        assert (heard["ack_type"], heard["resource_id"]) == (2, readers.ben.id)
    for path in (f"/guilds/{readers.id}/ack/2/5", "/users/@me/1/5/ack", "/users/@me/x/5/ack"):
        assert (await readers.ben.refused("POST", path, {})).status == 404


async def test_pins_are_seen_on_every_device(readers: Readers) -> None:
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(f"/channels/{readers.talk}/pins/ack")
        await phone.quiet("CHANNEL_PINS_ACK")
        said = await readers.ann.say(readers.talk, "to be kept")
        await readers.ann.put(f"/channels/{readers.talk}/pins/{said['id']}")
        changed = (await phone.expect("CHANNEL_PINS_UPDATE")).data
        await readers.ben.post(f"/channels/{readers.talk}/pins/ack")
        heard = (await phone.expect("CHANNEL_PINS_ACK")).data
    assert heard["timestamp"] == changed["last_pin_timestamp"]
    state = (await readers.states(readers.ben))[readers.talk]
    assert state["last_pin_timestamp"] == heard["timestamp"]


async def test_a_read_state_can_be_forgotten(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    await readers.ben.post(readers.ack(said), {})
    await readers.ben.delete(f"/channels/{readers.talk}/messages/ack", {"version": 2})
    assert readers.talk not in await readers.states(readers.ben)


async def test_versions_only_grow_and_come_along_where_asked_for(readers: Readers) -> None:
    said = await readers.ann.say(readers.talk, "news")
    known: dict[str, Any] = {"capabilities": 1 << 2 | 1 << 3, "guilds": False}
    async with readers.server.gateway(readers.ben, **known) as phone:
        before = phone.ready["read_state"]
        assert before == {"entries": [], "version": 0, "partial": False}
        assert phone.ready["user_guild_settings"]["entries"] == []
        await readers.ben.post(readers.ack(said), {})
        version = (await phone.expect("MESSAGE_ACK")).data["version"]
    async with readers.server.gateway(readers.ben, **known) as tablet:
        assert tablet.ready["read_state"]["version"] == version > 0


# One's own words.


async def test_who_speaks_has_read(alone: Readers, database: str) -> None:
    await alone.call()
    assert await alone.count(alone.ben) == 1
    said = await alone.ben.say(alone.talk, "here I am")
    state = (await alone.states(alone.ben))[alone.talk]
    assert (state["last_message_id"], state["mention_count"]) == (said["id"], 0)
    assert await told(database, "select * from read_states") == []


async def are_gone(person: Person, messages: str) -> bool:
    return len(await person.get(messages)) == 1


@pytest.mark.parametrize("way", ["one by one", "together", "purged"])
async def test_who_spoke_has_read_also_when_their_words_are_gone(
    readers: Readers, way: str
) -> None:
    await readers.ann.say(readers.talk, "news")
    said = [(await readers.ben.say(readers.talk, "well"))["id"] for _ in range(2)]
    messages = f"/channels/{readers.talk}/messages"
    if way == "one by one":
        for id_ in said:
            await readers.ben.delete(f"{messages}/{id_}")
    elif way == "together":
        await readers.ann.post(f"{messages}/bulk-delete", {"messages": said})
    else:
        await readers.ann.post(f"/channels/{readers.talk}/purges", {"limit": 2})
        await until(lambda: are_gone(readers.ann, messages))
    state = (await readers.states(readers.ben))[readers.talk]
    assert state["last_message_id"] == said[-1]


async def test_what_is_marked_unread_stays_so_whatever_one_said_before(readers: Readers) -> None:
    call = await readers.call()
    await readers.ben.say(readers.talk, "here I am")
    before = {**call, "id": str(int(call["id"]) - 1)}
    await readers.ben.post(readers.ack(before), {"manual": True, "mention_count": 1})
    state = (await readers.states(readers.ben))[readers.talk]
    assert (state["last_message_id"], state["mention_count"]) == (before["id"], 1)
    said = await readers.ben.say(readers.talk, "and again")
    state = (await readers.states(readers.ben))[readers.talk]
    assert (state["last_message_id"], state["mention_count"]) == (said["id"], 0)


async def test_an_ack_from_before_ones_own_message_does_not_lead_back(readers: Readers) -> None:
    call = await readers.call()
    said = await readers.ben.say(readers.talk, "here I am")
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(readers.ack(call), {})
        assert (await phone.expect("MESSAGE_ACK")).data["message_id"] == said["id"]


# Mentions.


async def test_calls_are_counted_until_they_are_read(readers: Readers) -> None:
    calls = [await readers.call(str(number)) for number in range(3)]
    await readers.ann.say(readers.talk, "no call")
    assert await readers.count(readers.ben) == 3
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.post(readers.ack(calls[1]), {})
        assert (await phone.expect("MESSAGE_ACK")).data["mention_count"] == 1
    assert await readers.count(readers.ben) == 1


async def test_edits_and_deletions_count_as_what_they_leave(readers: Readers) -> None:
    call = await readers.call("come")
    plain = await readers.ann.say(readers.talk, "plain")
    path = f"/channels/{readers.talk}/messages"
    await readers.ann.patch(f"{path}/{plain['id']}", {"content": f"<@{readers.ben.id}> plain"})
    assert await readers.count(readers.ben) == 2
    await readers.ann.patch(f"{path}/{plain['id']}", {"content": "plain again"})
    assert await readers.count(readers.ben) == 1
    await readers.ann.delete(f"{path}/{call['id']}")
    assert await readers.count(readers.ben) == 0


async def test_everyone_and_roles_count_for_whom_they_call(alone: Readers, database: str) -> None:
    role = await alone.ann.post(f"/guilds/{alone.id}/roles", {"name": "helpers"})
    await alone.ann.say(alone.talk, "@everyone come")
    await alone.ann.say(alone.talk, f"<@&{role['id']}> and you")
    assert await alone.count(alone.ben) == 1
    await alone.ann.put(f"/guilds/{alone.id}/members/{alone.ben.id}/roles/{role['id']}")
    assert await alone.count(alone.ben) == 2
    await alone.ann.say(alone.talk, f"@everyone <@&{role['id']}> <@{alone.ben.id}>")
    assert await alone.count(alone.ben) == 3
    assert await alone.count(alone.ann) == 0
    rows = await told(database, "select user_id from user_mentions")
    assert [str(row["user_id"]) for row in rows] == [alone.ben.id]


async def test_what_one_suppresses_does_not_count(readers: Readers) -> None:
    role = await readers.ann.post(f"/guilds/{readers.id}/roles", {"name": "helpers"})
    await readers.ann.put(f"/guilds/{readers.id}/members/{readers.ben.id}/roles/{role['id']}")
    await readers.ann.say(readers.talk, "@everyone")
    await readers.ann.say(readers.talk, f"<@&{role['id']}>")
    await readers.call()
    path = f"/users/@me/guilds/{readers.id}/settings"
    for body, count in (
        ({"suppress_everyone": True}, 2),
        ({"suppress_roles": True}, 1),
        ({"muted": True}, 1),
    ):
        await readers.ben.patch(path, body)
        assert await readers.count(readers.ben) == count


async def test_who_came_later_was_not_called(readers: Readers) -> None:
    await readers.ann.say(readers.talk, "@everyone")
    newcomer = await readers.server.person()
    await readers.ann.bring(newcomer, readers.talk)
    assert await readers.count(newcomer) == 0
    await readers.ann.say(readers.talk, "@everyone welcome")
    assert await readers.count(newcomer) == 1


async def test_the_words_of_the_blocked_do_not_count(alone: Readers, database: str) -> None:
    await alone.call()
    await told(
        database,
        "insert into relationships (user_id, other_id, type) values ($1, $2, 2)",
        int(alone.ben.id),
        int(alone.ann.id),
    )
    assert await alone.count(alone.ben) == 0
    assert await alone.ben.get("/users/@me/mentions") == []


async def test_a_call_where_one_may_not_look_is_not_counted(readers: Readers) -> None:
    deny = [{"id": readers.id, "type": 0, "deny": str(1 << 10)}]
    hidden = await readers.ann.channel(readers.id, "hidden", permission_overwrites=deny)
    await readers.call("@everyone", hidden["id"])
    assert await readers.states(readers.ben) == {}
    assert await readers.ben.get("/users/@me/mentions") == []


# The list of mentions.


async def _listed(person: Person, query: str = "") -> list[str]:
    return [it["content"] for it in await person.get(f"/users/@me/mentions{query}")]


async def test_the_list_shows_who_called_and_can_be_narrowed(readers: Readers) -> None:
    role = await readers.ann.post(f"/guilds/{readers.id}/roles", {"name": "helpers"})
    await readers.ann.put(f"/guilds/{readers.id}/members/{readers.ben.id}/roles/{role['id']}")
    call = f"<@{readers.ben.id}> a"
    first = await readers.ann.say(readers.talk, call)
    await readers.ann.say(readers.other, f"<@&{role['id']}>")
    third = await readers.ann.say(readers.talk, "@everyone")
    helpers = f"<@&{role['id']}>"
    assert await _listed(readers.ben) == ["@everyone", helpers, call]
    assert await _listed(readers.ben, "?everyone=false") == [helpers, call]
    assert await _listed(readers.ben, "?roles=false") == ["@everyone", call]
    assert await _listed(readers.ben, "?limit=1") == ["@everyone"]
    assert await _listed(readers.ben, f"?before={third['id']}") == [helpers, call]
    assert await _listed(readers.ben, f"?guild_id={readers.id}&limit=2") == ["@everyone", helpers]
    assert await _listed(readers.ben, "?guild_id=5") == []
    assert await _listed(readers.ann) == []
    assert (await readers.ben.get("/users/@me/mentions"))[-1]["id"] == first["id"]


async def test_what_is_taken_off_the_list_is_gone_on_every_device(readers: Readers) -> None:
    call = await readers.call()
    async with readers.server.gateway(readers.ben) as phone:
        await readers.ben.delete(f"/users/@me/mentions/{call['id']}")
        assert (await phone.expect("RECENT_MENTION_DELETE")).data == {"message_id": call["id"]}
    assert await readers.ben.get("/users/@me/mentions") == []
    assert await readers.count(readers.ben) == 1


async def test_the_list_needs_the_history(readers: Readers) -> None:
    await readers.call()
    deny = {"type": 0, "allow": "0", "deny": str(1 << 16)}
    await readers.ann.put(f"/channels/{readers.talk}/permissions/{readers.id}", deny)
    assert await readers.ben.get("/users/@me/mentions") == []


async def test_two_devices_end_up_with_the_same(readers: Readers) -> None:
    said = [await readers.call(str(number)) for number in range(8)]
    async with (
        readers.server.gateway(readers.ben) as phone,
        readers.server.gateway(readers.ben) as tablet,
    ):
        for message in (said[3], said[1], said[6], said[2]):
            await readers.ben.post(readers.ack(message), {})
        heard = [await _last_ack(device, 4) for device in (phone, tablet)]
    state = (await readers.states(readers.ben))[readers.talk]
    assert heard[0] == heard[1]
    assert (heard[0]["message_id"], heard[0]["mention_count"]) == (
        state["last_message_id"],
        state["mention_count"],
    )


async def _last_ack(device: Gateway, count: int) -> dict[str, Any]:
    acks = [(await device.expect("MESSAGE_ACK")).data for _ in range(count)]
    found: dict[str, Any] = acks[-1]
    return found


# Private channels.


async def _private(readers: Readers, database: str) -> str:
    await told(database, "insert into channels (id, type) values (77, 1)")
    query = "insert into recipients (channel_id, user_id) select 77, unnest($1::bigint[])"
    await told(database, query, [int(readers.ann.id), int(readers.ben.id)])
    return "77"


async def test_every_private_message_counts_until_it_is_read(alone: Readers, database: str) -> None:
    channel_id = await _private(alone, database)
    said = [await alone.ann.say(channel_id, text) for text in ("psst", "are you there?")]
    assert await alone.count(alone.ben, channel_id) == 2
    assert await alone.count(alone.ann, channel_id) == 0
    async with alone.server.gateway(alone.ben) as phone:
        await alone.ben.post(alone.ack(said[0]), {})
        assert (await phone.expect("MESSAGE_ACK")).data["mention_count"] == 1
    bulk = {"read_states": [{"channel_id": channel_id, "message_id": said[1]["id"]}]}
    await alone.ben.post("/read-states/ack-bulk", bulk)
    assert await alone.count(alone.ben, channel_id) == 0


async def test_in_a_muted_private_channel_only_calls_count(alone: Readers, database: str) -> None:
    channel_id = await _private(alone, database)
    await alone.ann.say(channel_id, "psst")
    path = "/users/@me/guilds/@me/settings"
    for mute, count in (
        ({"muted": True, "mute_config": {"end_time": "2020-01-01T00:00:00Z"}}, 1),
        ({"muted": True, "mute_config": {"end_time": "2100-01-01T00:00:00Z"}}, 0),
        ({"muted": True, "mute_config": None}, 0),
        ({"muted": False}, 1),
    ):
        await alone.ben.patch(path, {"channel_overrides": {channel_id: mute}})
        assert await alone.count(alone.ben, channel_id) == count
    await alone.ben.patch(path, {"channel_overrides": {channel_id: {"muted": True}}})
    await alone.call("", channel_id)
    assert await alone.count(alone.ben, channel_id) == 1
    assert [it["channel_id"] for it in await alone.ben.get("/users/@me/mentions")] == ["77"]


async def test_a_stranger_can_ack_nothing_private(alone: Readers, database: str) -> None:
    channel_id = await _private(alone, database)
    stranger = await alone.server.person()
    path = f"/channels/{channel_id}/messages/5/ack"
    assert (await stranger.refused("POST", path, {})).code == 10003
    bulk = {"read_states": [{"channel_id": channel_id, "message_id": "5"}]}
    await stranger.post("/read-states/ack-bulk", bulk)
    assert await alone.states(stranger) == {}

"""`make demo`: the sample community as the sample person finds it."""

from datetime import UTC, datetime, timedelta

from tests.gateway import Gateway
from tests.patience import until
from tests.server import Sample


async def test_the_sample_person_finds_two_weeks_of_talk(sample: Sample) -> None:
    robin = await sample.person()
    told = 0
    oldest = newest = datetime.now(UTC)
    for grounds in sample.community.guilds.values():
        for room in grounds.rooms.values():
            messages = await robin.get(f"/channels/{room}/messages?limit=100")
            told += len(messages)
            for message in messages:
                oldest = min(oldest, datetime.fromisoformat(message["timestamp"]))
    assert told > 300
    assert timedelta(days=13) < newest - oldest < timedelta(days=16)


async def test_there_is_one_of_everything_to_look_at(sample: Sample) -> None:
    robin = await sample.person()
    club = sample.community.guilds["longwave"]
    messages = [
        message
        for room in club.rooms.values()
        for message in await robin.get(f"/channels/{room}/messages?limit=100")
    ]
    assert any(len(message["attachments"]) > 2 for message in messages)
    pictures = [file for message in messages for file in message["attachments"]]
    assert all(file["description"] and file["width"] for file in pictures)
    assert any(message["embeds"] for message in messages)
    assert any(message["edited_timestamp"] for message in messages)
    assert any(message["pinned"] for message in messages)
    assert any("```" in message["content"] for message in messages)
    assert any(message["type"] == 19 for message in messages)
    reactions = [it["emoji"] for message in messages for it in message.get("reactions", [])]
    assert any(emoji["id"] for emoji in reactions)
    assert any(not emoji["id"] for emoji in reactions)
    hoisted = [it for it in await robin.get(f"/guilds/{club.id}/roles") if it["hoist"]]
    assert len({role["color"] for role in hoisted}) > 3
    assert len(await robin.get(f"/guilds/{club.id}/bans")) == 2
    log = await robin.get(f"/guilds/{club.id}/audit-logs?limit=100")
    assert len({entry["action_type"] for entry in log["audit_log_entries"]}) > 6


async def test_something_waits_for_the_sample_person(sample: Sample) -> None:
    robin = await sample.person()
    kinds = {it["type"] for it in await robin.get("/users/@me/relationships")}
    assert kinds == {1, 2, 3, 4}
    mentions = await robin.get("/users/@me/mentions")
    assert len(mentions) > 3
    private = await robin.get("/users/@me/channels")
    assert {channel["type"] for channel in private} == {1, 3}


async def test_many_are_around_and_nobody_speaks(sample: Sample) -> None:
    robin = await sample.person()
    club = sample.community.guilds["longwave"]

    async def are_there() -> bool:
        counts = await robin.get(f"/guilds/{club.id}?with_counts=true")
        return bool(counts["approximate_presence_count"] > 20)

    await until(are_there)
    async with Gateway.connected(sample.server.url) as gateway:
        await gateway.identify(robin.api.bare_token)
        await gateway.quiet("MESSAGE_CREATE", 2.0)

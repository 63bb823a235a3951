"""Nobody finds, counts or guesses by searching what they may not read."""

from typing import Any

import pytest

from rift.events import CATALOGUE, Audience
from tests.api import Person
from tests.guard.secrets import MARK, SECRETS
from tests.guard.stage import VIEW, Stage
from tests.nouns.archive import HISTORY, ids
from tests.nouns.circles import befriend, direct, group
from tests.patience import until
from tests.server import Server

Json = dict[str, Any]

EVERYWHERE = "/users/@me/messages/search"
IN_CHANNELS = {event.__name__ for event in CATALOGUE if event.about.audience is Audience.CHANNEL}


async def _until_found(person: Person, path: str, word: str) -> str:
    """Until a word is found where it may be; the id of its message."""
    found: list[str] = []

    async def there() -> bool:
        found[:] = ids(await person.get(f"{path}?content={word}"))
        return bool(found)

    await until(there)
    return found[0]


async def _finds_nothing(person: Person, path: str, query: str) -> None:
    found = await person.get(f"{path}?{query}")
    assert (ids(found), found["total_results"]) == ([], 0), query


async def _indexed(stage: Stage) -> None:
    """Until all that was written before is in the index."""
    await stage.owner.say(stage.open["id"], "plugh")
    await _until_found(stage.owner, f"/guilds/{stage.id}/messages/search", "plugh")


@pytest.mark.parametrize("name", sorted(SECRETS.keys() & IN_CHANNELS))
async def test_what_happens_in_the_hidden_channel_is_found_by_nobody_else(
    server: Server, name: str
) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    await stage.owner.say(stage.hidden["id"], f"{MARK} before all others")
    await SECRETS[name](stage)
    await _indexed(stage)
    for query in (f"content={MARK}", f"content={MARK[:3]}", f"content={MARK}x%20"):
        await _finds_nothing(stage.member, EVERYWHERE, query)
        await _finds_nothing(stage.outsider, EVERYWHERE, query)
        await _finds_nothing(stage.member, path, query)
    assert (await stage.outsider.refused("GET", f"{path}?content={MARK}")).code == 50001


async def test_no_filter_reaches_into_a_channel_one_may_not_read(server: Server) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    hidden = stage.hidden["id"]
    said = await stage.owner.say(hidden, f"{MARK} https://secret.example <@{stage.member.id}>")
    await stage.owner.put(f"/channels/{hidden}/messages/pins/{said['id']}")
    await _indexed(stage)
    for query in (
        f"channel_id={hidden}",
        f"channel_id={hidden}&content={MARK}",
        f"mentions={stage.member.id}",
        f"content={MARK}&author_id={stage.owner.id}",
        f"max_id={int(said['id']) + 1}&min_id={int(said['id']) - 1}",
        f"around={said['id']}&content={MARK}",
        f"content={MARK}&sort_by=relevance",
        "link_hostname=secret.example",
        "has=link",
        "pinned=true",
    ):
        await _finds_nothing(stage.member, path, query)
    tabs = {"tabs": {"messages": {"content": MARK}, "links": {"has": ["link"]}}}
    found = (await stage.member.post(f"{path}/tabs", tabs))["tabs"]
    assert [it["total_results"] for it in found.values()] == [0, 0]
    answer = await stage.member.refused("GET", f"/channels/{hidden}/messages/search?content=x")
    assert answer.code == 50001


async def test_who_may_not_read_the_history_finds_nothing(server: Server) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    await stage.owner.say(stage.open["id"], MARK)
    await _indexed(stage)
    assert ids(await stage.member.get(f"{path}?content={MARK}"))
    deny = {"type": 0, "allow": "0", "deny": str(HISTORY)}
    await stage.owner.put(f"/channels/{stage.open['id']}/permissions/{stage.id}", deny)
    await _finds_nothing(stage.member, path, f"content={MARK}")
    await _finds_nothing(stage.member, EVERYWHERE, f"content={MARK}")


async def test_what_is_for_adults_is_found_where_it_is_asked_for(server: Server) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    restricted = await stage.owner.channel(stage.id, "restricted", nsfw=True)
    await stage.owner.say(restricted["id"], MARK)
    await _indexed(stage)
    await _finds_nothing(stage.owner, path, f"content={MARK}")
    await _finds_nothing(stage.owner, EVERYWHERE, f"content={MARK}")
    assert ids(await stage.owner.get(f"{path}?content={MARK}&include_nsfw=true"))


async def test_a_word_known_elsewhere_changes_nothing_of_what_one_finds(server: Server) -> None:
    """Whether a slip is forgiven must not tell that the hidden channel has the very word."""
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    said = await stage.owner.say(stage.open["id"], "a kangeroo")
    await _indexed(stage)
    assert ids(await stage.member.get(f"{path}?content=kangaroo%20")) == [said["id"]]
    await stage.owner.say(stage.hidden["id"], "a kangaroo")
    await _indexed(stage)
    found = await stage.member.get(f"{path}?content=kangaroo%20")
    assert (ids(found), found["total_results"]) == ([said["id"]], 1)


async def test_what_is_said_in_private_is_found_by_nobody_outside(server: Server) -> None:
    stage = await Stage(server).set()
    friend = await server.person()
    await befriend(stage.owner, friend)
    talk = await direct(stage.owner, friend)
    circle = await group(stage.owner, friend)
    for channel in (talk, circle):
        await stage.owner.say(channel["id"], MARK)
    await until(lambda: _both(friend))
    for other in (stage.member, stage.outsider):
        await _finds_nothing(other, EVERYWHERE, f"content={MARK}")
        await _finds_nothing(other, EVERYWHERE, f"content={MARK}&channel_id={talk['id']}")
        path = f"/channels/{talk['id']}/messages/search?content={MARK}"
        assert (await other.refused("GET", path)).code == 10003
    await _finds_nothing(stage.owner, f"/guilds/{stage.id}/messages/search", f"content={MARK}")


async def _both(person: Person) -> bool:
    return len(ids(await person.get(f"{EVERYWHERE}?content={MARK}"))) == 2


async def test_who_was_put_out_finds_nothing_more(server: Server) -> None:
    stage = await Stage(server).set()
    path = f"/guilds/{stage.id}/messages/search"
    await stage.owner.say(stage.open["id"], MARK)
    await _indexed(stage)
    assert ids(await stage.member.get(f"{path}?content={MARK}"))
    await stage.owner.delete(stage.members_path(stage.member))
    assert (await stage.member.refused("GET", f"{path}?content={MARK}")).code == 50001
    await _finds_nothing(stage.member, EVERYWHERE, f"content={MARK}")


async def test_a_saved_search_tells_of_nothing_its_owner_may_not_read_by_then(
    server: Server,
) -> None:
    stage = await Stage(server).set()
    body = {"name": "mine", "query": {"content": MARK}, "notify": True, "guild_id": stage.id}
    await stage.member.post("/users/@me/saved-searches", body)
    async with server.gateway(stage.member) as device:
        await stage.owner.say(stage.hidden["id"], MARK)
        said = await stage.owner.say(stage.open["id"], MARK)
        hit = (await device.expect("SAVED_SEARCH_HIT")).data
        assert (hit["message_id"], hit["count"]) == (said["id"], 1)
        deny = {"type": 1, "allow": "0", "deny": VIEW}
        overwrite = f"/channels/{stage.open['id']}/permissions/{stage.member.id}"
        await stage.owner.put(overwrite, deny)
        await stage.owner.say(stage.open["id"], f"{MARK} again")
        await _indexed(stage)
        await device.quiet("SAVED_SEARCH_HIT", for_s=1.5)

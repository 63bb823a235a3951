"""What was edited away and deleted: seen by those who moderate, and by nobody else."""

from typing import Any

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.server import Server

NEEDS = (Permission.MANAGE_MESSAGES, Permission.VIEW_AUDIT_LOG)


async def edited(group: Company) -> str:
    """A message of the guest's that said three things; its path."""
    message = await group.guest.say(group.channel["id"], "first")
    path = f"/channels/{group.channel['id']}/messages/{message['id']}"
    for text in ("second", "third"):
        await group.guest.patch(path, {"content": text})
    return path


def told(revisions: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [
        (it["content"], it["ended"], it["ended_by"] and it["ended_by"]["id"]) for it in revisions
    ]


async def test_a_moderator_sees_all_a_message_ever_said(server: Server) -> None:
    group = await company(server, *NEEDS)
    path = await edited(group)
    first = [("first", "edit", group.guest.id), ("second", "edit", group.guest.id)]
    seen = await group.moderator.get(f"{path}/history")
    assert told(seen) == [*first, ("third", "current", None)]
    assert await group.guest.get(f"{path}/history") == seen, "an author sees their own"
    await group.owner.delete(path)
    seen = await group.moderator.get(f"{path}/history")
    assert told(seen) == [*first, ("third", "delete", group.owner.id)]
    assert (await group.guest.refused("GET", f"{path}/history")).code == 50013


async def test_both_permissions_are_needed(server: Server) -> None:
    for permission in NEEDS:
        group = await company(server, permission)
        path = await edited(group)
        for address in (
            f"{path}/history",
            f"/channels/{group.channel['id']}/deleted-messages",
            f"/guilds/{group.id}/deleted-messages",
        ):
            assert (await group.moderator.refused("GET", address)).code == 50013
        stranger = await server.person()
        assert (await stranger.refused("GET", f"{path}/history")).code == 50001


async def listed(person: Person, path: str) -> list[str]:
    return [message["content"] for message in await person.get(path)]


async def test_deleted_messages_are_listed_by_channel_author_and_time(server: Server) -> None:
    group = await company(server, *NEEDS)
    other = await group.owner.channel(group.id, "elsewhere")
    ids = []
    for number in range(4):
        channel = other if number % 2 else group.channel
        person = group.guest if number < 3 else group.owner
        message = await person.say(channel["id"], f"{number}")
        ids.append(message["id"])
        await group.owner.delete(f"/channels/{channel['id']}/messages/{message['id']}")
    here, everywhere = f"/channels/{group.channel['id']}", f"/guilds/{group.id}"
    assert await listed(group.moderator, f"{here}/deleted-messages") == ["2", "0"]
    path = f"{everywhere}/deleted-messages"
    assert await listed(group.moderator, path) == ["3", "2", "1", "0"]
    assert await listed(group.moderator, f"{path}?author_id={group.owner.id}") == ["3"]
    assert await listed(group.moderator, f"{path}?limit=2&before={ids[3]}") == ["2", "1"]
    assert await listed(group.moderator, f"{path}?limit=2&after={ids[0]}") == ["1", "2"]
    of_author = f"{here}/deleted-messages?author_id={group.guest.id}&before={ids[2]}"
    assert await listed(group.moderator, of_author) == ["0"]
    [newest] = await group.moderator.get(f"{path}?limit=1")
    assert newest["author"]["id"] == group.owner.id
    assert newest["deleted_by"]["id"] == group.owner.id
    assert (newest["id"], newest["channel_id"], newest["guild_id"]) == (
        ids[3],
        other["id"],
        group.id,
    )


async def test_a_channel_one_may_not_see_keeps_its_deleted_messages(server: Server) -> None:
    group = await company(server, *NEEDS)
    deny = [{"id": group.id, "type": 0, "deny": "1024"}]
    hidden = await group.owner.channel(group.id, "hidden", permission_overwrites=deny)
    for channel, text in ((hidden, "secret"), (group.channel, "open")):
        message = await group.owner.say(channel["id"], text)
        await group.owner.delete(f"/channels/{channel['id']}/messages/{message['id']}")
    path = f"/guilds/{group.id}/deleted-messages"
    assert await listed(group.moderator, path) == ["open"]
    by_author = f"{path}?author_id={group.owner.id}"
    assert await listed(group.moderator, by_author) == ["open"]
    assert await listed(group.owner, by_author) == ["open", "secret"]
    hidden_path = f"/channels/{hidden['id']}/deleted-messages"
    assert (await group.moderator.refused("GET", hidden_path)).code == 50001


async def test_messages_of_another_guild_are_not_found_by_their_author(server: Server) -> None:
    group, elsewhere = await company(server, *NEEDS), await server.person()
    guild = await elsewhere.guild()
    channel = await elsewhere.channel(guild["id"])
    await elsewhere.bring(group.guest, channel["id"])
    message = await group.guest.say(channel["id"], "of another guild")
    await group.guest.delete(f"/channels/{channel['id']}/messages/{message['id']}")
    path = f"/guilds/{group.id}/deleted-messages?author_id={group.guest.id}"
    assert await listed(group.moderator, path) == []
    astray = f"/channels/{group.channel['id']}/messages/{message['id']}/history"
    assert (await group.moderator.refused("GET", astray)).code == 10008


async def test_looking_leaves_a_trace_others_can_see(server: Server) -> None:
    group = await company(server, *NEEDS)
    path = f"/guilds/{group.id}/deleted-messages"
    for _ in range(2):
        await group.moderator.get(path)
    await group.moderator.get(f"/channels/{group.channel['id']}/deleted-messages")
    seen = await group.owner.get(f"{path}/readings")
    assert [(it["user"]["id"], it["channel_id"], it["times"]) for it in seen] == [
        (group.moderator.id, group.channel["id"], 1),
        (group.moderator.id, None, 2),
    ]
    assert (await group.guest.refused("GET", f"{path}/readings")).code == 50013


async def test_what_a_ban_or_a_purge_deletes_is_in_the_history_too(server: Server) -> None:
    group = await company(server, *NEEDS)
    for text in ("one", "two"):
        await group.guest.say(group.channel["id"], text)
    await group.owner.post(f"/channels/{group.channel['id']}/purges", {"contains": "one"})
    await group.owner.put(group.ban(group.guest), {"delete_message_seconds": 600})
    path = f"/guilds/{group.id}/deleted-messages"
    welcome = ""  # which somebody wrote by coming in
    assert await listed(group.moderator, path) == ["two", "one", welcome]

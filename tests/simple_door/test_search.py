"""Finding messages over the simple door."""

from rift.doors.simple import ids
from tests.nouns.archive import Archive
from tests.server import Server
from tests.simple_door.caller import Caller


async def test_messages_are_found_by_their_words(server: Server) -> None:
    archive = await Archive(server).open()
    caller = await Caller.behind(server, archive.ben)
    said = [await archive.say(f"a remarkable saying {number}") for number in range(3)]
    hidden = await archive.ann.channel(
        archive.id, "hidden", permission_overwrites=[{"id": archive.id, "type": 0, "deny": "1024"}]
    )
    await archive.say("a remarkable secret", hidden["id"])
    await archive.settled()
    newest_first = [ids.shown(id_) for id_ in reversed(said)]
    for where in ("", f"&server_id={ids.shown(archive.id)}", f"&channel_id={archive.talk}"):
        found = await caller.get(f"/search?q=remarkable{where}")
        assert [it["id"] for it in found["messages"]] == newest_first
        assert found["total"] == 3
    older = await caller.get(f"/search?q=remarkable&before={newest_first[0]}&limit=1")
    assert [it["id"] for it in older["messages"]] == newest_first[1:2]
    by_others = await caller.get(f"/search?q=remarkable&author_id={caller.id}")
    assert by_others == {"total": 0, "messages": []}
    await caller.refused(404, "GET", "/search?q=x&server_id=77")
    await caller.refused(400, "GET", "/search")

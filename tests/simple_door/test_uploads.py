"""Files over the simple door: uploaded first, then part of a message."""

from typing import Any

import aiohttp

from tests.server import Server
from tests.simple_door.caller import Caller


async def upload(caller: Caller, channel_id: str, content: bytes, name: str = "a.txt") -> Any:
    data = aiohttp.FormData(default_to_multipart=True)
    data.add_field("file", content, filename=name)
    url = f"{caller.root}/upload?channel_id={channel_id}"
    headers = {"Authorization": str(caller.authorization)}
    async with caller.http.post(url, data=data, headers=headers) as reply:
        return reply.status, await reply.json()


async def test_a_file_is_uploaded_and_posted(server: Server) -> None:
    ann = await Caller.new(server)
    channel = await ann.channel((await ann.server_of_own())["id"])
    status, made = await upload(ann, channel["id"], b"remember", "../to do.txt")
    assert status == 201
    assert (made["filename"], made["size"]) == ("to_do.txt", 8)
    path = f"/channels/{channel['id']}/messages"
    sent = await ann.post(path, {"attachments": [made["id"]]})
    [read] = await ann.get(path)
    for message in (sent, read):
        [attachment] = message["attachments"]
        assert (attachment["id"], attachment["filename"]) == (made["id"], "to_do.txt")
        async with ann.http.get(attachment["url"]) as reply:
            assert await reply.read() == b"remember"
    again = await ann.refused(400, "POST", path, {"attachments": [made["id"]]})
    assert "attachments.0" in again.body["fields"]


async def test_a_file_is_for_its_channel_and_its_owner(server: Server) -> None:
    ann, bob = await Caller.new(server), await Caller.new(server)
    made = await ann.server_of_own()
    await ann.bring(bob, made["id"])
    here, there = await ann.channel(made["id"]), await ann.channel(made["id"], "there")
    _, file = await upload(ann, here["id"], b"x")
    body = {"attachments": [file["id"]]}
    await bob.refused(400, "POST", f"/channels/{here['id']}/messages", body)
    await ann.refused(400, "POST", f"/channels/{there['id']}/messages", body)
    stranger = await Caller.new(server)
    status, _ = await upload(stranger, here["id"], b"x")
    assert status == 403


async def test_an_upload_without_a_file_is_refused(server: Server) -> None:
    ann = await Caller.new(server)
    channel = await ann.channel((await ann.server_of_own())["id"])
    await ann.refused(400, "POST", f"/upload?channel_id={channel['id']}", {})

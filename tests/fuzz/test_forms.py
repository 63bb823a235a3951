"""Forms with files, broken in every way: never a fault of the server's, and nothing left behind."""

import random

from tests.nouns.luggage import ask
from tests.server import Server

_ROUNDS = 150
_BOUNDARY = b"b0und"
_PIECES = [
    b"--b0und\r\n",
    b"--b0und--\r\n",
    b"\r\n",
    b"\r\n\r\n",
    b'Content-Disposition: form-data; name="files[0]"; filename="a.txt"',
    b'Content-Disposition: form-data; name="files[999999999999]"; filename="a.txt"',
    b'Content-Disposition: form-data; name="files[-1]"; filename=""',
    b"Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%FF%00%2e%2e%2f",
    b'Content-Disposition: form-data; name="payload_json"',
    b'Content-Disposition: form-data; name="content"',
    b"Content-Disposition: attachment",
    b"Content-Type: image/png",
    b'{"content": "x", "attachments": [{"id": 0}]}',
    b'{"attachments": [{"id": "0", "filename": "\\u202e\\u0000/../x"}]}',
    b'{"attachments": null, "flags": 8192}',
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"\x00\xff\xfe",
    b"x" * 9000,
]


def mangled(random_: random.Random) -> bytes:
    """Pieces of forms in any order; mostly in one that makes some sense."""
    if random_.random() < 0.5:
        return b"".join(random_.choices(_PIECES, k=random_.randint(0, 14)))
    body = b""
    for _ in range(random_.randint(1, 4)):
        head = b"\r\n".join(random_.choices(_PIECES[4:12], k=random_.randint(1, 2)))
        body += b"--b0und\r\n" + head + b"\r\n\r\n" + random_.choice(_PIECES) + b"\r\n"
    return body + random_.choice([b"--b0und--\r\n", b"--b0und--", b"--b0und", b""])


async def test_no_form_is_a_fault_of_the_servers(server: Server) -> None:
    ann = await server.person()
    channel = await ann.channel((await ann.guild())["id"])
    said = await ann.say(channel["id"], "here")
    path = f"/channels/{channel['id']}/messages"
    random_ = random.Random(20)
    kind = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY.decode()}"}
    statuses = set()
    for _ in range(_ROUNDS):
        method, place = random_.choice([("POST", path), ("PATCH", f"{path}/{said['id']}")])
        reply = await ask(ann, method, place, mangled(random_), **kind)
        statuses.add(reply.status)
        assert reply.status in (200, 400), reply.body
    assert statuses == {200, 400}
    assert (await ann.get("/users/@me"))["id"] == ann.id

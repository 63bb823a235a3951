"""Interactions over HTTP, without a gateway: a command that says it louder.

RIFT_URL=http://127.0.0.1:8080 RIFT_TOKEN=... PORT=8000 python shout.py

Then name its address as the application's `interactions_endpoint_url`. It needs aiohttp and
cryptography, and a proxy with TLS in front where others are to reach it.
"""

import os

from aiohttp import ClientSession, web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

API = f"{os.environ['RIFT_URL']}/api/v10"
HEADERS = {"Authorization": f"Bot {os.environ['RIFT_TOKEN']}"}
PING, COMMAND = 1, 2
TEXT = {"type": 3, "name": "text", "description": "What to say", "required": True}
SHOUT = {"name": "shout", "description": "Say it louder", "options": [TEXT]}
KEY = web.AppKey("key", Ed25519PublicKey)


async def prepare(app: web.Application) -> None:
    """Learn by which key calls are signed, and say which commands there are."""
    async with ClientSession(headers=HEADERS, raise_for_status=True) as session:
        async with session.get(f"{API}/applications/@me") as answer:
            me = await answer.json()
        app[KEY] = Ed25519PublicKey.from_public_bytes(bytes.fromhex(me["verify_key"]))
        await session.put(f"{API}/applications/{me['id']}/commands", json=[SHOUT])


async def called(request: web.Request) -> web.Response:
    body = await request.read()
    signed = request.headers["X-Signature-Timestamp"].encode() + body
    try:
        request.app[KEY].verify(bytes.fromhex(request.headers["X-Signature-Ed25519"]), signed)
    except (InvalidSignature, ValueError):
        return web.Response(status=401)
    interaction = await request.json()
    if interaction["type"] == PING:
        return web.json_response({"type": 1})
    [text] = interaction["data"]["options"]
    content = f"{text['value'].upper()}!"
    return web.json_response({"type": 4, "data": {"content": content}})


app = web.Application()
app.on_startup.append(prepare)
app.router.add_post("/", called)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]))

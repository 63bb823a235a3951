"""OpenID Connect: who logged in, signed by this instance, and what it is checked by."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jwt
import msgspec
import pytest
from msgspec import structs

from rift.app.keys import open_keyring
from rift.config import Settings
from rift.config.settings import Data
from rift.core.accounts.keys import Keyring
from tests.nouns.elsewhere import Client, answered
from tests.server import Server


async def discovered(server: Server) -> dict[str, Any]:
    async with server.http.get(f"{server.url}/.well-known/openid-configuration") as response:
        assert response.status == 200
        found: dict[str, Any] = await response.json()
        return found


async def read(server: Server, token: str, client_id: str) -> dict[str, Any]:
    """What an identity token says, checked as a library does that knows the address alone."""
    known = await discovered(server)
    async with server.http.get(known["jwks_uri"]) as response:
        keys = jwt.PyJWKSet.from_dict(await response.json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], audience=client_id, issuer=known["issuer"]
    )
    return claims


async def test_who_logged_in_is_signed_and_can_be_checked(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    location = await client.consent(person, "openid identify", nonce="n 0-S6_Wz")
    made = (await client.redeem(answered(location)["code"])).body
    claims = await read(server, made["id_token"], client.id)
    lasts = claims.pop("exp") - claims.pop("iat")
    assert (lasts, claims) == (
        3600,
        {"iss": server.url, "aud": client.id, "sub": person.id, "nonce": "n 0-S6_Wz"},
    )
    again = (await client.refresh(made["refresh_token"])).body
    claims = await read(server, again["id_token"], client.id)
    assert (claims["sub"], "nonce" in claims) == (person.id, False)
    assert "id_token" not in await client.tokens(person, "identify")


async def test_a_nonce_changed_on_the_way_spoils_the_code(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    secret = (await client.code(person, "openid", nonce="mine")).partition(".")[0]
    for code in (secret, f"{secret}.eW91cnM=", f"{secret}.%"):
        assert (await client.redeem(code)).body["error"] == "invalid_grant"
    for nonce in ("x" * 256, "\n", "\u00e9"):
        path = client.path("openid", nonce=nonce)
        assert set((await person.refused("GET", path)).body["errors"]) == {"nonce"}


async def test_claims_are_opened_by_scopes(server: Server) -> None:
    client = await Client.registered(server)
    person = await server.person(email="openid@example.org")
    path = "/oauth2/userinfo"
    assert await (await client.api(person, "openid")).get(path) == {"sub": person.id}
    named = await (await client.api(person, "openid identify")).get(path)
    assert named == {
        "sub": person.id,
        "preferred_username": person.user["username"],
        "nickname": person.user["global_name"],
        "picture": named["picture"],
        "locale": "en-US",
    }
    async with server.http.get(named["picture"]) as response:
        assert (response.status, response.content_type) == (200, "image/png")
    addressed = await (await client.api(person, "openid email")).get(path)
    assert addressed == {
        "sub": person.id,
        "email": "openid@example.org",
        "email_verified": addressed["email_verified"],
    }
    assert (await (await client.api(person)).refused("GET", path)).code == 50026


def test_a_keyring_from_before_gets_a_key_once(tmp_path: Path) -> None:
    settings = Settings(data=Data(directory=str(tmp_path)))
    file = tmp_path / "keys.json"
    first = open_keyring(settings)
    assert open_keyring(settings) == first
    older = msgspec.to_builtins(structs.replace(first, identity=()))
    del older["identity"]
    file.write_bytes(msgspec.json.encode(older))
    with ThreadPoolExecutor() as threads:
        opened = list(threads.map(open_keyring, [settings] * 4))
    kept = msgspec.json.decode(file.read_bytes(), type=Keyring)
    assert all(keyring == kept for keyring in opened)
    assert (len(kept.identity), kept.signing, kept.sealing) == (1, first.signing, first.sealing)
    assert kept.identity != first.identity
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("who", ["nobody", "somebody"])
async def test_the_keys_are_public_and_hold_nothing_private(server: Server, who: str) -> None:
    api = server.guest if who == "nobody" else (await server.person()).api
    [key] = (await api.get("/oauth2/keys"))["keys"]
    assert key.keys() == {"kty", "use", "kid", "n", "e", "alg"}

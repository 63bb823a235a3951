"""Role connections: what an application may say of its users, and what it says."""

from typing import Any, Final

import pytest

from tests.nouns.elsewhere import Client, told
from tests.server import Server

SCOPE: Final = "identify role_connections.write"
METADATA: Final[list[dict[str, Any]]] = [
    {
        "type": 2,
        "key": "cookies",
        "name": "Cookies",
        "description": "How many they ate",
        "name_localizations": {"de": "Kekse", "fr": None},
    },
    {"type": 6, "key": "first_one", "name": "First", "description": "When it began"},
    {"type": 7, "key": "nuts", "name": "Nuts", "description": "Whether they may"},
]


def metadata_of(client: Client) -> str:
    return f"/applications/{client.id}/role-connections/metadata"


def own(client: Client) -> str:
    return f"/users/@me/applications/{client.id}/role-connection"


async def told_metadata(server: Server) -> Client:
    """An application that has said what it knows of its users."""
    client = await Client.registered(server)
    await client.owner.put(metadata_of(client), METADATA)
    return client


async def test_an_application_says_what_it_knows_of_its_users(server: Server) -> None:
    client = await Client.registered(server)
    token = (await client.owner.post(f"/applications/{client.id}/bot/reset", {}))["token"]
    bot = server.guest.with_token(f"Bot {token}")
    assert await bot.get(metadata_of(client)) == []
    first, *others = METADATA
    kept = [{**first, "name_localizations": {"de": "Kekse"}}, *others]
    assert await bot.put(metadata_of(client), METADATA) == kept
    assert await client.owner.get(metadata_of(client)) == kept
    assert await bot.put(metadata_of(client), others[::-1]) == others[::-1]
    every = [{**others[0], "type": type_, "key": f"k{type_}"} for type_ in range(1, 9)]
    for items in (every[:4], every[4:]):
        assert await bot.put(metadata_of(client), items) == items
    assert await bot.put(metadata_of(client), None) == []
    stranger = await server.person()
    assert (await stranger.refused("PUT", metadata_of(client), [])).code == 20012


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("0", {"type": 9}),
        ("0", {"type": 0}),
        ("0", {"key": "Upper"}),
        ("0", {"key": "line\n"}),
        ("0", {"key": ""}),
        ("0", {"key": "x" * 51}),
        ("0", {"key": "nuts"}),
        ("0", {"name": "x" * 101}),
        ("0", {"description": ""}),
        ("0", {"description": "x" * 201}),
        ("0", {"name_localizations": {"xx": "x"}}),
        ("0", {"description_localizations": {"de": "x" * 201}}),
    ],
)
async def test_metadata_that_makes_no_sense_is_refused(
    server: Server, place: str, change: dict[str, Any]
) -> None:
    client = await told_metadata(server)
    before = await client.owner.get(metadata_of(client))
    wrong = [{**METADATA[0], **change}, *METADATA[1:]]
    errors = (await client.owner.refused("PUT", metadata_of(client), wrong)).body["errors"]
    assert set(errors) <= {place, "2"}
    many = [{**METADATA[1], "key": f"k{number}"} for number in range(6)]
    assert (await client.owner.refused("PUT", metadata_of(client), many)).code == 50035
    assert await client.owner.get(metadata_of(client)) == before


async def test_an_application_speaks_of_its_users_with_their_consent(server: Server) -> None:
    client, person = await told_metadata(server), await server.person()
    api = await client.api(person, SCOPE)
    assert await api.get(own(client)) == {"platform_username": None, "metadata": {}}
    said = {"cookies": 1483, "first_one": "2003-12-20", "nuts": "0"}
    body = {"platform_name": "Cookies", "platform_username": "eater", "metadata": said}
    shown = {**body, "metadata": {**said, "cookies": "1483"}}
    assert await api.put(own(client), body) == shown
    assert await api.get(own(client)) == shown
    other = await client.api(await server.person(), SCOPE)
    assert (await other.get(own(client)))["metadata"] == {}, "of one user, not of others"
    again = await api.put(own(client), {"metadata": {"nuts": "1"}})
    assert again == {"platform_username": None, "metadata": {"nuts": "1"}}
    await api.delete(own(client))
    assert (await api.get(own(client)))["metadata"] == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cookies", "many"),
        ("cookies", "1.5"),
        ("cookies", "9007199254740992"),
        ("first_one", "yesterday"),
        ("first_one", "2003-13-20"),
        ("nuts", "true"),
        ("nuts", 2),
        ("unheard_of", "1"),
        ("cookies", "x" * 101),
        ("cookies", ""),
    ],
)
async def test_a_value_is_of_the_type_of_its_key(
    server: Server, key: str, value: str | int
) -> None:
    client = await told_metadata(server)
    api = await client.api(await server.person(), SCOPE)
    reply = await api.refused("PUT", own(client), {"metadata": {key: value}})
    assert reply.code == 50035
    for body in ({"platform_name": "x" * 51}, {"platform_username": "x" * 101}):
        assert set((await api.refused("PUT", own(client), body)).body["errors"]) == set(body)
    assert (await api.get(own(client)))["metadata"] == {}


async def test_only_the_application_itself_speaks_and_only_where_it_may(server: Server) -> None:
    client, person = await told_metadata(server), await server.person()
    stranger = await Client.registered(server)
    plain, other = await client.api(person), await stranger.api(person, SCOPE)
    for method, body in (("GET", None), ("PUT", {}), ("DELETE", None)):
        assert (await plain.refused(method, own(client), body)).code == 50026
        assert (await other.refused(method, own(client), body)).code == 20012
        assert (await person.refused(method, own(client), body)).status == 401


async def test_what_an_application_says_no_more_is_not_kept(server: Server) -> None:
    client = await told_metadata(server)
    api = await client.api(await server.person(), SCOPE)
    await api.put(own(client), {"metadata": {"cookies": "3", "nuts": "1"}})
    first, _, last = METADATA
    await client.owner.put(metadata_of(client), [{**first, "type": 3}, last])
    assert (await api.get(own(client)))["metadata"] == {"cookies": "3", "nuts": "1"}
    await client.owner.put(metadata_of(client), [{**first, "type": 7}, last])
    assert (await api.get(own(client)))["metadata"] == {"nuts": "1"}


async def test_what_was_said_goes_with_the_consent_and_with_the_application(
    own_server: Server, database: str
) -> None:
    client, person = await told_metadata(own_server), await own_server.person()
    body = {"metadata": {"nuts": "1"}}
    await (await client.api(person, SCOPE)).put(own(client), body)
    [grant] = await person.get("/oauth2/tokens")
    await person.delete(f"/oauth2/tokens/{grant['id']}")
    kept = "select * from role_connections"
    assert await told(database, kept) == []
    await (await client.api(person, SCOPE)).put(own(client), body)
    assert len(await told(database, kept)) == 1
    await client.owner.delete(f"/applications/{client.id}")
    assert await told(database, kept) == []

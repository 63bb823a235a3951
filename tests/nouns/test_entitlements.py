"""Purchases and activities: there are none, and client libraries are told so."""

from tests.nouns.elsewhere import Client
from tests.server import Server


async def test_nothing_is_for_sale_here(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    everything = f"/applications/{client.id}/entitlements"
    choice = f"user_id={person.id}&sku_ids=1,2&limit=100&exclude_ended=true&only_active=false"
    assert await client.owner.get(f"{everything}?{choice}") == []
    assert (await person.refused("GET", everything)).code == 20012
    assert set((await client.owner.refused("GET", f"{everything}?limit=0")).body["errors"]) == {
        "limit"
    }
    own = f"/users/@me{everything}"
    assert await (await client.api(person)).get(f"{own}?exclude_consumed=false") == []
    stranger = await Client.registered(server)
    assert (await (await stranger.api(person)).refused("GET", own)).code == 20012
    assert (await person.refused("GET", "/users/@me/applications/1/entitlements")).code == 10002
    assert await person.get(f"/skus/1/subscriptions?user_id={person.id}&limit=5") == []
    for path in (f"{everything}/1", "/skus/1/subscriptions/1", f"/applications/{client.id}/skus"):
        reply = await client.owner.refused("GET", path)
        assert (reply.status, reply.code) == (404, 0)


async def test_no_activity_goes_on(server: Server) -> None:
    client, person = await Client.registered(server), await server.person()
    path = f"/applications/{client.id}/activity-instances/i-1-gc-2-3"
    reply = await client.owner.refused("GET", path)
    assert (reply.status, reply.code) == (404, 0)
    assert (await person.refused("GET", path)).code == 20012

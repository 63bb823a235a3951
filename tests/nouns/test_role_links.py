"""Linked roles: roles that members give themselves by what applications say of them."""

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from tests.api import Api
from tests.nouns.company import Company, company
from tests.nouns.elsewhere import Client
from tests.nouns.test_role_connections import METADATA, SCOPE, metadata_of, own
from tests.server import Server

OLD: Final = (datetime.now(UTC) - timedelta(days=30)).isoformat()


class Bakery:
    """A guild with a role that the application of a bakery has a say in."""

    def __init__(self, group: Company, client: Client, role: dict[str, Any], speaker: Api) -> None:
        self.group, self.client, self.role, self.speaker = group, client, role, speaker

    @classmethod
    async def open(cls, server: Server) -> "Bakery":
        group = await company(server)
        client = await Client.registered(server)
        facts = [*METADATA, {**METADATA[1], "type": 5, "key": "since"}]
        await client.owner.put(metadata_of(client), facts)
        role = await group.owner.post(f"/guilds/{group.id}/roles", {"name": "Regulars"})
        return cls(group, client, role, await client.api(group.guest, SCOPE))

    def path(self, rest: str) -> str:
        return f"/guilds/{self.group.id}/roles/{self.role['id']}/connections/{rest}"

    def asks(self, field: str | None, operator: int | None = None, value: str | None = None) -> Any:
        return {
            "connection_type": "application",
            "application_id": self.client.id,
            "connection_metadata_field": field,
            "operator": operator,
            "value": value,
        }

    async def say(self, **metadata: Any) -> None:
        await self.speaker.put(own(self.client), {"metadata": metadata})

    async def roles(self) -> list[str]:
        member: dict[str, Any] = await self.group.owner.get(self.group.member(self.group.guest))
        return list(member["roles"])


async def test_a_role_is_taken_by_who_meets_what_it_asks_for(server: Server) -> None:
    bakery = await Bakery.open(server)
    owner, guest = bakery.group.owner, bakery.group.guest
    rules = [[bakery.asks("cookies", 2, "10"), bakery.asks("nuts", 7, "1")]]
    async with server.gateway(guest) as gateway:
        assert await owner.put(bakery.path("configuration"), rules) == rules
        told = (await gateway.expect("GUILD_ROLE_UPDATE")).data["role"]
        assert told["tags"] == {"guild_connections": None}
        assert await owner.get(bakery.path("configuration")) == rules
        [link] = await guest.get(f"/guilds/{bakery.group.id}/roles/connections-configurations")
        assert (link["role_id"], link["rules"]) == (bakery.role["id"], rules)
        assert link["applications"][bakery.client.id]["name"] == "Elsewhere"
        await bakery.say(cookies=12)
        [[first, second]] = await guest.get(bakery.path("eligibility"))
        assert (first["result"], second["result"], first["name"]) == (True, False, "Cookies")
        assert (await guest.refused("PUT", bakery.path("assign"))).code == 50013
        await bakery.say(cookies=12, nuts="1")
        await guest.put(bakery.path("assign"))
        came = (await gateway.expect("GUILD_MEMBER_UPDATE")).data
        assert came["roles"] == await bakery.roles() == [bakery.role["id"]]
        await guest.post(bakery.path("unassign"))
        assert await bakery.roles() == []
        await owner.put(bakery.path("configuration"), [])
        told = await gateway.expect("GUILD_ROLE_UPDATE", lambda it: "tags" not in it["role"])
    assert (await guest.refused("PUT", bakery.path("assign"))).code == 50028


async def test_who_no_longer_meets_it_loses_the_role(server: Server) -> None:
    bakery = await Bakery.open(server)
    guest = bakery.group.guest
    rules = [[bakery.asks("cookies", 2, "10")], [bakery.asks("since", 5, "7")]]
    await bakery.group.owner.put(bakery.path("configuration"), rules)
    async with server.gateway(guest) as gateway:

        async def lose(deed: Awaitable[object]) -> None:
            await bakery.say(cookies=10, since=OLD)
            await guest.put(bakery.path("assign"))
            await gateway.expect("GUILD_MEMBER_UPDATE", lambda it: bool(it["roles"]))
            await deed
            await gateway.expect("GUILD_MEMBER_UPDATE", lambda it: not it["roles"])

        await lose(bakery.say(cookies=1, since=datetime.now(UTC).isoformat()))
        log = await bakery.group.owner.get(f"/guilds/{bakery.group.id}/audit-logs?action_type=25")
        lost, taken, *_ = log["audit_log_entries"]
        assert (lost["user_id"], taken["user_id"]) == (bakery.client.id, guest.id)
        await lose(bakery.speaker.call("DELETE", own(bakery.client)))
        more = [[bakery.asks("cookies", 2, "11")]]
        await lose(bakery.group.owner.put(bakery.path("configuration"), more))
        await bakery.group.owner.put(bakery.path("configuration"), rules)
        await lose(bakery.client.owner.put(metadata_of(bakery.client), METADATA[1:]))


async def test_who_takes_one_is_told_what_is_asked_and_what_is_said_of_them(server: Server) -> None:
    bakery = await Bakery.open(server)
    address = "https://bakery.example/verify"
    owner, known = bakery.group.owner, f"/guilds/{bakery.group.id}/integrations"
    asked = f"{known}?include_role_connections_metadata=true"
    app = f"/applications/{bakery.client.id}"
    await bakery.client.owner.patch(app, {"role_connections_verification_url": address})
    await owner.put(bakery.path("configuration"), [[bakery.asks("cookies", 2, "3")]])
    [link] = await owner.get(f"/guilds/{bakery.group.id}/roles/connections-configurations")
    shown = link["applications"][bakery.client.id]
    assert shown["role_connections_verification_url"] == address
    await bakery.say(cookies=4)
    [said] = await bakery.group.guest.get("/users/@me/applications/role-connections")
    assert (said["metadata"], said["application"]["name"]) == ({"cookies": "4"}, "Elsewhere")
    keys = [fact["key"] for fact in said["application_metadata"]]
    assert keys == ["cookies", "first_one", "nuts", "since"]
    assert (await bakery.speaker.refused("GET", "/users/@me/applications/role-connections")).code
    assert (await bakery.group.guest.refused("GET", asked)).code == 50013
    install = f"/oauth2/authorize?client_id={bakery.client.id}&scope=applications.commands"
    await owner.post(install, {"authorize": True, "guild_id": bakery.group.id})
    [there] = await owner.get(asked)
    assert there["application"]["role_connections_verification_url"] == address
    assert [fact["key"] for fact in there["role_connections_metadata"]][:2] == [
        "cookies",
        "first_one",
    ]
    assert "role_connections_metadata" not in (await owner.get(known))[0]


@pytest.mark.parametrize(
    ("field", "operator", "value", "said", "result"),
    [
        ("cookies", None, None, {}, None),
        ("nobody", 2, "1", {}, None),
        ("cookies", 3, "1", {}, None),
        ("cookies", 2, None, {}, None),
        ("nuts", 7, "0", {}, None),
        ("first_one", 6, "-1", {}, None),
        (None, None, None, {}, True),
        ("first_one", 6, "31", {"first_one": OLD}, True),
        ("first_one", 6, "29", {"first_one": OLD}, False),
        ("since", 5, "29", {"since": OLD[:19]}, True),
        ("nuts", 7, "1", {"nuts": "0"}, False),
        ("cookies", 2, "-3", {}, False),
    ],
)
async def test_what_is_said_is_held_against_what_is_asked(
    server: Server,
    field: str | None,
    operator: int | None,
    value: str | None,
    said: dict[str, str],
    result: bool | None,
) -> None:
    bakery = await Bakery.open(server)
    body = [[bakery.asks(field, operator, value)]]
    reply = await bakery.group.owner.call("PUT", bakery.path("configuration"), body)
    if result is None:
        assert (reply.status, reply.code) == (400, 50035), reply.body
        return
    await bakery.say(**said)
    [[judged]] = await bakery.group.guest.get(bakery.path("eligibility"))
    assert judged["result"] is result


async def test_only_who_manages_a_role_says_what_it_takes(server: Server) -> None:
    bakery = await Bakery.open(server)
    owner, guest = bakery.group.owner, bakery.group.guest
    rules = [[bakery.asks(None)]]
    for method, body in (("GET", None), ("PUT", rules)):
        assert (await guest.refused(method, bakery.path("configuration"), body)).code == 50013
    everyone = f"/guilds/{bakery.group.id}/roles/{bakery.group.id}/connections/configuration"
    assert (await owner.refused("PUT", everyone, rules)).code == 50028
    paypal = [[{"connection_type": "paypal"}]]
    assert (await owner.refused("PUT", bakery.path("configuration"), paypal)).code == 50035

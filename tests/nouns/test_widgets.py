"""Widgets: what anybody sees of a guild that shows itself, and nobody of one that does not."""

import io

from PIL import Image

from rift.permissions import Permission
from tests.nouns.artwork import still
from tests.nouns.company import Company, company
from tests.server import Server


def path(group: Company, end: str = "") -> str:
    return f"/guilds/{group.id}/widget{end}"


async def shown(server: Server) -> Company:
    group = await company(server)
    body = {"enabled": True, "channel_id": group.channel["id"]}
    await group.owner.patch(path(group), body)
    return group


async def png(server: Server, group: Company, style: str) -> bytes:
    url = f"{server.url}/api/v10{path(group, '.png')}?style={style}"
    async with server.http.get(url) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return await response.read()


async def test_who_manages_the_guild_shows_it(server: Server) -> None:
    group = await company(server)
    assert await group.owner.get(path(group)) == {"enabled": False, "channel_id": None}
    assert (await server.guest.refused("GET", path(group, ".json"))).code == 50004
    assert (await server.guest.refused("GET", path(group, ".png"))).code == 50004
    for person in (group.guest, group.moderator):
        assert (await person.refused("GET", path(group))).code == 50013
        assert (await person.refused("PATCH", path(group), {"enabled": True})).code == 50013
    assert (await group.owner.refused("PATCH", path(group), {"channel_id": "1"})).code == 10003
    body = {"enabled": True, "channel_id": group.channel["id"]}
    async with server.gateway(group.guest) as gateway:
        assert await group.owner.patch(path(group), body) == body
        told = (await gateway.expect("GUILD_UPDATE")).data
    assert (told["widget_enabled"], told["widget_channel_id"]) == (True, group.channel["id"])
    assert (await group.owner.patch(path(group), {})) == body
    await group.owner.delete(f"/channels/{group.channel['id']}")
    assert await group.owner.get(path(group)) == {"enabled": True, "channel_id": None}
    assert (await group.owner.patch(path(group), {"enabled": None}))["enabled"] is False


async def test_strangers_see_what_everybody_sees_and_nobody_by_their_id(server: Server) -> None:
    group = await shown(server)
    voices = await group.owner.channel(group.id, "voices", type=2)
    deny = [{"id": group.id, "type": 0, "deny": str(Permission.CONNECT.value)}]
    await group.owner.channel(group.id, "closed", type=2, permission_overwrites=deny)
    await group.owner.patch(f"/guilds/{group.id}/members/@me", {"nick": "The Host"})
    async with server.gateway(group.owner), server.gateway(group.guest) as gateway:
        presence = {"status": "idle", "since": 0, "afk": False}
        said = {"name": "Chess", "type": 0}, {"name": "Custom", "type": 4, "state": "secret"}
        await gateway.send(3, {**presence, "activities": list(said)})
        await gateway.expect("PRESENCE_UPDATE")
        seen = await server.guest.get(path(group, ".json"))
    assert seen["presence_count"] == 2
    assert [one["id"] for one in seen["channels"]][-1] == voices["id"]
    assert "closed" not in {one["name"] for one in seen["channels"]}
    people = {one["username"]: one for one in seen["members"]}
    assert sorted(one["id"] for one in seen["members"]) == ["0", "1"]
    guest = people[group.guest.user["username"]]
    assert (guest["status"], guest["activity"]) == ("idle", {"name": "Chess"})
    assert "The Host" in people
    assert not {group.owner.id, group.guest.id} & set(str(seen).replace('"', "'").split("'"))


async def test_its_invite_is_made_once_and_leads_in(server: Server) -> None:
    group = await shown(server)
    seen = [await server.guest.get(path(group, ".json")) for _ in range(2)]
    assert seen[0]["instant_invite"] == seen[1]["instant_invite"]
    code = seen[0]["instant_invite"].rpartition("/")[2]
    newcomer = await server.person()
    assert (await newcomer.post(f"/invites/{code}", {}))["guild"]["id"] == group.id
    await group.owner.delete(f"/invites/{code}")
    again = await server.guest.get(path(group, ".json"))
    assert again["instant_invite"] not in {None, seen[0]["instant_invite"]}
    await group.owner.patch(path(group), {"channel_id": None})
    assert (await server.guest.get(path(group, ".json")))["instant_invite"] is None


async def test_it_is_drawn_in_every_style(server: Server) -> None:
    group = await shown(server)
    plain = {style: await png(server, group, style) for style in ("shield", "banner1")}
    await group.owner.patch(f"/guilds/{group.id}", {"name": "Another", "icon": still()})
    sizes = {"shield": 20, "banner1": 84, "banner2": 64, "banner3": 104, "banner4": 180}
    for style, height in sizes.items():
        data = await png(server, group, style)
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.height) == ("PNG", 2 * height)
        if style == "banner1":
            assert data != plain[style]
    assert (await server.guest.refused("GET", path(group, ".png?style=other"))).code == 50035

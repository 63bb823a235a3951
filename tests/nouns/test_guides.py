"""The guide of a community for its new members, and what of it they have done."""

from rift.permissions import Permission
from tests.nouns.company import Company, company
from tests.nouns.entrance import Json, community, guide
from tests.nouns.gallery import MOVING, OTHER, STILL, kept, seen, tidied, uri
from tests.nouns.test_onboarding import DENIED, path
from tests.server import Server

STARTED, COMPLETED = 1 << 5, 1 << 6


async def test_new_members_are_guided(server: Server) -> None:
    group = await company(server, Permission.MANAGE_GUILD)
    welcome = path(group, "new-member-welcome")
    assert await group.owner.get(welcome) is None
    assert (await group.guest.refused("GET", welcome)).code == 50013
    body = guide(group.channel)
    assert (await group.owner.refused("PUT", welcome, body)).code == 40006
    await community(group.owner, group.guild, group.channel)
    assert (await group.guest.refused("PUT", welcome, body)).code == 50013
    body["welcome_message"]["author_ids"] = [group.moderator.id]
    made = await group.moderator.put(welcome, body)
    assert [it["action_type"] for it in made["new_member_actions"]] == [0, 1, 0]
    assert await group.guest.get(welcome) == made
    stranger = {"author_ids": [group.guest.id], "message": "?"}
    for wrong, code in (
        ({"new_member_actions": body["new_member_actions"][:2]}, 50035),
        ({"resource_channels": [{"channel_id": "1", "title": "x"}]}, 10003),
        ({"welcome_message": stranger}, 50035),
    ):
        assert (await group.owner.refused("PUT", welcome, wrong)).code == code
    silence = {"type": 0, "deny": DENIED}
    await group.owner.put(f"/channels/{group.channel['id']}/permissions/{group.id}", silence)
    assert (await group.owner.refused("PUT", welcome, {})).code == 50035
    await group.owner.put(welcome, {"enabled": False})


async def guiding(server: Server) -> tuple[Company, list[Json]]:
    """A community with a thing to do in each of three channels, and its moderators."""
    group = await company(server, Permission.MANAGE_GUILD)
    await community(group.owner, group.guild, group.channel)
    more = [await group.owner.channel(group.id, name) for name in ("news", "music")]
    channels = [group.channel, *more]
    body = guide(group.channel)
    for action, channel in zip(body["new_member_actions"], channels, strict=True):
        action["channel_id"] = channel["id"]
    await group.owner.put(path(group, "new-member-welcome"), body)
    return group, channels


async def test_what_somebody_has_done_of_it_is_counted(server: Server) -> None:
    group, channels = await guiding(server)
    progress, one = path(group, "new-member-actions"), path(group, "new-member-action")
    assert await group.guest.get(progress) is None
    async with server.gateway(group.guest) as gateway:
        for channel in channels[:2] * 2:
            done = await group.guest.post(f"{one}/{channel['id']}")
        first = (await gateway.expect("GUILD_MEMBER_UPDATE")).data
        assert (await group.guest.get(progress)) == done
        assert done["channel_actions"] == {it["id"]: {"completed": True} for it in channels[:2]}
        await group.guest.post(f"{one}/{channels[2]['id']}")
        last = (await gateway.expect("GUILD_MEMBER_UPDATE")).data
    assert [it["flags"] & (STARTED | COMPLETED) for it in (first, last)] == [
        STARTED,
        STARTED | COMPLETED,
    ]
    assert (await group.guest.refused("POST", f"{one}/{group.id}")).code == 10003
    await group.owner.put(path(group, "new-member-welcome"), {"enabled": False})
    assert (await group.guest.refused("POST", f"{one}/{channels[0]['id']}")).code == 40006
    # Who comes back begins anew.
    await group.guest.delete(f"/users/@me/guilds/{group.id}")
    await group.owner.bring(group.guest, group.channel["id"])
    assert await group.guest.get(progress) is None


async def test_what_there_is_to_do_and_to_read_is_drawn(own_server: Server, database: str) -> None:
    group, channels = await guiding(own_server)
    here, welcome = channels[0]["id"], path(group, "new-member-welcome")
    action, resource = (
        path(group, f"new-member-actions/{here}"),
        path(group, f"resource-channels/{here}"),
    )
    for method, where in (("PATCH", action), ("PUT", resource)):
        assert (await group.guest.refused(method, where, {"icon": uri(STILL)})).code == 50013
    drawn = (await group.moderator.patch(action, {"icon": uri(MOVING)}))["icon"]
    assert (await group.moderator.patch(action, {}))["icon"] == drawn
    read = (await group.moderator.put(resource, {"icon": uri(OTHER)}))["icon"]
    assert (await seen(own_server, f"new-member-actions/{here}/{drawn}.png")).status == 200
    assert (await seen(own_server, f"resource-channels/{here}/{read}.webp")).status == 200
    shown = await group.guest.get(welcome)
    assert (shown["new_member_actions"][0]["icon"], shown["resource_channels"][0]["icon"]) == (
        drawn,
        read,
    )
    assert "icon" not in await group.moderator.put(resource, {})
    assert await tidied(database, own_server) == 1
    changed = await group.owner.put(welcome, {"new_member_actions": [], "enabled": False})
    assert changed["new_member_actions"] == []
    assert await tidied(database, own_server) == 1
    assert kept(own_server) == set()
    assert (await group.moderator.refused("PATCH", action, {"icon": None})).code == 10003

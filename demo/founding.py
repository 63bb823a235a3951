"""How the sample community came about: accounts, guilds, who joined, who was shown the door."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, Final

from demo import pictures
from demo.caller import Caller
from demo.cast import CAST, PASSWORD, SAMPLE, Figure
from demo.community import Community
from demo.diary import Diary
from demo.places import NEWS, PLACES, Place, Rank, Room
from demo.script import Scene
from rift.permissions import DEFAULT_EVERYONE, Permission

_FIRST_DAY: Final = 420
_GUILDS_DAY: Final = 330
_LAST_JOIN_DAY: Final = 16
_CLOSED: Final = frozenset({"rules", "announcements"})
_FRIENDS: Final = ("juno", "mira", "saoirse", "nadia", "pim", "wen", "halden", "bartek")
_CREW: Final = ("juno", "halden", "bartek", "saoirse")


class Founding:
    """Notes everything in a diary; whoever is to act has a caller by then."""

    def __init__(self, guest: Caller, community: Community, diary: Diary, rng: Random) -> None:
        self._guest = guest
        self._community = community
        self._diary = diary
        self._rng = rng

    def plan(self, setup_token: str, scenes: Sequence[Scene]) -> None:
        for number, figure in enumerate(CAST):
            token = setup_token if figure.username == SAMPLE else None
            self._note(_FIRST_DAY - 2 * number, partial(self._register, figure, token))
        for number, place in enumerate(PLACES):
            day = _GUILDS_DAY - 20 * number
            self._note(day, partial(self._found, place))
            self._joins(place, day, scenes)
        self._friendships()
        self._moderation()

    def by(self, who: str) -> Caller:
        guest = self._guest
        return self._community.caller(guest.http, guest.url, who)

    def _note(self, days_ago: float, deed: Any) -> None:
        self._diary.note(self._diary.now - timedelta(days=days_ago), deed)

    async def _register(self, figure: Figure, setup_token: str | None) -> None:
        body = {
            "username": figure.username,
            "global_name": figure.shown,
            "password": PASSWORD,
            "setup_token": setup_token,
        }
        made = await self._guest.post("/auth/register", body)
        self._community.tokens[figure.username] = made["token"]
        self._community.people[figure.username] = made["user_id"]
        caller = self.by(figure.username)
        if figure.bio or self._rng.random() < 0.5:
            drawn = pictures.avatar(figure.hue, figure.username)
            await caller.patch("/users/@me", {"avatar": pictures.uri(drawn)})
        profile = {"bio": figure.bio, "pronouns": figure.pronouns}
        if figure.username in {SAMPLE, "juno", "mira", "marit"}:
            profile["banner"] = pictures.uri(pictures.banner(figure.hue, 680, 240))
        accent = {"accent_color": self._rng.randrange(0x404040, 0xFFFFFF)}
        await caller.patch("/users/@me/profile", {**profile, **accent})

    async def _found(self, place: Place) -> None:
        owner = self.by(place.owner)
        made = await owner.post("/guilds", _form(place))
        channels = await owner.get(f"/guilds/{made['id']}/channels")
        grounds = self._community.grounds(place.key, made, channels)
        await owner.patch(f"/guilds/{made['id']}", {"description": place.about})
        for name in place.emojis:
            form = {"name": name, "image": pictures.uri(pictures.emoji(name))}
            emoji = await owner.post(f"/guilds/{made['id']}/emojis", form)
            grounds.emojis[name] = emoji["id"]
        await self._rank(place, place.owner)

    def _joins(self, place: Place, founded: int, scenes: Sequence[Scene]) -> None:
        heard = {
            name
            for scene in scenes
            if scene.place == place.key
            for line in scene.lines
            for name in line.people
        }
        people = sorted({*place.people.split(), *heard} - {place.owner})
        for name in people:
            day = self._rng.uniform(_LAST_JOIN_DAY, founded - 1)
            self._note(day, partial(self._join, place, name))

    async def _join(self, place: Place, who: str) -> None:
        room = next(iter(place.wings[0].rooms)).name
        path = f"/channels/{self._community.channel(f'{place.key}/{room}')}/invites"
        invite = await self.by(place.owner).post(path, {"max_age": 0, "max_uses": 0})
        await self.by(who).post(f"/invites/{invite['code']}", {})
        await self._rank(place, who)

    async def _rank(self, place: Place, who: str) -> None:
        grounds, user_id = self._community.guilds[place.key], self._community.people[who]
        for rank in place.ranks:
            if who in rank.people.split():
                path = f"/guilds/{grounds.id}/members/{user_id}/roles/{grounds.roles[rank.name]}"
                await self.by(place.owner).put(path)

    def _friendships(self) -> None:
        for number, name in enumerate(_FRIENDS):
            self._note(200 - 9 * number, partial(self._befriend, name))
        self._note(15, self._gather)
        self._note(2, partial(self._ask, "mateus", SAMPLE))
        self._note(0.4, partial(self._ask, "ivy", SAMPLE))
        self._note(1, partial(self._ask, SAMPLE, "ines"))
        self._note(7, self._shut_out)

    async def _ask(self, who: str, whom: str) -> None:
        await self.by(who).post("/users/@me/relationships", {"username": whom})

    async def _befriend(self, name: str) -> None:
        await self._ask(SAMPLE, name)
        sample = self._community.people[SAMPLE]
        await self.by(name).put(f"/users/@me/relationships/{sample}", {"type": 1})
        body = {"recipient_id": self._community.people[name]}
        channel = await self.by(SAMPLE).post("/users/@me/channels", body)
        self._community.private[f"dm:{name}"] = channel["id"]

    async def _gather(self) -> None:
        body = {"recipients": [self._community.people[name] for name in _CREW]}
        made = await self.by(SAMPLE).post("/users/@me/channels", body)
        await self.by(SAMPLE).patch(f"/channels/{made['id']}", {"name": "Field day crew"})
        self._community.private["group:crew"] = made["id"]

    async def _shut_out(self) -> None:
        guild_id, person = (
            self._community.guilds["longwave"].id,
            self._community.people["cheapcoils"],
        )
        why = "Advertised coils to nine people in private."
        await self.by(SAMPLE).put(f"/guilds/{guild_id}/bans/{person}", {}, why)
        await self.by(SAMPLE).put(f"/users/@me/relationships/{person}", {"type": 2})

    def _moderation(self) -> None:
        """What the audit log is to tell of."""
        room, guild = self._community.channel, self._community.guilds
        mira, tomas, juno = (partial(self.by, name) for name in ("mira", "tomas", "juno"))

        async def expel() -> None:
            path = f"/guilds/{guild['longwave'].id}/bans/{self._community.people['stromboli']}"
            await mira().put(path, {}, "Sold the same receiver to three people.")

        async def quieten() -> None:
            path = f"/guilds/{guild['longwave'].id}/members/{self._community.people['quill']}"
            until = (self._diary.now + timedelta(days=2)).isoformat()
            body = {"communication_disabled_until": until}
            await tomas().patch(path, body, "Morse at four in the morning, in the voice channel.")

        async def rename() -> None:
            path = f"/guilds/{guild['longwave'].id}/members/{self._community.people['mateus']}"
            await mira().patch(path, {"nick": "Mateus 🍋"}, "He asked for it.")

        async def slow_down() -> None:
            body = {"rate_limit_per_user": 5, "topic": "Contacts worth telling. One line each."}
            await juno().patch(f"/channels/{room('longwave/logbook')}", body, "It ran away.")

        async def recolour() -> None:
            path = f"/guilds/{guild['longwave'].id}/roles/{guild['longwave'].roles['New ear']}"
            await juno().patch(path, {"color": 0x8FB3A3}, "Less grey.")

        async def sweep() -> None:
            channel = room("longwave/finds")
            sent = await self.by("sol").post(
                f"/channels/{channel}/messages", {"content": "wrong room"}
            )
            await tomas().delete(f"/channels/{channel}/messages/{sent['id']}", why="As asked.")

        days = (10.2, 0.6, 11.9, 9.1, 5.3, 3.7)
        deeds = (expel, quieten, rename, slow_down, recolour, sweep)
        for day, deed in zip(days, deeds, strict=True):
            self._note(day, deed)


def _form(place: Place) -> Mapping[str, Any]:
    """The form that makes a guild with all its roles and channels."""
    ranks = list(reversed(place.ranks))
    ids = {rank.name: str(number) for number, rank in enumerate(ranks, 10)}
    roles = [_role(rank, ids[rank.name]) for rank in ranks]
    return {
        "name": place.name,
        "icon": pictures.uri(pictures.icon(place.hue, place.key)),
        "roles": [{"id": "1", "permissions": str(DEFAULT_EVERYONE)}, *roles],
        "channels": _channels(place, ids),
    }


def _role(rank: Rank, id_: str) -> Mapping[str, Any]:
    return {
        "id": id_,
        "name": rank.name,
        "color": rank.colour,
        "hoist": rank.hoisted,
        "mentionable": rank.mentionable,
        "permissions": str(DEFAULT_EVERYONE | rank.adds),
    }


def _channels(place: Place, roles: Mapping[str, str]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for number, wing in enumerate(place.wings, 100):
        found.append({"id": str(number), "name": wing.name, "type": 4})
        found += [{**_channel(room, roles), "parent_id": str(number)} for room in wing.rooms]
    return found


def _channel(room: Room, roles: Mapping[str, str]) -> dict[str, Any]:
    rules: list[dict[str, Any]] = []
    if room.of:
        seen = str(Permission.VIEW_CHANNEL.value)
        rules.append({"id": "1", "type": 0, "deny": seen})
        rules += [{"id": roles[name], "type": 0, "allow": seen} for name in room.of]
    elif room.kind == NEWS or room.name in _CLOSED:
        rules.append({"id": "1", "type": 0, "deny": str(Permission.SEND_MESSAGES.value)})
    given = {"name": room.name, "type": room.kind, "permission_overwrites": rules}
    return {**given, "topic": room.topic} if room.topic else given

"""How the sample community talks: the scenes of the script, a bot's reports, and the logbook."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final
from urllib.parse import quote

from demo import pictures
from demo.caller import Caller
from demo.cast import SAMPLE
from demo.community import Community
from demo.diary import Diary
from demo.script import Line, Scene

BEACON: Final = "beacon"
_DAYS: Final = 14
_CONTACTS: Final = 90
_READ_MINUTES: Final = 330
_CAUGHT_UP_MINUTES: Final = 100
_BANDS: Final = ((80, 3.573), (40, 7.074), (30, 10.136), (20, 14.074), (15, 21.074), (10, 28.4))
_OPERATORS: Final = ("juno", "wen", "halden", "saoirse", "eskil", "yuki", "ines", "kofi", "mira")
_REMARKS: Final = (
    "on a walk, wet feet",
    "first time on this band for me",
    "he was in a garden, I could hear the hens",
    "faded twice, stubborn on both ends",
    "antenna on the balcony rail",
    "she is ninety-one and faster than I am",
    "a ship, three days from anywhere",
    "very short, the kettle boiled",
    "through a thunderstorm",
    "we talked about bees",
    "half a watt, both of us",
    "asked me to say hello to the club",
    "new country!",
    "at sunrise, lovely signal",
    "the pile-up was three deep and polite",
)


class Telling:
    """Notes everything in a diary."""

    def __init__(self, guest: Caller, community: Community, diary: Diary, rng: Random) -> None:
        self._guest = guest
        self._community = community
        self._diary = diary
        self._rng = rng
        self._drawn = 0

    def plan(self, scenes: Sequence[Scene]) -> None:
        for scene in scenes:
            self._scene(scene)
        self._ago(_DAYS + 6, self._build_beacon)
        for hours in range(2, _DAYS * 24, 6):
            self._ago(hours / 24, partial(self._report, hours))
        for _ in range(_CONTACTS):
            self._ago(self._rng.uniform(0.02, _DAYS), self._contact)
        minute = timedelta(minutes=1)
        self._diary.note(self._diary.now - _READ_MINUTES * minute, self._read_all)
        self._diary.note(self._diary.now - _CAUGHT_UP_MINUTES * minute, self._catch_up)

    def _ago(self, days: float, deed: Any) -> None:
        self._diary.note(self._diary.now - timedelta(days=days), deed)

    def _by(self, who: str) -> Caller:
        return self._community.caller(self._guest.http, self._guest.url, who)

    def _scene(self, scene: Scene) -> None:
        moment = scene.begins(self._diary.now)
        quick = scene.minutes_ago is not None
        for line in scene.lines:
            moment += timedelta(seconds=self._rng.randint(12, 45 if quick else 140))
            self._diary.note(moment, partial(self._say, scene.where, line))
            self._echo(scene.where, line, moment)

    def _echo(self, where: str, line: Line, said: datetime) -> None:
        """What becomes of a message."""
        for emoji, names in line.reactions:
            for name in names:
                later = said + timedelta(seconds=self._rng.randint(5, 900))
                self._diary.note(later, partial(self._react, where, line, emoji, name))
        if line.edited:
            self._diary.note(said + timedelta(seconds=50), partial(self._edit, where, line))
        if line.pinned:
            self._diary.note(said + timedelta(minutes=3), partial(self._pin, where, line))

    async def _say(self, where: str, line: Line) -> None:
        path = f"/channels/{self._community.channel(where)}/messages"
        body: dict[str, Any] = {"content": self._community.written(where, line.text)}
        if line.answers is not None:
            body["message_reference"] = {"message_id": line.answers.id}
        speaker = self._by(line.who)
        if line.pictures:
            files = [pictures.photograph(kind, self._seed()) for kind, _ in line.pictures]
            words = [words for _, words in line.pictures]
            body["attachments"] = [
                {"id": number, "description": text} for number, text in enumerate(words)
            ]
            line.id = (await speaker.send(path, body, files))["id"]
        else:
            line.id = (await speaker.post(path, body))["id"]

    def _seed(self) -> int:
        self._drawn += 1
        return self._drawn * 37

    async def _react(self, where: str, line: Line, emoji: str, name: str) -> None:
        known = quote(self._community.reaction(where, emoji))
        path = f"/channels/{self._community.channel(where)}/messages/{line.id}/reactions"
        await self._by(name).put(f"{path}/{known}/@me")

    async def _edit(self, where: str, line: Line) -> None:
        path = f"/channels/{self._community.channel(where)}/messages/{line.id}"
        body = {"content": self._community.written(where, line.edited)}
        await self._by(line.who).patch(path, body)

    async def _pin(self, where: str, line: Line) -> None:
        path = f"/channels/{self._community.channel(where)}/messages/pins/{line.id}"
        place = where.partition("/")[0]
        keeper = {"longwave": "juno", "loaf": "nadia"}[place]
        await self._by(keeper).put(path)

    async def _build_beacon(self) -> None:
        sample = self._by(SAMPLE)
        made = await sample.post("/applications", {"name": "Beacon"})
        bot = await sample.post(f"/applications/{made['id']}/bot/reset", {})
        self._community.tokens[BEACON] = f"Bot {bot['token']}"
        self._community.people[BEACON] = made["id"]
        drawn = pictures.icon(45, BEACON)
        await self._by(BEACON).patch("/users/@me", {"avatar": pictures.uri(drawn)})
        for place in ("longwave", "tideline"):
            owner = self._by({"longwave": SAMPLE, "tideline": "marit"}[place])
            body = {
                "guild_id": self._community.guilds[place].id,
                "permissions": "0",
                "authorize": True,
            }
            await owner.post(f"/oauth2/authorize?client_id={made['id']}&scope=bot", body)
        club = self._community.guilds["longwave"]
        path = f"/guilds/{club.id}/members/{made['id']}/roles/{club.roles['Machine']}"
        await sample.put(path)

    async def _report(self, hours: int) -> None:
        """How the bands are; the same numbers each time."""
        rng = Random(hours)
        flux, index = rng.randint(118, 182), rng.randint(0, 5)
        mood = (0x4FB286, "quiet") if index < 3 else (0xE8B04A, "unsettled")
        colour, word = mood if index < 5 else (0xE2725B, "stormy")
        states = ("open", "open", "fair", "closed")
        fields = [
            {"name": f"{band} m", "value": rng.choice(states), "inline": True} for band, _ in _BANDS
        ]
        embed = {
            "title": f"The sky is {word}",
            "description": f"Flux **{flux}**, K index **{index}**, A index **{5 * index + 3}**",
            "color": colour,
            "fields": fields,
            "footer": {"text": "Every six hours, from the roof of the club"},
            "timestamp": (self._diary.now - timedelta(hours=hours)).isoformat(),
        }
        path = f"/channels/{self._community.channel('longwave/propagation')}/messages"
        await self._by(BEACON).post(path, {"embeds": [embed]})

    async def _contact(self) -> None:
        """One line of the logbook."""
        rng = self._rng
        band, megahertz = rng.choice(_BANDS)
        letters = "".join(rng.choices("ACDFGHKLMNRSTWY", k=3))
        call = f"Q{rng.choice('ABDEKLS')}{rng.randint(1, 9)}{letters}"
        signal, mode = f"5{rng.randint(3, 9)}9", rng.choice(("CW", "SSB", "CW", "digital"))
        text = f"`{call}` {megahertz} MHz ({band} m) {mode}, {signal}: {rng.choice(_REMARKS)}"
        path = f"/channels/{self._community.channel('longwave/logbook')}/messages"
        await self._by(rng.choice(_OPERATORS)).post(path, {"content": text})

    async def _read_all(self) -> None:
        """The sample person has read everything, so that what comes now is new."""
        sample = self._by(SAMPLE)
        for grounds in self._community.guilds.values():
            await sample.post(f"/guilds/{grounds.id}/ack", {})
        for channel in await sample.get("/users/@me/channels"):
            if channel["last_message_id"]:
                await self._read(channel["id"], channel["last_message_id"])

    async def _catch_up(self) -> None:
        """And a while ago they looked into the busiest room again."""
        room = self._community.channel("longwave/general")
        (newest,) = await self._by(SAMPLE).get(f"/channels/{room}/messages?limit=1")
        await self._read(room, newest["id"])

    async def _read(self, channel_id: str, message_id: str) -> None:
        await self._by(SAMPLE).post(
            f"/channels/{channel_id}/messages/{message_id}/ack", {"token": None}
        )

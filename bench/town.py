"""The scene of the scenarios, made through REST: people, guilds, channels and bots."""

import itertools
from dataclasses import dataclass
from typing import Final

from bench.load import STAMP
from bench.rest import API, Client

GUILDS: Final = 1 << 0
GUILD_MESSAGES: Final = 1 << 9
GUILD_MESSAGE_TYPING: Final = 1 << 11
MESSAGE_CONTENT: Final = 1 << 15
INTENTS: Final = GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT
_MESSAGE_CONTENT_LIMITED: Final = 1 << 19
_names = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """An account with its own connection."""

    id: str
    client: Client

    @property
    def authorization(self) -> str:
        return self.client.authorization


@dataclass(frozen=True)
class Guild:
    """A guild with one text channel for the messages."""

    id: str
    channel_id: str
    owner: Person

    @property
    def messages(self) -> str:
        return f"{API}/channels/{self.channel_id}/messages"

    def post(self, group: int = 0, size: int = 60) -> str:
        """A generator's request line: post a message of about so many characters."""
        content = f"{STAMP} {'x' * (size - len(STAMP) - 1)}"
        return f'{group} POST {self.messages} {{"content":"{content}"}}'


def person(port: int) -> Person:
    answer = Client(port).post(
        "/auth/register",
        {"username": f"bench{next(_names)}", "password": "correct horse battery staple"},
    )
    return Person(answer["user_id"], Client(port, answer["token"]))


def guild(owner: Person) -> Guild:
    created = owner.client.post("/guilds", {"name": f"guild {next(_names)}"})
    path = f"/guilds/{created['id']}/channels"
    channel = owner.client.post(path, {"name": "bench", "type": 0})
    return Guild(created["id"], channel["id"], owner)


def join(guild: Guild, people: list[Person]) -> None:
    invite = guild.owner.client.post(f"/channels/{guild.channel_id}/invites", {"max_age": 0})
    for one in people:
        one.client.post(f"/invites/{invite['code']}", {})


def bot(guilds: list[Guild]) -> str:
    """A new bot in some guilds of one owner, which may read messages; its token."""
    client = guilds[0].owner.client
    application = client.post("/applications", {"name": f"bot {next(_names)}"})
    client.patch(f"/applications/{application['id']}", {"flags": _MESSAGE_CONTENT_LIMITED})
    token: str = client.post(f"/applications/{application['id']}/bot/reset", {})["token"]
    for one in guilds:
        client.post(
            f"/oauth2/authorize?client_id={application['id']}&scope=bot",
            {"guild_id": one.id, "permissions": "0", "authorize": True},
        )
    return token


@dataclass(frozen=True)
class Room:
    """A guild with people who write and bots which read."""

    guild: Guild
    authorizations: list[str]
    tokens: list[str]


def room(owner: Person, writers: list[Person], bots: int) -> Room:
    place = guild(owner)
    join(place, writers)
    return Room(place, [one.authorization for one in writers], [bot([place]) for _ in range(bots)])

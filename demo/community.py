"""What there is of the sample community: who, where, and by which ids; kept beside its data."""

import re
from pathlib import Path
from typing import Any, Final, Self

import aiohttp
import msgspec

from demo.caller import Caller
from demo.cast import SAMPLE
from demo.places import NEWS, TEXT, VOICE

_FILE: Final = "demo.json"
_MENTION: Final = re.compile(r"(@&|@|#)\{([^}]+)\}")
_EMOJI: Final = re.compile(r":(\w+):")


class Grounds(msgspec.Struct, kw_only=True):
    """A guild by the names of what is in it."""

    id: str
    rooms: dict[str, str]
    """Where one writes."""
    voice: dict[str, str]
    roles: dict[str, str]
    emojis: dict[str, str] = {}


class Community(msgspec.Struct, kw_only=True):
    """Tokens and ids by name. Private channels are called `dm:juno` or `group:crew`."""

    tokens: dict[str, str] = {}
    people: dict[str, str] = {}
    guilds: dict[str, Grounds] = {}
    private: dict[str, str] = {}

    @classmethod
    def kept(cls, directory: Path) -> Self | None:
        """That of a data directory, if there is one."""
        path = directory / _FILE
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else None

    def keep(self, directory: Path) -> None:
        path = directory / _FILE
        path.touch(mode=0o600)
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self)))

    def caller(self, http: aiohttp.ClientSession, url: str, who: str) -> Caller:
        return Caller(http, url, self.tokens[who])

    def channel(self, where: str) -> str:
        """The id of `place/room`, or of a private channel."""
        place, slash, room = where.partition("/")
        return self.guilds[place].rooms[room] if slash else self.private[where]

    def written(self, where: str, text: str) -> str:
        """A text as clients send it, with its mentions and emojis."""
        place = self.guilds.get(where.partition("/")[0])

        def mention(found: re.Match[str]) -> str:
            mark, name = found.groups()
            if mark == "@":
                return f"<@{self.people[name]}>"
            if place is None:
                raise ValueError(f"{found[0]} in a private channel")
            known = place.rooms if mark == "#" else place.roles
            return f"<{mark}{known[name]}>"

        def emoji(found: re.Match[str]) -> str:
            id_ = place.emojis.get(found[1]) if place else None
            return f"<:{found[1]}:{id_}>" if id_ else found[0]

        return _EMOJI.sub(emoji, _MENTION.sub(mention, text))

    def reaction(self, where: str, emoji: str) -> str:
        """An emoji as it stands in the path of a reaction."""
        found = _EMOJI.fullmatch(emoji)
        if found is None:
            return emoji
        return f"{found[1]}:{self.guilds[where.partition('/')[0]].emojis[found[1]]}"

    def grounds(self, key: str, made: Any, channels: Any) -> Grounds:
        """Note a guild that was just made."""
        found = Grounds(
            id=made["id"],
            rooms={it["name"]: it["id"] for it in channels if it["type"] in (TEXT, NEWS)},
            voice={it["name"]: it["id"] for it in channels if it["type"] == VOICE},
            roles={role["name"]: role["id"] for role in made["roles"]},
        )
        self.guilds[key] = found
        return found

    @property
    def sample(self) -> str:
        """The token of whom one looks as."""
        return self.tokens[SAMPLE]

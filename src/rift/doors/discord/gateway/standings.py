"""How somebody stands towards others: what their clients say, and what their settings allow."""

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from msgspec import structs

from rift.snowflake import Snowflake
from rift.wire.presences import Activity, ClientStatus, PresenceUpdate, UpdatePresence
from rift.wire.ready import GatewaySession, SessionClient
from rift.wire.settings import CustomStatus, UserSettings
from rift.wire.users import PartialUser

ORDER: Final = ("online", "dnd", "idle", "invisible", "offline")
HIDDEN: Final = ("invisible", "offline")
ALL: Final = "all"
_CUSTOM: Final = 4
_KINDS: Final = {"desktop": "desktop", "mobile": "mobile"}


class Standing:
    """One user with sessions in this process; `elsewhere` are those in others."""

    __slots__ = (
        "custom",
        "elsewhere",
        "friends",
        "here",
        "restricted",
        "shown",
        "shows_games",
        "status",
        "told",
        "user_id",
        "waiting",
    )

    def __init__(self, user_id: Snowflake) -> None:
        self.user_id = user_id
        self.status = "online"
        self.custom: CustomStatus | None = None
        self.shows_games = True
        self.restricted: frozenset[str] = frozenset()
        self.friends: frozenset[Snowflake] = frozenset()
        self.here: dict[str, GatewaySession] = {}
        self.elsewhere: dict[str, list[GatewaySession]] = {}
        self.told: PresenceUpdate | None = None
        """What friends were told last."""
        self.shown = False
        """Whether any guild was ever told that they are not offline."""
        self.waiting: Any = None
        """The end of the custom status, as a timer."""

    def adopt(self, settings: UserSettings) -> None:
        """Take over settings, or those that changed."""
        if settings.status:
            self.status = settings.status
        if settings.custom_status is None or settings.custom_status:
            self.custom = settings.custom_status
        if isinstance(settings.show_current_game, bool):
            self.shows_games = settings.show_current_game
        if isinstance(settings.activity_restricted_guild_ids, list):
            self.restricted = frozenset(settings.activity_restricted_guild_ids)

    def say(self, session_id: str, client: SessionClient, said: UpdatePresence) -> None:
        """What one of the sessions here says of itself."""
        shown = [it for it in said.doing if self.shows_games or it.type == _CUSTOM]
        self.here[session_id] = GatewaySession(
            session_id=session_id,
            client_info=client,
            status=self.status if said.status == "unknown" else said.status,
            activities=shown,
            hidden_activities=[it for it in said.doing if it not in shown],
            active=not said.afk,
        )

    def turn(self, status: str) -> None:
        """All sessions are as somebody chose in the settings, here and elsewhere."""
        self.here = {id_: structs.replace(it, status=status) for id_, it in self.here.items()}
        self.elsewhere = {
            origin: [structs.replace(it, status=status) for it in sessions]
            for origin, sessions in self.elsewhere.items()
        }

    @property
    def sessions(self) -> list[GatewaySession]:
        """All sessions, as their owner sees them; of several, also what they come to."""
        several = [*self.here.values(), *(it for some in self.elsewhere.values() for it in some)]
        if len(several) > 1:
            liveliest = _liveliest(several)
            unknown = SessionClient()
            several.insert(0, structs.replace(liveliest, session_id=ALL, client_info=unknown))
        return several

    def presence(self, now: datetime, guild_id: Snowflake | None = None) -> PresenceUpdate:
        """What others see, in a guild or as friends."""
        sessions = [it for it in self.sessions if it.session_id != ALL]
        liveliest = _liveliest(sessions) if sessions else None
        if liveliest is None or liveliest.status in HIDDEN:
            shown = PresenceUpdate(user=PartialUser(id=self.user_id), status="offline")
        else:
            shown = PresenceUpdate(
                user=PartialUser(id=self.user_id),
                status=liveliest.status,
                activities=self._activities(liveliest, now, guild_id),
                client_status=_client_status(sessions),
            )
        return shown if guild_id is None else structs.replace(shown, guild_id=guild_id)

    def _activities(
        self, session: GatewaySession, now: datetime, guild_id: Snowflake | None
    ) -> list[Activity]:
        doing = session.activities
        if guild_id in self.restricted:
            doing = [it for it in doing if it.type == _CUSTOM]
        custom = self.custom
        over = custom is not None and custom.expires_at is not None and custom.expires_at <= now
        if custom is None or over or any(it.type == _CUSTOM for it in doing):
            return doing
        return [_activity(custom), *doing]


def stamped(said: UpdatePresence) -> UpdatePresence:
    """With the time each activity began, which clients leave to the server and rely upon."""
    now_ms = int(time.time() * 1000)
    doing = [structs.replace(activity, created_at=now_ms) for activity in said.doing]
    return structs.replace(said, activities=doing, game=None)


def _liveliest(sessions: Iterable[GatewaySession]) -> GatewaySession:
    return min(sessions, key=lambda it: ORDER.index(it.status))


def _client_status(sessions: Iterable[GatewaySession]) -> ClientStatus:
    """Per kind of client the liveliest of its sessions."""
    found: dict[str, str] = {}
    for session in sorted(sessions, key=lambda it: ORDER.index(it.status), reverse=True):
        if session.status not in HIDDEN:
            found[_KINDS.get(session.client_info.client, "web")] = session.status
    return ClientStatus(**found)


def _activity(custom: CustomStatus) -> Activity:
    emoji = {"name": custom.emoji_name} if custom.emoji_name else None
    if custom.emoji_id is not None:
        emoji = {"id": custom.emoji_id, "name": custom.emoji_name or ""}
    return Activity(name="Custom Status", type=_CUSTOM, state=custom.text, emoji=emoji)

"""What a client holds of the world: built from GUILD_CREATE, kept true by nothing but events."""

from collections.abc import Callable
from typing import Any, Final

from tests.gateway import Dispatch, Gateway

Json = dict[str, Any]

_LISTS: Final = ("channels", "threads", "roles", "members", "presences", "soundboard_sounds")
_PLANS: Final = "guild_scheduled_events"


class Mirror:
    """A faithful, simple-minded client."""

    def __init__(self) -> None:
        self.guilds: dict[str, Json] = {}
        self.private: dict[str, Json] = {}
        self.relationships: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.user: Json = {}
        self.guild_settings: dict[str, Json] = {}

    def live(self, events: list[Dispatch]) -> None:
        """Take in events, in order."""
        for event in events:
            handler = HANDLERS.get(event.name)
            if handler is not None:
                handler(self, event.data)

    def world(self) -> Json:
        """All it holds, in an order that does not depend on how it came."""
        return {
            "guilds": {id_: _tidy(guild) for id_, guild in sorted(self.guilds.items())},
            "private": dict(sorted(self.private.items())),
            "relationships": dict(sorted(self.relationships.items())),
            "user": self.user,
            "guild settings": self.guild_settings,
        }


def mirrored(gateway: Gateway, start: Mirror | None = None) -> Mirror:
    """A client that lived through everything a connection heard."""
    mirror = start or Mirror()
    mirror.live(gateway.history)
    return mirror


def _tidy(guild: Json) -> Json:
    tidy = {key: value for key, value in guild.items() if key not in _LISTS}
    for name in ("channels", "threads", "roles", "members", "soundboard_sounds"):
        tidy[name] = dict(sorted(guild[name].items()))
    return tidy


def _ready(mirror: Mirror, data: Json) -> None:
    mirror.user = data["user"]
    for channel in data["private_channels"]:
        _private_put(mirror, channel)
    for relationship in data["relationships"]:
        _relationship_add(mirror, relationship)
    for settings in data.get("user_guild_settings", ()):
        _guild_settings_put(mirror, settings)


def _user_put(mirror: Mirror, data: Json) -> None:
    mirror.user = {**mirror.user, **data}


def _guild_settings_put(mirror: Mirror, data: Json) -> None:
    mirror.guild_settings[data["guild_id"] or "@me"] = data


def _guild_create(mirror: Mirror, data: Json) -> None:
    # said of a guild that READY announced, not of one just joined
    guild = {key: value for key, value in data.items() if key != "unavailable"}
    guild["channels"] = {one["id"]: one for one in data["channels"]}
    guild["threads"] = {one["id"]: one for one in data["threads"]}
    guild["roles"] = {one["id"]: one for one in data["roles"]}
    guild["members"] = {one["user"]["id"]: one for one in data["members"]}
    guild["presences"] = {one["user"]["id"]: one for one in data["presences"]}
    guild["soundboard_sounds"] = {one["sound_id"]: one for one in data["soundboard_sounds"]}
    guild[_PLANS] = {one["id"]: one for one in data[_PLANS]}
    guild["stage_instances"] = {one["channel_id"]: one for one in data["stage_instances"]}
    guild["voice_states"] = {}
    for state in data["voice_states"]:
        _voice_put(guild, state)
    mirror.guilds[data["id"]] = guild


def _guild_update(mirror: Mirror, data: Json) -> None:
    guild = mirror.guilds[data["id"]]
    guild.update({key: value for key, value in data.items() if key not in _LISTS})


def _guild_delete(mirror: Mirror, data: Json) -> None:
    mirror.guilds.pop(data["id"], None)


def _channel_put(mirror: Mirror, data: Json) -> None:
    if "guild_id" not in data:
        _private_put(mirror, data)
        return
    mirror.guilds[data["guild_id"]]["channels"][data["id"]] = data


def _channel_delete(mirror: Mirror, data: Json) -> None:
    if "guild_id" not in data:
        mirror.private.pop(data["id"])
        return
    guild = mirror.guilds[data["guild_id"]]
    guild["channels"].pop(data["id"], None)
    below = [id_ for id_, it in guild["threads"].items() if it["parent_id"] == data["id"]]
    for id_ in below:
        del guild["threads"][id_]
    for id_ in [id_ for id_, it in guild[_PLANS].items() if it["channel_id"] == data["id"]]:
        del guild[_PLANS][id_]
    guild["stage_instances"].pop(data["id"], None)
    for id_ in [id_ for id_, it in guild["voice_states"].items() if it["channel_id"] == data["id"]]:
        del guild["voice_states"][id_]


def _thread_put(mirror: Mirror, data: Json) -> None:
    """As the client's own member of a thread is told apart, it stays."""
    threads = mirror.guilds[data["guild_id"]]["threads"]
    if data["thread_metadata"]["archived"]:
        threads.pop(data["id"], None)
        return
    known = threads.get(data["id"], {})
    told = {key: value for key, value in data.items() if key != "newly_created"}
    threads[data["id"]] = {**{key: known[key] for key in known if key == "member"}, **told}


def _thread_delete(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["threads"].pop(data["id"], None)


def _thread_list(mirror: Mirror, data: Json) -> None:
    for thread in data["threads"]:
        _thread_put(mirror, thread)
    for member in data["members"]:
        _thread_member(mirror, {**member, "guild_id": data["guild_id"]})


def _thread_member(mirror: Mirror, data: Json) -> None:
    thread = mirror.guilds[data["guild_id"]]["threads"].get(data["id"])
    if thread is not None:
        told = {key: data[key] for key in ("id", "user_id", "join_timestamp", "flags")}
        thread["member"] = {"muted": False, "mute_config": None, **told}


def _thread_members(mirror: Mirror, data: Json) -> None:
    thread = mirror.guilds[data["guild_id"]]["threads"].get(data["id"])
    if thread is None:
        return
    thread["member_count"] = data["member_count"]
    for member in data["added_members"]:
        if member["user_id"] == mirror.user["id"]:
            _thread_member(mirror, {**member, "guild_id": data["guild_id"]})
    if mirror.user["id"] in data["removed_member_ids"]:
        thread.pop("member", None)


def _private_put(mirror: Mirror, data: Json) -> None:
    recipients = {user["id"]: user for user in data["recipients"]}
    nicks = {one["id"]: one["nick"] for one in data.get("nicks", ())}
    mirror.private[data["id"]] = {**data, "recipients": recipients, "nicks": nicks}


def _recipient_add(mirror: Mirror, data: Json) -> None:
    channel = mirror.private[data["channel_id"]]
    channel["recipients"][data["user"]["id"]] = data["user"]
    if "nick" in data:
        channel["nicks"][data["user"]["id"]] = data["nick"]


def _recipient_remove(mirror: Mirror, data: Json) -> None:
    channel = mirror.private[data["channel_id"]]
    channel["recipients"].pop(data["user"]["id"])
    channel["nicks"].pop(data["user"]["id"], None)


def _relationship_add(mirror: Mirror, data: Json) -> None:
    shown = {key: value for key, value in data.items() if key != "should_notify"}
    mirror.relationships[data["id"]] = shown


def _relationship_update(mirror: Mirror, data: Json) -> None:
    mirror.relationships[data["id"]].update(data)


def _relationship_remove(mirror: Mirror, data: Json) -> None:
    mirror.relationships.pop(data["id"])


def _place(mirror: Mirror, data: Json) -> Json | None:
    """The channel something happened in; bots know no private ones."""
    if "guild_id" not in data:
        return mirror.private.get(data["channel_id"])
    guild = mirror.guilds[data["guild_id"]]
    id_ = data["channel_id"]
    channel: Json | None = guild["channels"].get(id_) or guild["threads"].get(id_)
    return channel


def _pins_update(mirror: Mirror, data: Json) -> None:
    channel = _place(mirror, data)
    if channel is not None:
        channel["last_pin_timestamp"] = data["last_pin_timestamp"]


def _role_put(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["roles"][data["role"]["id"]] = data["role"]


def _role_delete(mirror: Mirror, data: Json) -> None:
    guild = mirror.guilds[data["guild_id"]]
    guild["roles"].pop(data["role_id"], None)
    for member in guild["members"].values():
        member["roles"] = [id_ for id_ in member["roles"] if id_ != data["role_id"]]
    for channel in guild["channels"].values():
        channel["permission_overwrites"] = [
            one for one in channel["permission_overwrites"] if one["id"] != data["role_id"]
        ]


def _emojis_update(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["emojis"] = data["emojis"]


def _stickers_update(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["stickers"] = data["stickers"]


def _sound_put(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["soundboard_sounds"][data["sound_id"]] = data


def _sound_delete(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["soundboard_sounds"].pop(data["sound_id"], None)


def _sounds_update(mirror: Mirror, data: Json) -> None:
    for sound in data["soundboard_sounds"]:
        _sound_put(mirror, sound)


def _stage_put(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["stage_instances"][data["channel_id"]] = data


def _stage_delete(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]]["stage_instances"].pop(data["channel_id"], None)


def _voice_state(mirror: Mirror, data: Json) -> None:
    guild = mirror.guilds[data["guild_id"]]
    if data["channel_id"] is None:
        guild["voice_states"].pop(data["user_id"], None)
    else:
        _voice_put(guild, data)


def _voice_put(guild: Json, data: Json) -> None:
    """Without the member, who is known apart."""
    state = {key: value for key, value in data.items() if key not in ("member", "guild_id")}
    guild["voice_states"][data["user_id"]] = state


def _happening_put(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]][_PLANS][data["id"]] = data
    if data["status"] > 2:
        _happening_delete(mirror, data)


def _happening_delete(mirror: Mirror, data: Json) -> None:
    mirror.guilds[data["guild_id"]][_PLANS].pop(data["id"], None)


def _exception_put(mirror: Mirror, data: Json) -> None:
    known = _exceptions(mirror, data)
    told = {key: value for key, value in data.items() if key != "guild_id"}
    known[:] = sorted([*known, told], key=lambda it: int(it["event_exception_id"]))


def _exceptions(mirror: Mirror, data: Json) -> list[Json]:
    """Those of the event, without the one that is told of."""
    happening = mirror.guilds[data["guild_id"]][_PLANS][data["event_id"]]
    left = [
        one
        for one in happening["guild_scheduled_event_exceptions"]
        if "event_exception_id" in data and one["event_exception_id"] != data["event_exception_id"]
    ]
    happening["guild_scheduled_event_exceptions"] = left
    return left


def _exceptions_delete(mirror: Mirror, data: Json) -> None:
    _exceptions(mirror, data)


def _member_add(mirror: Mirror, data: Json) -> None:
    guild = mirror.guilds[data["guild_id"]]
    guild["member_count"] += 1
    _member_put(mirror, data)


def _member_put(mirror: Mirror, data: Json) -> None:
    member = {key: value for key, value in data.items() if key != "guild_id"}
    mirror.guilds[data["guild_id"]]["members"][data["user"]["id"]] = member


def _member_remove(mirror: Mirror, data: Json) -> None:
    guild = mirror.guilds.get(data["guild_id"])
    if guild is not None:
        guild["member_count"] -= 1
        guild["members"].pop(data["user"]["id"], None)


def _message_create(mirror: Mirror, data: Json) -> None:
    mirror.messages.setdefault(data["channel_id"], {})[data["id"]] = _message(data)
    channel = _place(mirror, data)
    if channel is not None:
        is_new = int(data["id"]) > int(channel["last_message_id"] or 0)
        channel["last_message_id"] = data["id"]
        if "message_count" in channel and is_new and _counts(channel, data):
            channel["message_count"] += 1
            channel["total_message_sent"] += 1


def _counts(thread: Json, message: Json) -> bool:
    """What a thread began with is not among its messages."""
    return bool(message["id"] != thread["id"] and message["type"] != 21)


def _message_update(mirror: Mirror, data: Json) -> None:
    messages = mirror.messages.setdefault(data["channel_id"], {})
    if data["id"] in messages:
        messages[data["id"]] = {**messages[data["id"]], **_message(data)}


def _message_delete(mirror: Mirror, data: Json) -> None:
    channel = _place(mirror, data)
    if channel is not None and "message_count" in channel:
        channel["message_count"] -= 1
    mirror.messages.get(data["channel_id"], {}).pop(data["id"], None)


def _message_delete_bulk(mirror: Mirror, data: Json) -> None:
    for id_ in data["ids"]:
        mirror.messages.get(data["channel_id"], {}).pop(id_, None)


def _reacted(mirror: Mirror, data: Json) -> Json | None:
    return mirror.messages.get(data["channel_id"], {}).get(data["message_id"])


def _reaction_add(mirror: Mirror, data: Json) -> None:
    message = _reacted(mirror, data)
    if message is not None:
        _reaction(message, data).append(data["user_id"])


def _reaction_remove(mirror: Mirror, data: Json) -> None:
    message = _reacted(mirror, data)
    if message is not None:
        _reaction(message, data).remove(data["user_id"])


def _vote_add(mirror: Mirror, data: Json) -> None:
    _count(mirror, data, 1)


def _vote_remove(mirror: Mirror, data: Json) -> None:
    _count(mirror, data, -1)


def _count(mirror: Mirror, data: Json, by: int) -> None:
    message = _reacted(mirror, data)
    if message is not None:
        votes = message["poll"]["votes"]
        votes[data["answer_id"]] = votes.get(data["answer_id"], 0) + by
        if not votes[data["answer_id"]]:
            del votes[data["answer_id"]]


def _reaction_remove_all(mirror: Mirror, data: Json) -> None:
    message = _reacted(mirror, data)
    if message is not None:
        message["reacted"] = {}


def _reaction_remove_emoji(mirror: Mirror, data: Json) -> None:
    message = _reacted(mirror, data)
    if message is not None:
        message["reacted"].pop(data["emoji"]["name"], None)


def _reaction(message: Json, data: Json) -> list[str]:
    found: list[str] = message["reacted"].setdefault(data["emoji"]["name"], [])
    return found


def _message(data: Json) -> Json:
    """The message as REST would answer it, with reactions kept apart."""
    private = ("guild_id", "member", "channel_type", "nonce", "reactions", "thread")
    shown = {key: value for key, value in data.items() if key not in private}
    shown["mentions"] = [
        {key: value for key, value in user.items() if key != "member"} for user in data["mentions"]
    ]
    if shown.get("referenced_message"):
        shown["referenced_message"] = shown["referenced_message"]["id"]
    shown.setdefault("reacted", {})
    if "poll" in shown:
        poll = dict(shown["poll"])
        results = poll.pop("results")
        votes = {one["id"]: one["count"] for one in results["answer_counts"]}
        shown["poll"] = {**poll, "votes": votes, "is_finalized": results["is_finalized"]}
    return shown


def as_listed(message: Json) -> Json:
    """A message of a REST page in the same form."""
    shown = _message(message)
    shown["reacted"] = {one["emoji"]["name"]: one["count"] for one in message.get("reactions", ())}
    return shown


def as_lived(message: Json) -> Json:
    """A message of a mirror, with users of reactions counted."""
    counts = {name: len(users) for name, users in message["reacted"].items() if users}
    return {**message, "reacted": counts}


HANDLERS: Final[dict[str, Callable[[Mirror, Json], None]]] = {
    "READY": _ready,
    "GUILD_CREATE": _guild_create,
    "GUILD_UPDATE": _guild_update,
    "GUILD_DELETE": _guild_delete,
    "CHANNEL_CREATE": _channel_put,
    "CHANNEL_UPDATE": _channel_put,
    "CHANNEL_DELETE": _channel_delete,
    "CHANNEL_PINS_UPDATE": _pins_update,
    "THREAD_CREATE": _thread_put,
    "THREAD_UPDATE": _thread_put,
    "THREAD_DELETE": _thread_delete,
    "THREAD_LIST_SYNC": _thread_list,
    "THREAD_MEMBER_UPDATE": _thread_member,
    "THREAD_MEMBERS_UPDATE": _thread_members,
    "CHANNEL_RECIPIENT_ADD": _recipient_add,
    "CHANNEL_RECIPIENT_REMOVE": _recipient_remove,
    "USER_UPDATE": _user_put,
    "USER_GUILD_SETTINGS_UPDATE": _guild_settings_put,
    "RELATIONSHIP_ADD": _relationship_add,
    "RELATIONSHIP_UPDATE": _relationship_update,
    "RELATIONSHIP_REMOVE": _relationship_remove,
    "GUILD_ROLE_CREATE": _role_put,
    "GUILD_ROLE_UPDATE": _role_put,
    "GUILD_ROLE_DELETE": _role_delete,
    "GUILD_EMOJIS_UPDATE": _emojis_update,
    "GUILD_STICKERS_UPDATE": _stickers_update,
    "GUILD_SOUNDBOARD_SOUND_CREATE": _sound_put,
    "GUILD_SOUNDBOARD_SOUND_UPDATE": _sound_put,
    "GUILD_SOUNDBOARD_SOUND_DELETE": _sound_delete,
    "GUILD_SOUNDBOARD_SOUNDS_UPDATE": _sounds_update,
    "STAGE_INSTANCE_CREATE": _stage_put,
    "STAGE_INSTANCE_UPDATE": _stage_put,
    "STAGE_INSTANCE_DELETE": _stage_delete,
    "VOICE_STATE_UPDATE": _voice_state,
    "GUILD_SCHEDULED_EVENT_CREATE": _happening_put,
    "GUILD_SCHEDULED_EVENT_UPDATE": _happening_put,
    "GUILD_SCHEDULED_EVENT_DELETE": _happening_delete,
    "GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE": _exception_put,
    "GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE": _exception_put,
    "GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE": _exceptions_delete,
    "GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE": _exceptions_delete,
    "GUILD_MEMBER_ADD": _member_add,
    "GUILD_MEMBER_UPDATE": _member_put,
    "GUILD_MEMBER_REMOVE": _member_remove,
    "MESSAGE_CREATE": _message_create,
    "MESSAGE_UPDATE": _message_update,
    "MESSAGE_DELETE": _message_delete,
    "MESSAGE_DELETE_BULK": _message_delete_bulk,
    "MESSAGE_REACTION_ADD": _reaction_add,
    "MESSAGE_REACTION_REMOVE": _reaction_remove,
    "MESSAGE_POLL_VOTE_ADD": _vote_add,
    "MESSAGE_POLL_VOTE_REMOVE": _vote_remove,
    "MESSAGE_REACTION_REMOVE_ALL": _reaction_remove_all,
    "MESSAGE_REACTION_REMOVE_EMOJI": _reaction_remove_emoji,
}

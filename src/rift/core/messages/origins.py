"""What a message says of the interaction it came of: kept by its person's id, shown with them."""

from typing import Any

import msgspec
from msgspec import UNSET

from rift.wire.limits import Json
from rift.wire.messages import Message
from rift.wire.users import User

_INNER = "triggering_interaction_metadata"


def told(kept: Json | None, user: User | None) -> dict[str, Any]:
    """The fields of a message; none where nobody set it off, or they are gone."""
    if kept is None or user is None:
        return {}
    shown: Json = msgspec.to_builtins(user)
    metadata = _with_user(kept["metadata"], shown)
    told_: dict[str, Any] = {"interaction_metadata": metadata}
    if kept.get("name"):
        told_["interaction"] = {
            "id": metadata["id"],
            "type": metadata["type"],
            "name": kept["name"],
            "user": shown,
        }
    return told_


def kept(message: Message) -> Json | None:
    """What is stored of them."""
    if message.interaction_metadata is UNSET:
        return None
    user = message.interaction_metadata["user"]
    name = UNSET if message.interaction is UNSET else message.interaction["name"]
    found: Json = {
        "metadata": _without_user(message.interaction_metadata),
        "user_id": user["id"],
    }
    return found if name is UNSET else {**found, "name": name}


def _with_user(metadata: Json, user: Json) -> Json:
    shown = {**metadata, "user": user}
    if _INNER in metadata:
        shown[_INNER] = _with_user(metadata[_INNER], user)
    return shown


def _without_user(metadata: Json) -> Json:
    bare = {name: value for name, value in metadata.items() if name != "user"}
    if _INNER in bare:
        bare[_INNER] = _without_user(bare[_INNER])
    return bare

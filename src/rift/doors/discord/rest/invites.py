"""The operations on invites."""

from typing import Final

from rift.core.actor import Actor
from rift.core.invites import targets
from rift.core.invites import verbs as invites
from rift.core.unit import Unit
from rift.doors.http.endpoints import JSON, MULTIPART, Bucket, delete, get, patch, post, put
from rift.doors.http.messages import Answer

_CSV: Final = (
    b"Content-Type: text/csv\r\n"
    b'Content-Disposition: attachment; filename="target_users.csv"\r\n'
    b"X-Content-Type-Options: nosniff\r\n"
)


async def listing(unit: Unit, actor: Actor, code: str) -> Answer:
    """For whom an invite is, as a file."""
    return Answer(200, (await targets.listing(unit, actor, code)).encode(), _CSV)


ENDPOINTS: Final = (
    get("/channels/{channel_id}/invites", invites.list_of_channel),
    post(
        "/channels/{channel_id}/invites",
        invites.create,
        Bucket("invites", 10, 10.0),
        media_types=(JSON, MULTIPART),
        intake=targets.OfNewInvite,
    ),
    get("/guilds/{guild_id}/invites", invites.list_of_guild),
    get("/invites/{code}", invites.fetch, Bucket("invites.fetch", 20, 5.0)),
    post("/invites/{code}", invites.accept, Bucket("invites.accept", 10, 10.0)),
    delete("/invites/{code}", invites.delete),
    get("/invites/{code}/target-users", listing),
    put(
        "/invites/{code}/target-users",
        targets.replace,
        Bucket("invites.targets", 5, 10.0),
        status=204,
        media_types=(MULTIPART,),
        intake=targets.OfInvite,
    ),
    get("/invites/{code}/target-users/job-status", targets.job),
    get("/guilds/{guild_id}/vanity-url", invites.fetch_vanity),
    patch("/guilds/{guild_id}/vanity-url", invites.set_vanity, Bucket("vanity", 5, 60.0)),
)

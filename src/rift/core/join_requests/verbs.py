"""What can be done with the form of a guild, and with the requests of those who fill it in."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import msgspec
from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, done, record
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.house import House
from rift.core.join_requests import following, forms, queries, telling
from rift.core.members import joining
from rift.core.members.arriving import GATE
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, InvalidForm
from rift.permissions import Permission
from rift.snowflake import MAX, Snowflake
from rift.wire.auditlog import Action
from rift.wire.join_requests import (
    JoinCooldown,
    JoinRequest,
    JoinRequests,
    JoinRequestsQuery,
    MemberVerification,
    ModifyMemberVerification,
    ReviewJoinRequest,
    ReviewJoinRequests,
    SubmitJoinRequest,
    Verdict,
)
from rift.wire.members import Member
from rift.world import Picture

_REVIEWED: Final = "MEMBER_VERIFICATION_MANUAL_APPROVAL"
_KEPT: Final = timedelta(days=180)
_PRUNED_AT_ONCE: Final = 1000
_NOTHING: Final = MemberVerification(version=None, form_fields=[], description=None)
_SENT: Final = ("SUBMITTED", "REJECTED", "APPROVED")
_REVIEWED_AT_ONCE: Final = 50
_TOO_SOON: Final = "You were not let in a moment ago. Wait before you ask again."
_INSIDE: Final = "You are a member of this server already."
_UNKNOWN: Final = "There is no such request."


async def fetch_form(unit: Unit, actor: Actor, guild_id: Snowflake) -> MemberVerification:
    """What those who come are asked to agree to."""
    await access.found_guild(unit, actor, guild_id)
    form = await forms.stored(unit, guild_id)
    if form is None:
        raise errors.UnknownVerificationForm
    return form


async def modify_form(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyMemberVerification
) -> MemberVerification:
    """Change what is asked, or whether it is."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await forms.stored(unit, guild_id) or _NOTHING
    after = MemberVerification(
        version=unit.now(),
        form_fields=before.form_fields
        if body.form_fields is UNSET
        else forms.fields(body.form_fields),
        description=before.description if body.description is UNSET else body.description,
    )
    was_shut = GATE in hall.guild.guild.features
    is_shut = was_shut if body.enabled is UNSET else body.enabled
    if is_shut and not after.form_fields:
        raise InvalidForm({"form_fields": [REQUIRED]})
    shape = msgspec.to_builtins(after.form_fields)
    await unit.run(queries.PUT_FORM, guild_id, after.version, after.description, shape)
    await record(unit, actor, guild_id, changed(Action.GUILD_UPDATE, guild_id, before, after))
    features = {*hall.guild.guild.features} - {GATE, _REVIEWED}
    features |= {GATE} if is_shut else set()
    features |= {_REVIEWED} if is_shut and forms.is_reviewed(after) else set()
    if features != {*hall.guild.guild.features}:
        await guilds.change(unit, actor, hall, {"features": sorted(features)})
    if was_shut and not is_shut:
        await _open(unit, actor, hall, body.bulk_action)
    return after


async def submit(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: SubmitJoinRequest
) -> JoinRequest:
    """Agree to the rules, which lets one in, or send answers for somebody to decide."""
    actor.must_be_person()
    hall = await holding.hall(unit, actor, guild_id)
    if not hall.member.pending:
        raise errors.Conflict(_INSIDE)
    wait_s = await following.wait_s(unit, guild_id, actor.id)
    if wait_s:
        raise errors.RateLimited(wait_s, message=_TOO_SOON)
    form = await forms.stored(unit, guild_id) or _NOTHING
    responses = msgspec.to_builtins(forms.answered(form, body))
    status = "SUBMITTED" if forms.is_reviewed(form) else "APPROVED"
    row = await following.put(unit, guild_id, actor.id, status, responses)
    [request] = await telling.shown(unit, [row])
    telling.moved(unit, request)
    if status == "APPROVED":
        await joining.admit(unit, hall.guild, hall.member)
    return telling.own(request)


async def reset(unit: Unit, actor: Actor, guild_id: Snowflake) -> JoinRequest:
    """Take back what one has sent, to answer anew."""
    actor.must_be_person()
    hall = await holding.hall(unit, actor, guild_id)
    if not hall.member.pending:
        raise errors.Conflict(_INSIDE)
    await following.end(unit, guild_id, actor.id)
    return telling.own(await following.begin(unit, guild_id, actor.id))


async def fetch_own(unit: Unit, actor: Actor, guild_id: Snowflake) -> JoinRequest:
    """How far one is oneself; also for who was rejected and is out again."""
    return telling.own(await following.of(unit, guild_id, actor.id))


async def fetch_cooldown(unit: Unit, actor: Actor, guild_id: Snowflake) -> JoinCooldown:
    """How long one has to wait before one asks again."""
    actor.must_be_person()
    return JoinCooldown(cooldown=await following.wait_s(unit, guild_id, actor.id))


async def acknowledge(unit: Unit, actor: Actor, guild_id: Snowflake, request_id: Snowflake) -> None:
    """One has seen that one was let in; by the request's id, or by one's own."""
    actor.must_be_person()
    row = await unit.maybe(queries.SEE, guild_id, actor.id, request_id, unit.now())
    if row is None:
        raise errors.NotFound(_UNKNOWN)
    telling.seen(unit, (await telling.shown(unit, [row]))[0])


async def acknowledge_own(unit: Unit, actor: Actor, guild_id: Snowflake) -> None:
    """The same of whichever is one's own."""
    await acknowledge(unit, actor, guild_id, actor.id)


async def fetch(unit: Unit, actor: Actor, request_id: Snowflake) -> JoinRequest:
    """A request with its answers: one's own, or one that others have sent and one may decide."""
    row = await unit.maybe(queries.ANYWHERE, request_id)
    if row is None:
        raise errors.NotFound(_UNKNOWN)
    if row["user_id"] == actor.id:
        return telling.sent((await telling.shown(unit, [row]))[0])
    await access.guild(unit, actor, row["guild_id"], Permission.KICK_MEMBERS)
    if row["status"] not in _SENT:
        raise errors.NotFound(_UNKNOWN)
    return (await telling.shown(unit, [row]))[0]


async def list_of(
    unit: Unit, actor: Actor, guild_id: Snowflake, user_id: Snowflake
) -> list[JoinRequest]:
    """What somebody has sent, for those who decide; who comes again begins anew."""
    await access.guild(unit, actor, guild_id, Permission.KICK_MEMBERS)
    rows = await unit.all(queries.OF_USER, guild_id, user_id)
    return await telling.shown(unit, [row for row in rows if row["status"] in _SENT])


async def list_all(
    unit: Unit, actor: Actor, guild_id: Snowflake, query: JoinRequestsQuery
) -> JoinRequests:
    """The requests there are to decide, or were, the newest first."""
    await access.guild(unit, actor, guild_id, Permission.KICK_MEMBERS)
    statuses = list(_SENT) if query.status is None else [query.status]
    if query.after is not None and query.before is None:
        rows = await unit.all(queries.LIST_AFTER, guild_id, statuses, query.after, query.limit)
        rows.reverse()
    else:
        before = query.before or str(MAX)
        rows = await unit.all(queries.LIST_BEFORE, guild_id, statuses, before, query.limit)
    total = await unit.one(queries.COUNT, guild_id, statuses)
    return JoinRequests(guild_join_requests=await telling.shown(unit, rows), total=total["count"])


async def review(
    unit: Unit, actor: Actor, guild_id: Snowflake, request_id: Snowflake, body: ReviewJoinRequest
) -> JoinRequest:
    """Let somebody in, or put them out."""
    hall = await holding.hall(unit, actor, guild_id, Permission.KICK_MEMBERS)
    row = await unit.maybe(queries.ONE, guild_id, request_id)
    if row is None or row["status"] == "STARTED":
        raise errors.NotFound(_UNKNOWN)
    member = await holding.member(unit, hall.guild, row["user_id"])
    if row["status"] != "SUBMITTED" or member is None:
        words = "This request is decided already."
        raise InvalidForm.at("action", "JOIN_REQUEST_DECIDED", words)
    verdict, reason = body.action, body.rejection_reason
    request = await following.decide(unit, actor, guild_id, member.user.id, verdict, reason)
    if request is None:
        raise errors.NotFound(_UNKNOWN)
    await _carry_out(unit, actor, hall, member, verdict, reason)
    return request


async def review_all(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ReviewJoinRequests
) -> None:
    """Let in, or put out, everybody who has answered and waits, some at a time."""
    await access.guild(unit, actor, guild_id, Permission.KICK_MEMBERS)
    unit.afterwards(partial(_review_each, unit.house, actor, guild_id, body.action))


async def _review_each(house: House, actor: Actor, guild_id: Snowflake, verdict: Verdict) -> None:
    """Each portion in a unit of its own; what breaks off leaves the others waiting."""
    reached: Snowflake | None = Snowflake("0")
    while reached is not None:
        async with Unit(house) as unit:
            hall = await holding.hall(unit, actor, guild_id, Permission.KICK_MEMBERS)
            rows = await unit.all(queries.WAITING, guild_id, reached, _REVIEWED_AT_ONCE)
            await _decide_all(unit, actor, hall, rows, verdict)
        reached = rows[-1]["id"] if len(rows) == _REVIEWED_AT_ONCE else None


async def let_in(unit: Unit, actor: Actor, picture: Picture, member: Member) -> Member:
    """Somebody who may do so lets a member of a held guild in without a word of theirs."""
    await following.decide(unit, actor, picture.id, member.user.id, "APPROVED")
    return await joining.admit(unit, picture, member)


async def prune(unit: Unit) -> int:
    """Forget a batch of what was decided long ago; how many it was."""
    return await unit.run(queries.PRUNE, unit.now() - _KEPT, _PRUNED_AT_ONCE)


async def _open(unit: Unit, actor: Actor, hall: Hall, verdict: Verdict) -> None:
    """The gate is open: nobody waits any more."""
    pending = await unit.all(queries.PENDING, hall.guild.id)
    await _decide_all(unit, actor, hall, pending, verdict)


async def _decide_all(
    unit: Unit, actor: Actor, hall: Hall, rows: Sequence[Row], verdict: Verdict
) -> None:
    for row in rows:
        member = await holding.member(unit, hall.guild, row["user_id"])
        if member is not None and (verdict == "APPROVED" or hall.outranks(member)):
            await following.decide(unit, actor, hall.guild.id, member.user.id, verdict)
            await _carry_out(unit, actor, hall, member, verdict)


async def _carry_out(
    unit: Unit,
    actor: Actor,
    hall: Hall,
    member: Member,
    verdict: Verdict,
    reason: str | None = None,
) -> None:
    if verdict == "APPROVED":
        await joining.admit(unit, hall.guild, member)
        return
    if not hall.outranks(member):
        raise errors.MissingPermissions
    await joining.leave(unit, hall.guild, member)
    kicked = done(Action.MEMBER_KICK, member.user.id)
    await record(unit, actor, hall.guild.id, kicked, reason=reason)

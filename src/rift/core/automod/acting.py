"""What is done where rules apply: it is said to those who moderate, and somebody is silenced."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from secrets import token_hex
from typing import Any, Final, NamedTuple

from msgspec import UNSET

from rift import events
from rift.core.access import Room
from rift.core.auditlog.recording import done, record
from rift.core.automod.judging import Hit
from rift.core.guilds import holding
from rift.core.house import House
from rift.core.incidents import alerting
from rift.core.members import writing
from rift.core.messages import announcing
from rift.core.unit import Unit
from rift.permissions import ADMINISTRATOR, ALL
from rift.snowflake import Snowflake
from rift.wire import auditlog
from rift.wire.automod import QUARANTINED, Action, ActionExecution, Effect
from rift.wire.channels import Channel
from rift.wire.embeds import Embed, EmbedField
from rift.wire.members import Member
from rift.wire.users import User
from rift.world import Picture

ALERT: Final = "auto_moderation_message"
_SILENCES: Final = frozenset({int(Effect.TIMEOUT), int(Effect.BLOCK_MEMBER_INTERACTION)})
_ENTRIES: Final[Mapping[int, auditlog.Action]] = {
    Effect.BLOCK_MESSAGE: auditlog.Action.AUTO_MODERATION_BLOCK_MESSAGE,
    Effect.SEND_ALERT_MESSAGE: auditlog.Action.AUTO_MODERATION_FLAG_TO_CHANNEL,
    Effect.TIMEOUT: auditlog.Action.AUTO_MODERATION_USER_COMM_DISABLED,
    Effect.BLOCK_MEMBER_INTERACTION: auditlog.Action.AUTO_MODERATION_QUARANTINE_USER,
}


class Case(NamedTuple):
    """Somebody to whom rules apply, and for what."""

    guild: Picture
    user: User
    hits: list[Hit]
    content: str
    channel: Channel | None = None
    blocked: bool = False
    message_id: Snowflake | None = None

    @property
    def changes(self) -> bool:
        """Whether the member or the guild is another one afterwards."""
        if any(hit.raid for hit in self.hits):
            return True
        return any(action.type in _SILENCES for hit in self.hits for action in hit.rule.actions)


async def act(house: House, case: Case) -> None:
    """Do all that the rules ask for, in a unit of its own."""
    async with Unit(house) as unit:
        if case.changes:
            case = case._replace(guild=await holding.hold(unit, case.guild.id))
        member = await holding.member(unit, case.guild, case.user.id)
        for hit in case.hits:
            for action in sorted(hit.rule.actions, key=lambda action: action.type):
                await _do(unit, case, hit, action, member)
            if hit.raid and member is not None:
                await alerting.tell(unit, case.guild, member, alerting.MENTIONS)


async def _do(unit: Unit, case: Case, hit: Hit, action: Action, member: Member | None) -> None:
    alert: Snowflake | None = None
    match action.type:
        case Effect.BLOCK_MESSAGE if not case.blocked:
            return
        case Effect.SEND_ALERT_MESSAGE:
            alert = await _alert(unit, case, hit, action, member)
            if alert is None:
                return
        case Effect.TIMEOUT | Effect.BLOCK_MEMBER_INTERACTION:
            if member is None or not await _silence(unit, case.guild, member, action):
                return
        case _:
            pass
    where = {} if case.channel is None else {"channel_id": case.channel.id}
    entry = done(
        _ENTRIES[action.type],
        case.user.id,
        auto_moderation_rule_name=hit.rule.name,
        auto_moderation_rule_trigger_type=str(hit.rule.trigger_type),
        **where,
    )
    await record(unit, None, case.guild.id, entry, by=case.user.id)
    unit.emit(events.AutomodActionExecution(data=_told(case, hit, action, alert)))


def _told(case: Case, hit: Hit, action: Action, alert: Snowflake | None) -> ActionExecution:
    return ActionExecution(
        guild_id=case.guild.id,
        action=action,
        rule_id=hit.rule.id,
        rule_trigger_type=hit.rule.trigger_type,
        user_id=case.user.id,
        channel_id=UNSET if case.channel is None else case.channel.id,
        message_id=case.message_id or UNSET,
        alert_system_message_id=alert or UNSET,
        content=case.content,
        matched_keyword=hit.found.matched_keyword,
        matched_content=hit.found.matched_content,
    )


async def _alert(
    unit: Unit, case: Case, hit: Hit, action: Action, member: Member | None
) -> Snowflake | None:
    """Show it where those look who moderate; None where that channel is no more."""
    channel = case.guild.channels.get(action.metadata.channel_id or "")
    if channel is None:
        return None
    fields = [EmbedField(name=name, value=value) for name, value in _facts(case, hit)]
    embed = Embed(type=ALERT, description=case.content, fields=fields)
    room = Room(channel=channel, user=case.user, permissions=ALL, guild=case.guild, member=member)
    return await announcing.announce(unit, room, announcing.AUTOMOD, {"embeds": [embed]})


def _facts(case: Case, hit: Hit) -> Iterator[tuple[str, str]]:
    yield "rule_name", hit.rule.name
    if case.channel is not None:
        yield "channel_id", case.channel.id
    yield "decision_id", token_hex(16)
    yield "keyword", hit.found.matched_keyword or ""
    yield "keyword_matched_content", hit.found.matched_content or ""
    if case.message_id is not None:
        yield "flagged_message_id", case.message_id
    for action in hit.rule.actions:
        if action.type == Effect.TIMEOUT:
            yield "timeout_duration", str(action.metadata.duration_seconds or 0)
        if action.type == Effect.BLOCK_MEMBER_INTERACTION:
            yield "quarantine_user_action", "quarantine_user"
    yield "decision_outcome", "blocked" if case.blocked else "flagged"


async def _silence(unit: Unit, guild: Picture, member: Member, action: Action) -> bool:
    """Time somebody out, or let them only look on; whether anything changed."""
    if guild.base(member) & ADMINISTRATOR:
        return False
    column = _SILENCING[action.type](unit, member, action)
    if not column:
        return False
    await writing.rewrite(unit, guild.id, member, column)
    return True


def _timed_out(unit: Unit, member: Member, action: Action) -> dict[str, Any]:
    """No shorter than they are timed out already."""
    until = unit.now() + timedelta(seconds=action.metadata.duration_seconds or 0)
    before = member.communication_disabled_until
    lasts = before is not None and before >= until
    return {} if lasts or until <= unit.now() else {"communication_disabled_until": until}


def _quarantined(_unit: Unit, member: Member, _action: Action) -> dict[str, Any]:
    done_before = member.flags & QUARANTINED
    return {} if done_before else {"flags": member.flags | QUARANTINED}


_SILENCING: Final[Mapping[int, Callable[[Unit, Member, Action], dict[str, Any]]]] = {
    Effect.TIMEOUT: _timed_out,
    Effect.BLOCK_MEMBER_INTERACTION: _quarantined,
}

"""Drafts of rules, tried on a text or on what was said, without consequences."""

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec

from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.automod import forms, judging, queries, sayings
from rift.core.automod.judging import Words
from rift.core.automod.sentry import Sentry
from rift.core.automod.verbs import MANAGE
from rift.core.messages import people
from rift.core.unit import Row, Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake, created_at
from rift.wire.automod import (
    Draft,
    DryHit,
    DryRun,
    DryRunResult,
    Occasion,
    Rule,
    RuleMatch,
    Tried,
    TryRule,
)
from rift.wire.channels import Channel
from rift.wire.embeds import Embed
from rift.wire.members import Member

_SHOWN: Final = 100
_CHANNELS: Final = 200
"""So many channels are looked through at most where none is named, the most recent first."""
_AT_ONCE: Final = 50
_READ: Final = int(Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY)


async def validate(unit: Unit, actor: Actor, guild_id: Snowflake, body: TryRule) -> Tried:
    """Whether a draft is one that can be kept, and what it finds in a text."""
    hall = await access.guild(unit, actor, guild_id, MANAGE)
    draft = _draft(hall, body)
    channel = Channel(id=Snowflake("0"), type=0)
    words = Words(hall.guild, channel, actor.id, (), body.content, unit.now())
    hit = judging.ask(Sentry(), draft, words)
    return Tried(trigger_metadata=draft.trigger_metadata, match=None if hit is None else hit.found)


async def dry_run(unit: Unit, actor: Actor, guild_id: Snowflake, body: DryRun) -> DryRunResult:
    """What a draft would have found among the newest messages of channels one reads."""
    hall = await access.guild(unit, actor, guild_id, MANAGE)
    run = _Run(hall, _draft(hall, body))
    places = _places(unit, hall, body.channel_ids)
    # On a connection that is given back before anything is looked at.
    async with Unit(unit.house, reading=True) as glance:
        rows = await glance.all(queries.LATEST, places, body.limit) if places else []
        members = await people.members(glance, hall.guild, {row["author_id"] for row in rows})
    for number, row in enumerate(reversed(rows)):  # as it was said: to repeat takes time
        run.look(row, members.get(row["author_id"]))
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return DryRunResult(examined=len(rows), matched=len(run.hits), hits=run.newest())


class _Run:
    """A draft that is held against messages, in the order in which they were said."""

    def __init__(self, hall: Hall, draft: Rule) -> None:
        self.hits: list[DryHit] = []
        self._guild = hall.guild
        self._draft = draft
        self._sentry = Sentry()

    def look(self, row: Row, member: Member | None) -> None:
        channel = self._guild.channels.get(row["channel_id"])
        if channel is None or judging.is_trusted(self._guild, member):
            return
        roles = () if member is None else member.roles
        at = created_at(row["id"])
        words = Words(self._guild, channel, row["author_id"], roles, _said(row), at)
        if judging.is_exempt(self._draft, words):
            return
        hit = judging.ask(self._sentry, self._draft, words)
        if hit is not None:
            self.hits.append(_shown(row, hit.found))

    def newest(self) -> list[DryHit]:
        return self.hits[: -_SHOWN - 1 : -1]


def _draft(hall: Hall, body: Draft) -> Rule:
    """The rule that a draft would be, for messages, whatever it is meant for."""
    trigger = int(body.trigger_type)
    return Rule(
        id=Snowflake("0"),
        guild_id=hall.guild.id,
        creator_id=hall.member.user.id,
        name="",
        event_type=int(Occasion.MESSAGE_SEND),
        trigger_type=trigger,
        trigger_metadata=forms.metadata(trigger, body.trigger_metadata),
        actions=[],
        enabled=True,
        exempt_roles=forms.exempt_roles(hall.guild, body.exempt_roles),
        exempt_channels=forms.exempt_channels(hall.guild, body.exempt_channels),
    )


def _places(unit: Unit, hall: Hall, named: Sequence[Snowflake] | None) -> list[Snowflake]:
    """The channels that are named, or those where something was said last; only what one reads."""
    now, newest = unit.now(), hall.guild.last_messages
    wanted = hall.guild.channels if named is None else dict.fromkeys(named)
    read = [
        Snowflake(id_)
        for id_ in wanted
        if id_ in newest and hall.permissions_in(id_, now) & _READ == _READ
    ]
    return sorted(read, key=lambda id_: int(newest[id_]), reverse=True)[:_CHANNELS]


def _said(row: Row) -> str:
    embeds = msgspec.convert(row["embeds"] or [], list[Embed])
    return sayings.text({"content": row["content"], "embeds": embeds})


def _shown(row: Row, found: RuleMatch) -> DryHit:
    return DryHit(
        message_id=row["id"],
        channel_id=row["channel_id"],
        author=people.user_from_row(row),
        content=row["content"],
        timestamp=created_at(row["id"]),
        matched_keyword=found.matched_keyword,
        matched_content=found.matched_content,
    )

"""Which rules of a guild apply to what somebody says, or is called."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from rift.core.automod import spam
from rift.core.automod.matching import Matcher
from rift.core.automod.sentry import Sentry
from rift.core.messages import mentions
from rift.permissions import ADMINISTRATOR, Permission
from rift.wire.automod import Occasion, Rule, RuleMatch, Trigger
from rift.wire.channels import Channel
from rift.wire.members import Member
from rift.world import Picture

RAID_WITHIN: Final = timedelta(seconds=60)
RAID_MENTIONS: Final = 60
"""So many people called by those who are watched within that time are a mention raid."""

_TRUSTED: Final = ADMINISTRATOR | int(Permission.MANAGE_GUILD)
_SOMETHING: Final = RuleMatch()


class Hit(NamedTuple):
    """A rule that applies, and to what in the text."""

    rule: Rule
    found: RuleMatch
    raid: bool = False


class Words(NamedTuple):
    """What somebody says somewhere in a guild."""

    guild: Picture
    channel: Channel
    user_id: str
    roles: Sequence[str]
    text: str
    at: datetime


def is_trusted(guild: Picture, member: Member | None) -> bool:
    """Whoever manages a guild is above its rules."""
    return member is not None and bool(guild.base(member) & _TRUSTED)


def of_message(sentry: Sentry, words: Words) -> list[Hit]:
    """The rules that apply to a message."""
    rules = words.guild.rules.values()
    asked = [rule for rule in rules if rule.enabled and rule.event_type == Occasion.MESSAGE_SEND]
    hits = (ask(sentry, rule, words) for rule in asked if not is_exempt(rule, words))
    return [hit for hit in hits if hit is not None]


def of_names(sentry: Sentry, guild: Picture, member: Member) -> list[Hit]:
    """The rules that apply to how a member is called."""
    return [
        Hit(rule, found)
        for rule in guild.rules.values()
        if rule.enabled and rule.event_type == Occasion.MEMBER_UPDATE
        if not set(rule.exempt_roles) & set(member.roles)
        for found in _first(sentry.matcher(rule), member)
    ]


def is_exempt(rule: Rule, words: Words) -> bool:
    """Whether a rule does not look at who speaks, or where."""
    if rule.exempt_roles and not set(rule.exempt_roles).isdisjoint(words.roles):
        return True
    return bool(rule.exempt_channels) and not set(rule.exempt_channels).isdisjoint(_places(words))


def ask(sentry: Sentry, rule: Rule, words: Words) -> Hit | None:
    """Whether a rule applies; who is exempt is not asked here."""
    match rule.trigger_type:
        case Trigger.SPAM:
            guild_id = words.guild.id
            is_spam = spam.is_spam(sentry, guild_id, words.user_id, words.text, words.at)
            return Hit(rule, _SOMETHING) if is_spam else None
        case Trigger.MENTION_SPAM:
            return _mentions(sentry, rule, words)
        case _:
            found = sentry.matcher(rule).find(words.text)
            return None if found is None else Hit(rule, found)


def mentions_in(guild_id: str) -> tuple[str, str]:
    """Under what a sentry counts how many people are called in a guild."""
    return ("mentions", guild_id)


def _mentions(sentry: Sentry, rule: Rule, words: Words) -> Hit | None:
    called = len(mentions.named(words.text))
    given = rule.trigger_metadata
    if called and given.mention_raid_protection_enabled is True:
        key = mentions_in(words.guild.id)
        if sentry.count(key, words.at, called, RAID_WITHIN) >= RAID_MENTIONS:
            return Hit(rule, _SOMETHING, raid=True)
    limit = given.mention_total_limit
    return Hit(rule, _SOMETHING) if isinstance(limit, int) and limit and called > limit else None


def _first(matcher: Matcher, member: Member) -> Iterator[RuleMatch]:
    """What of somebody's names is found first."""
    names = (member.nick, member.user.global_name, member.user.username)
    for name in filter(None, names):
        found = matcher.find(name)
        if found is not None:
            yield found
            return


def _places(words: Words) -> Iterator[str]:
    """The channel, what it is in, and what that is in."""
    channel: Channel | None = words.channel
    while channel is not None:
        yield channel.id
        channel = words.guild.channels.get(channel.parent_id or "")

"""What is done about an alert by those who moderate, noted on it for all of them."""

from typing import Final

import msgspec

from rift import errors
from rift.core import access
from rift.core.actor import Actor
from rift.core.automod import acting
from rift.core.automod.verbs import MANAGE
from rift.core.messages import noting, reading, rooms
from rift.core.messages import verbs as messages
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.automod import AlertAction, AlertActions, AlertDeed, AlertEffect
from rift.wire.embeds import Embed

_FACT: Final = "alert_actions_execution"
_UNDOES: Final = {
    AlertEffect.SET_COMPLETED: AlertEffect.UNSET_COMPLETED,
    AlertEffect.UNSET_COMPLETED: AlertEffect.SET_COMPLETED,
}


async def act(unit: Unit, actor: Actor, guild_id: Snowflake, body: AlertAction) -> None:
    """Say that an alert is dealt with, is not, or is mistaken; or delete what it is about."""
    await access.guild(unit, actor, guild_id, MANAGE)
    room = await rooms.enter(unit, actor, body.channel_id, Permission.READ_MESSAGE_HISTORY)
    if room.guild_id != guild_id:
        raise errors.UnknownChannel
    message = await reading.locked(unit, room.channel.id, body.message_id, actor.id)
    alert = noting.embed(message, acting.ALERT)
    if alert is None:
        raise errors.UnknownMessage
    effect = AlertEffect(body.alert_action_type)
    if effect is AlertEffect.DELETE_USER_MESSAGE:
        await _delete_flagged(unit, actor, alert)
    deed = AlertDeed(actor=actor.id, ts=unit.now())
    done = _done(alert) | {str(int(effect)): deed}
    done.pop(str(int(_UNDOES.get(effect, 0))), None)
    shown = msgspec.json.encode(AlertActions(actions=done)).decode()
    await noting.note(unit, room, message, _FACT, shown)


async def _delete_flagged(unit: Unit, actor: Actor, alert: Embed) -> None:
    channel_id = noting.fact(alert, "channel_id")
    message_id = noting.fact(alert, "flagged_message_id")
    if channel_id is None or message_id is None:
        raise errors.UnknownMessage
    await messages.delete(unit, actor, Snowflake(channel_id), Snowflake(message_id))


def _done(alert: Embed) -> dict[str, AlertDeed]:
    noted = noting.fact(alert, _FACT)
    return {} if noted is None else msgspec.json.decode(noted, type=AlertActions).actions

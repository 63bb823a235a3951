"""The scenes of automatic moderation, and what nobody may learn of it."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.guard.expressions import MARK
from tests.guard.plays import Operation, Plays
from tests.guard.stage import Stage

plays: Final = Plays()
scene, secret = plays.scene, plays.secret

_RULES: Final = "/guilds/{guild_id}/auto-moderation/rules"

WORDS: Final[dict[str, Any]] = {
    "name": "No spoilers",
    "event_type": 1,
    "trigger_type": 1,
    "trigger_metadata": {"keyword_filter": ["spoiler*"]},
    "actions": [{"type": 1}],
    "enabled": True,
}


async def _rule(stage: Stage, **changes: Any) -> str:
    made = await stage.owner.post(_path(stage), {**WORDS, **changes})
    return f"{_path(stage)}/{made['id']}"


def _path(stage: Stage) -> str:
    return f"/guilds/{stage.id}/auto-moderation/rules"


@scene("POST", _RULES)
async def _(stage: Stage) -> None:
    await _rule(stage)


@scene("PATCH", f"{_RULES}/{{rule_id}}")
async def _(stage: Stage) -> None:
    rule = await _rule(stage)
    alert = {"type": 2, "metadata": {"channel_id": stage.hidden["id"]}}
    await stage.owner.patch(rule, {"name": "Still none", "actions": [{"type": 1}, alert]})
    await stage.member.refused(
        "POST", f"/channels/{stage.open['id']}/messages", {"content": "a spoiler"}
    )


@scene("DELETE", f"{_RULES}/{{rule_id}}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(await _rule(stage))


@scene("PUT", "/guilds/{guild_id}/incident-actions")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}", {"safety_alerts_channel_id": stage.open["id"]})
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"invites_disabled_until": until, "dms_disabled_until": until}
    await stage.owner.put(f"/guilds/{stage.id}/incident-actions", body)


@scene("POST", "/guilds/{guild_id}/auto-moderation/alert-action")
async def _(stage: Stage) -> None:
    alert = {"type": 2, "metadata": {"channel_id": stage.open["id"]}}
    await _rule(stage, actions=[alert])
    said = await stage.member.say(stage.open["id"], "a spoiler")
    [told, *_] = await stage.owner.get(
        f"/channels/{stage.open['id']}/messages?after={said['id']}&limit=1"
    )
    body = {"channel_id": stage.open["id"], "message_id": told["id"], "alert_action_type": 1}
    await stage.owner.post(f"/guilds/{stage.id}/auto-moderation/alert-action", body)
    body["alert_action_type"] = 3
    await stage.owner.post(f"/guilds/{stage.id}/auto-moderation/alert-action", body)


@scene("POST", "/guilds/{guild_id}/auto-moderation/false-alarm")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}", {"safety_alerts_channel_id": stage.open["id"]})
    limits = {"mention_total_limit": 50, "mention_raid_protection_enabled": True}
    watch = {"trigger_type": 5, "trigger_metadata": limits}
    await _rule(stage, **watch)
    path = f"/channels/{stage.open['id']}/messages"
    calls = {"content": " ".join(f"<@{number}>" for number in range(30))}
    await stage.member.say(stage.open["id"], calls["content"])
    await stage.member.refused("POST", path, calls)
    [told] = await stage.owner.get(f"{path}?limit=1")
    body = {"alert_message_id": told["id"], "reason": "LEGITIMATE_ACTIVITY"}
    await stage.owner.post(f"/guilds/{stage.id}/auto-moderation/false-alarm", body)


@scene("POST", "/guilds/{guild_id}/auto-moderation/report-raid")
async def _(stage: Stage) -> None:
    await stage.owner.patch(f"/guilds/{stage.id}", {"safety_alerts_channel_id": stage.open["id"]})
    await stage.owner.post(f"/guilds/{stage.id}/auto-moderation/report-raid", {})


@scene("POST", "/guilds/{guild_id}/auto-moderation/clear-mention-raid")
async def _(stage: Stage) -> None:
    for deed in ("report-raid", "clear-mention-raid"):
        await stage.owner.post(f"/guilds/{stage.id}/auto-moderation/{deed}", {})


ALONE: Final[dict[Operation, str]] = {
    ("POST", f"{_RULES}/validate"): "a question",
    ("POST", f"{_RULES}/dry-run"): "a question",
}


@secret("AutomodRuleCreate")
async def _(stage: Stage) -> list[str]:
    await _rule(stage, name=MARK)
    return [MARK, "AUTO_MODERATION_RULE_CREATE"]


@secret("AutomodRuleUpdate")
async def _(stage: Stage) -> list[str]:
    await stage.owner.patch(await _rule(stage), {"name": MARK})
    return [MARK, "AUTO_MODERATION_RULE_UPDATE"]


@secret("AutomodRuleDelete")
async def _(stage: Stage) -> list[str]:
    await stage.owner.delete(await _rule(stage, name=MARK))
    return [MARK, "AUTO_MODERATION_RULE_DELETE"]


@secret("AutomodActionExecution")
async def _(stage: Stage) -> list[str]:
    await _rule(stage)
    path = f"/channels/{stage.open['id']}/messages"
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    await newcomer.refused("POST", path, {"content": f"spoilers: {MARK}"})
    return [MARK, "AUTO_MODERATION_ACTION_EXECUTION"]

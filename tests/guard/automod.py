"""The scenes of automatic moderation, and what nobody may learn of it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.guard.expressions import MARK
from tests.guard.stage import Stage

Operation = tuple[str, str]

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


async def _create(stage: Stage) -> None:
    await _rule(stage)


async def _modify(stage: Stage) -> None:
    rule = await _rule(stage)
    alert = {"type": 2, "metadata": {"channel_id": stage.hidden["id"]}}
    await stage.owner.patch(rule, {"name": "Still none", "actions": [{"type": 1}, alert]})
    await stage.member.refused(
        "POST", f"/channels/{stage.open['id']}/messages", {"content": "a spoiler"}
    )


async def _delete(stage: Stage) -> None:
    await stage.owner.delete(await _rule(stage))


SCENES: Final[dict[Operation, Callable[[Stage], Awaitable[object]]]] = {
    ("POST", "/guilds/{guild_id}/auto-moderation/rules"): _create,
    ("PATCH", "/guilds/{guild_id}/auto-moderation/rules/{rule_id}"): _modify,
    ("DELETE", "/guilds/{guild_id}/auto-moderation/rules/{rule_id}"): _delete,
}

ALONE: Final[dict[Operation, str]] = {
    ("POST", "/guilds/{guild_id}/auto-moderation/rules/validate"): "a question",
    ("POST", "/guilds/{guild_id}/auto-moderation/rules/dry-run"): "a question",
}


async def _created(stage: Stage) -> list[str]:
    await _rule(stage, name=MARK)
    return [MARK, "AUTO_MODERATION_RULE_CREATE"]


async def _updated(stage: Stage) -> list[str]:
    await stage.owner.patch(await _rule(stage), {"name": MARK})
    return [MARK, "AUTO_MODERATION_RULE_UPDATE"]


async def _deleted(stage: Stage) -> list[str]:
    await stage.owner.delete(await _rule(stage, name=MARK))
    return [MARK, "AUTO_MODERATION_RULE_DELETE"]


async def _executed(stage: Stage) -> list[str]:
    await _rule(stage)
    path = f"/channels/{stage.open['id']}/messages"
    newcomer = await stage.server.person()
    await stage.owner.bring(newcomer, stage.open["id"])
    await newcomer.refused("POST", path, {"content": f"spoilers: {MARK}"})
    return [MARK, "AUTO_MODERATION_ACTION_EXECUTION"]


SECRETS: Final[dict[str, Callable[[Stage], Awaitable[list[str]]]]] = {
    "AutomodRuleCreate": _created,
    "AutomodRuleUpdate": _updated,
    "AutomodRuleDelete": _deleted,
    "AutomodActionExecution": _executed,
}

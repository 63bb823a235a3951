"""What people do with an application, and what it answers: a scene each, and what is secret."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from tests.guard.commands import registered
from tests.guard.expressions import MARK
from tests.guard.plays import Plays
from tests.guard.stage import Stage

Answer = Callable[[int, Any], Awaitable[Any]]

plays: Final = Plays()
scene, secret = plays.scene, plays.secret

EPHEMERAL: Final = 64
_ORIGINAL: Final = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
_INPUT: Final = {
    "type": 18,
    "label": MARK,
    "component": {"type": 4, "custom_id": "words", "style": 1},
}


class Begun:
    """An interaction of the owner's, as the bot was told of it."""

    def __init__(self, stage: Stage, told: dict[str, Any]) -> None:
        self._stage = stage
        self.id: str = told["id"]
        self.callback = f"/interactions/{told['id']}/{told['token']}/callback"
        self.original = f"/webhooks/{stage.bot.id}/{told['token']}/messages/@original"

    async def answer(self, kind: int, data: Any) -> None:
        await self._stage.bot.post(self.callback, {"type": kind, "data": data})


@asynccontextmanager
async def begun(stage: Stage, where: dict[str, Any], kind: int = 2) -> AsyncIterator[Begun]:
    """The owner uses a command of the bot in a channel, or is typing it."""
    option = {"type": 3, "name": "text", "description": "words", "autocomplete": True}
    made = await registered(stage, options=[option])
    given = {"type": 3, "name": "text", "value": MARK, "focused": kind == 4}
    body = {
        "type": kind,
        "application_id": stage.bot.id,
        "guild_id": stage.id,
        "channel_id": where["id"],
        "data": {"id": made["id"], "name": made["name"], "options": [given]},
    }
    async with stage.server.gateway(stage.bot) as robot:
        await stage.owner.post("/interactions", body)
        told = await robot.expect("INTERACTION_CREATE")
        yield Begun(stage, told.data)


@scene("POST", "/interactions")
async def _(stage: Stage) -> None:
    async with begun(stage, stage.open):
        pass


@scene("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
async def _(stage: Stage) -> None:
    async with begun(stage, stage.open) as one:
        await one.answer(4, {"content": f"for <@{stage.member.id}>"})


@scene("PATCH", _ORIGINAL)
async def _(stage: Stage) -> None:
    async with begun(stage, stage.hidden) as one:
        await one.answer(5, None)
        await stage.bot.patch(one.original, {"content": "at last"})


@scene("DELETE", _ORIGINAL)
async def _(stage: Stage) -> None:
    async with begun(stage, stage.open) as one:
        await one.answer(4, {"content": "gone soon"})
        await stage.bot.delete(one.original)


@secret("InteractionCreate")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.hidden) as one:
        return ["INTERACTION_CREATE", MARK, one.id]


@secret("InteractionStarted")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open) as one:
        return ["INTERACTION_CREATE", MARK, one.id]


@secret("InteractionSuccess")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.hidden) as one:
        await one.answer(4, {"content": MARK})
        return ["INTERACTION_SUCCESS", MARK, one.id]


@secret("InteractionFailure")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open) as one, stage.server.gateway(stage.owner) as owner:
        await owner.expect("INTERACTION_FAILURE")
        return ["INTERACTION_FAILURE", one.id]


@secret("ModalCreate")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open) as one:
        await one.answer(9, {"custom_id": "form", "title": "Form", "components": [_INPUT]})
        return ["INTERACTION_MODAL_CREATE", MARK, one.id]


@secret("AutocompleteResponse")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open, kind=4) as one:
        await one.answer(8, {"choices": [{"name": MARK, "value": "x"}]})
        return ["APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", MARK, one.id]


@secret("EphemeralCreate")
async def _(stage: Stage) -> list[str]:
    """In a channel that everybody sees."""
    async with begun(stage, stage.open) as one:
        await one.answer(4, {"content": MARK, "flags": EPHEMERAL})
        return [MARK, one.id]


@secret("EphemeralUpdate")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open) as one:
        await one.answer(5, {"flags": EPHEMERAL})
        await stage.bot.patch(one.original, {"content": MARK})
        return [MARK, one.id]


@secret("EphemeralDelete")
async def _(stage: Stage) -> list[str]:
    async with begun(stage, stage.open) as one:
        await one.answer(4, {"content": MARK, "flags": EPHEMERAL})
        await stage.bot.delete(one.original)
        return [MARK, one.id, "MESSAGE_DELETE"]

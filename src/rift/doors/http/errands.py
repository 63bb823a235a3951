"""Coroutines begun at once, outside of a task, and carried on in one only if they must wait."""

import asyncio
from asyncio import _enter_task, _leave_task  # documented under "Extending asyncio"
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any, Generic, TypeVar

_Result = TypeVar("_Result")


class Errand(Generic[_Result]):
    """Runs a coroutine's first step now; what remains of it becomes `task`.

    During the first step this object stands in for the current task, so that `asyncio.timeout` and
    `TaskGroup` work there: they keep it and cancel through it.
    """

    __slots__ = ("_coroutine", "task")

    def __init__(self, coroutine: Coroutine[Any, Any, _Result]) -> None:
        self._coroutine = coroutine
        self.task: asyncio.Task[_Result] | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> _Result | None:
        """The result, or None where there is a task now."""
        _enter_task(loop, self)  # type: ignore[arg-type]  # only its methods are used
        try:
            waited = self._coroutine.send(None)
        except StopIteration as done:
            result: _Result = done.value
            return result
        finally:
            _leave_task(loop, self)  # type: ignore[arg-type]  # as above
        self.task = loop.create_task(self._carry_on(waited))
        return None

    async def _carry_on(self, waited: Any) -> _Result:
        return await _resume(self._coroutine, waited)

    def cancel(self, msg: object = None) -> bool:
        return self.task is not None and self.task.cancel(msg)

    def cancelling(self) -> int:
        return self.task.cancelling() if self.task else 0

    def uncancel(self) -> int:
        return self.task.uncancel() if self.task else 0


@coroutine
def _resume(begun: Coroutine[Any, Any, _Result], waited: Any) -> Generator[Any, Any, _Result]:
    """Go on with a coroutine that has already yielded what it waits for."""
    try:
        while True:
            try:
                sent = yield waited
            except GeneratorExit:
                begun.close()
                raise
            except BaseException as error:  # noqa: BLE001  # handed on, whatever it is
                waited = begun.throw(error)
            else:
                waited = begun.send(sent)
    except StopIteration as done:
        result: _Result = done.value
        return result

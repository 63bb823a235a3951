"""A bot in a process of its own, as a test drives it."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec

from tests.clients.environments import Library

_DEADLINE_S: Final = 15.0
_QUIET_S: Final = 0.3
_STORY_LINES: Final = 60
_LINE_BYTES: Final = 1 << 24


# What libraries log, rightly, when a connection breaks or nobody answers.
_BROKEN: Final = re.compile(
    "Attempting a reconnect in|connection got reset by server|failed to communicate with server"
    "|ECONNREFUSED|ECONNRESET|socket hang up|Session Invalidated|The server restarts"
)


class Heard(msgspec.Struct):
    """Something the library reported."""

    event: str
    data: dict[str, Any]


class RefusedByServer(Exception):
    """What the library raised for a command."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["text"])
        self.status: int = error["status"]
        self.code: int = error["code"]


class Client:
    """One running bot: tell it to do things, and see what it saw."""

    def __init__(self, process: asyncio.subprocess.Process, name: str) -> None:
        self.name = name
        self.heard: list[Heard] = []
        self.complaints: list[str] = []
        self._process = process
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._news = asyncio.Condition()
        self._errors: list[str] = []
        self._reading = [
            asyncio.create_task(self._read()),
            asyncio.create_task(self._read_errors()),
        ]

    @classmethod
    @asynccontextmanager
    async def running(cls, library: Library, url: str, token: str) -> AsyncIterator["Client"]:
        """A bot that is ready."""
        process = await asyncio.create_subprocess_exec(
            *library.command(),
            env={**os.environ, "BOT_URL": url, "BOT_TOKEN": token},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LINE_BYTES,
        )
        client = cls(process, library.name)
        try:
            await client.expect("ready")
            yield client
        finally:
            await client._end()

    async def do(self, verb: str, /, **what: Any) -> Any:
        """Carry out a verb of the bot; its result."""
        assert self._process.stdin is not None
        number = len(self._answers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(
            msgspec.json.encode({"id": number, "do": verb, "with": what}) + b"\n"
        )
        async with asyncio.timeout(_DEADLINE_S):
            answer = await self._answers[number]
        if "error" in answer:
            raise RefusedByServer(answer["error"])
        return answer["result"]

    async def expect(
        self, event: str, /, within_s: float = _DEADLINE_S, **fields: Any
    ) -> dict[str, Any]:
        """The next event with these fields; it is taken out of what was heard."""
        try:
            async with asyncio.timeout(within_s), self._news:
                while (found := self._take(event, fields)) is None:
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(self._story(f"did not see {event} {fields}")) from None
        return found

    async def settles(self, verb: str, wanted: Callable[[Any], bool], **what: Any) -> Any:
        """Ask until the answer is as wanted, for what a library learns without an event."""
        deadline = asyncio.get_running_loop().time() + _DEADLINE_S
        while not wanted(answer := await self.do(verb, **what)):
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(self._story(f"{verb} still gives {answer}"))
            await asyncio.sleep(0.05)
        return answer

    async def quiet(self, event: str, **fields: Any) -> None:
        """No such event comes for a while."""
        await asyncio.sleep(_QUIET_S)
        assert self._take(event, fields) is None, f"{self.name} saw {event} {fields}"

    def all(self, event: str) -> list[dict[str, Any]]:
        """Every event of that name heard so far."""
        return [heard.data for heard in self.heard if heard.event == event]

    def forgive_broken_connections(self) -> None:
        """Drop the complaints a break must cause."""
        self.complaints = [line for line in self.complaints if not _BROKEN.search(line)]

    def _take(self, event: str, fields: dict[str, Any]) -> dict[str, Any] | None:
        for index, heard in enumerate(self.heard):
            if heard.event == event and fields.items() <= heard.data.items():
                return self.heard.pop(index).data
        if self._process.returncode is not None:
            raise AssertionError(self._story(f"ended with {self._process.returncode}"))
        return None

    def _story(self, what: str) -> str:
        told = [*map(str, self.heard), *self.complaints, *self._errors]
        return "\n".join([f"{self.name} {what}", *told[-_STORY_LINES:]])

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self._note(msgspec.json.decode(line))
            async with self._news:
                self._news.notify_all()
        await self._process.wait()
        async with self._news:
            self._news.notify_all()

    def _note(self, said: dict[str, Any]) -> None:
        if "event" not in said:
            self._answers[said["id"]].set_result(said)
        elif said["event"] == "complaint":
            data = said["data"]
            self.complaints.append(f"{data['level']} {data['logger']}: {data['text']}")
        else:
            self.heard.append(Heard(said["event"], said["data"]))

    async def _read_errors(self) -> None:
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            self._errors.append(line.decode().rstrip())

    async def _end(self) -> None:
        """Hang up, and wait until it has gone by itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _DEADLINE_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(*self._reading)

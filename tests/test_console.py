"""The administrator's door: who may knock, and what comes back."""

import asyncio
import stat
from pathlib import Path

import pytest

from rift.core.administration.commands import AnyCommand, ListUsers, MakeOwner
from rift.doors.console import Done, Refused, ask, open_console
from rift.errors import InvalidForm, UnknownUser


async def obey(command: AnyCommand) -> str:
    match command:
        case MakeOwner(username="nobody"):
            raise UnknownUser
        case MakeOwner(username=""):
            raise InvalidForm.at("username", "BASE_TYPE_REQUIRED", "This field is required")
        case MakeOwner():
            raise ZeroDivisionError
        case _:
            return "alice\nbjörn"


async def test_a_running_server_answers_the_shell(tmp_path: Path) -> None:
    async with open_console(tmp_path / "console", obey):
        assert await ask(tmp_path / "console", ListUsers()) == Done("alice\nbjörn")


async def test_nobody_answers_when_no_server_runs(tmp_path: Path) -> None:
    assert await ask(tmp_path / "console", ListUsers()) is None
    async with open_console(tmp_path / "console", obey):
        pass
    assert await ask(tmp_path / "console", ListUsers()) is None


async def test_a_socket_left_by_a_killed_server_is_nobody_and_no_hindrance(tmp_path: Path) -> None:
    directory = tmp_path / "console"
    async with open_console(directory, obey):
        (directory / "socket").rename(directory / "kept")
    (directory / "kept").rename(directory / "socket")
    assert await ask(directory, ListUsers()) is None
    async with open_console(directory, obey):
        assert isinstance(await ask(directory, ListUsers()), Done)


async def test_a_long_data_directory_is_no_hindrance(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    async with open_console(deep / "console", obey):
        assert isinstance(await ask(deep / "console", ListUsers()), Done)


async def test_only_the_owner_of_the_data_may_enter(tmp_path: Path) -> None:
    directory = tmp_path / "console"
    directory.mkdir(mode=0o755)
    async with open_console(directory, obey):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


async def test_a_refusal_is_told_in_words(tmp_path: Path) -> None:
    async with open_console(tmp_path / "console", obey):
        answer = await ask(tmp_path / "console", MakeOwner(username="nobody"))
        assert answer == Refused("Unknown User")
        answer = await ask(tmp_path / "console", MakeOwner(username=""))
        assert answer == Refused("username: This field is required")


async def test_a_failure_is_logged_and_not_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_console(tmp_path / "console", obey):
        answer = await ask(tmp_path / "console", MakeOwner(username="alice"))
    assert answer == Refused("The server failed at this; its log says why.")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("line", [b"\n", b"{}\n", b"\xff\xfe\n", b'{"type":"Format"}\n'])
async def test_what_is_not_a_command_is_refused(tmp_path: Path, line: bytes) -> None:
    async with open_console(tmp_path / "console", obey):
        path = str(tmp_path / "console" / "socket")
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(line)
        assert b"not a command" in await reader.readline()
        writer.close()
        await writer.wait_closed()

"""The command line without a server: what it prints, and how it says no."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from rift.cli.arguments import parse


def rift(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RIFT_")}
    return subprocess.run(
        [sys.executable, "-m", "rift", *arguments],
        env={**clean, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version_is_told_both_ways() -> None:
    assert rift("version").stdout == rift("--version").stdout == f"rift {version('rift')}\n"


def test_the_settings_in_effect_are_printed_as_a_file(tmp_path: Path) -> None:
    done = rift(
        "config", "--data", str(tmp_path), "--set", "log.level=error", RIFT_RATE_LIMITS="off"
    )
    settings = tomllib.loads(done.stdout)
    assert done.returncode == 0
    assert settings["data"]["directory"] == str(tmp_path)
    assert settings["log"]["level"] == "error"
    assert settings["server"]["rate_limits"] is False


@pytest.mark.parametrize("command", [("config",), ("up",), ("admin", "list-users")])
def test_wrong_settings_stop_every_command(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "rift.toml").write_text("[server]\nprot = 1\n")
    done = rift(*command, "--data", str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{tmp_path}/rift.toml:2: server.prot is not a setting." in done.stderr
    assert "Did you mean server.port?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_option_is_a_wrong_setting(tmp_path: Path) -> None:
    done = rift("up", "--data", str(tmp_path), "--port", "many")
    assert done.returncode == 2
    assert "command line: server.port cannot be 'many'." in done.stderr


def test_options_may_stand_before_and_after_an_action() -> None:
    before = parse(["admin", "--data", "here", "list-users"])
    after = parse(["admin", "list-users", "--data", "here"])
    assert before.overrides == after.overrides == {"data.directory": "here"}


def test_options_become_settings() -> None:
    found = parse(["up", "--host", "::1", "--port", "1", "--workers", "2", "--set", "a.b=c=d"])
    assert found.overrides == {
        "a.b": "c=d",
        "server.host": "::1",
        "server.port": "1",
        "server.workers": "2",
    }


@pytest.mark.parametrize("guild", ["-1", "guild", "9223372036854775808"])
def test_a_guild_is_named_by_its_id(guild: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["admin", "create-bot", "--owner", "alice", f"--guild={guild}"])
    assert "is not an id" in capsys.readouterr().err

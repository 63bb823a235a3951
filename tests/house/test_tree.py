"""What lies in the tree: nothing of one particular machine, nothing half done."""

import re
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

ELSEWHERE: Final = re.compile(r"(?<![\w.:-])/(?:work|root|home/\w+)/")
UNDONE: Final = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
TEXT: Final = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".md",
    ".py",
    ".sql",
    ".svelte",
    ".toml",
    ".ts",
    ".txt",
    "",
}


def tracked() -> list[Path]:
    """The files of the tree; without git (a source archive), those of its own folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        folders = ("src", "tests", "tools", "bench", "docs", "changes", "requirements")
        found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [path for path in found if path.suffix in TEXT and path.is_file()]


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert holding(ELSEWHERE) == []


def test_nothing_is_left_undone_in_a_comment() -> None:
    assert holding(UNDONE) == []


def test_lock_files_name_no_registry() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text(), path.name


def test_what_runs_is_what_was_tested() -> None:
    pin = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    tested = dict(pin.findall((ROOT / "requirements" / "dev.txt").read_text()))
    running = dict(pin.findall((ROOT / "requirements" / "runtime.txt").read_text()))
    assert running.items() <= tested.items()
    assert running

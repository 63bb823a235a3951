"""A query that is not a literal string is a type error."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]

GOOD: Final = """
from rift.core.unit import Unit

FIND = "select id from users where username = $1"

async def find(unit: Unit, name: str) -> object:
    return await unit.{method}(FIND, name)
"""

BAD: Final = """
from rift.core.unit import Unit

async def find(unit: Unit, name: str) -> object:
    return await unit.{method}(f"select id from users where username = '{{name}}'")
"""


def complaints(tmp_path: Path, source: str) -> str:
    sample = tmp_path / "sample.py"
    sample.write_text(source)
    pyrefly = Path(sys.executable).with_name("pyrefly")
    checked = subprocess.run(
        [pyrefly, "check", "--config", ROOT / "pyproject.toml", "--summary=none", sample],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return checked.stdout if checked.returncode else ""


@pytest.mark.parametrize("method", ["one", "maybe", "all", "run"])
def test_a_query_is_a_literal(tmp_path: Path, method: str) -> None:
    assert complaints(tmp_path, GOOD.format(method=method)) == ""
    assert "`LiteralString`" in complaints(tmp_path, BAD.format(method=method))

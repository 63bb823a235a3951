"""Places to run the program in."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """A directory that is removed afterwards: clusters are too large to keep."""
    path = Path(tempfile.mkdtemp(prefix="rift-test-"))
    yield path
    shutil.rmtree(path)

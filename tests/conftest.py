"""Fixtures every test may ask for."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping

import pytest
import uvloop

pytest_plugins = ["tests.database", "tests.server"]

# A run starts hundreds of servers: what they import is compiled once, whatever the environment
# says, and not by each of them, which is half of the CPU of a start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop the program runs on."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow comes last, so that an everyday mistake shows within the first minute."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)

"""The house has a workshop of its own, as the settings want it, and leaves no process behind."""

import os
from tempfile import TemporaryDirectory

import pytest

from rift.app.building import open_house
from rift.config.settings import Data, Files, Settings
from rift.media import Unreadable
from tests.media import pictures


async def test_the_workshop_lives_as_long_as_the_house(database: str) -> None:
    with TemporaryDirectory() as directory:
        settings = Settings(
            data=Data(directory=directory),
            files=Files(image_pixels=1_000_000, media_workers=1, clamd="127.0.0.1:3310"),
        )
        async with open_house(settings, database) as house:
            assert house.clamd is not None
            found = await house.workshop.probe(pictures.encoded(pictures.picture(), "PNG"))
            assert found.kind == "png"
            too_large = pictures.encoded(pictures.picture(1001, 1000), "PNG")
            with pytest.raises(Unreadable, match="pixels"):
                await house.workshop.probe(too_large)
            (pid,) = house.workshop.pids
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

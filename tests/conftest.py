"""Fixtures every test may ask for."""

import pytest

pytest_plugins = ["tests.database", "tests.server"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow comes last, so that an everyday mistake shows within the first minute."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)

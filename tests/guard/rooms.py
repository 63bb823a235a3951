"""The rooms of the guard: what belongs together plays in a module of its own."""

from typing import Final

from tests.guard import (
    automod,
    commands,
    entrance,
    expressions,
    happenings,
    interactions,
    role_links,
    threads,
    voices,
    webhooks,
)

ROOMS: Final = (
    automod.plays,
    commands.plays,
    entrance.plays,
    expressions.plays,
    happenings.plays,
    interactions.plays,
    role_links.plays,
    threads.plays,
    voices.plays,
    webhooks.plays,
)

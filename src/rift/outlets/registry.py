"""The outlets there are, and which of them an instance's settings ask for."""

from collections.abc import Sequence
from typing import Final

from rift.config import Settings
from rift.outlets.crossposts import Crossposts
from rift.outlets.outlet import Outlet
from rift.outlets.previews import Previews
from rift.outlets.push import Push

OUTLETS: Final[Sequence[type[Outlet]]] = (Crossposts, Previews, Push)
"""Every one that an operator can have."""


def for_settings(
    settings: Settings, there_are: Sequence[type[Outlet]] = OUTLETS
) -> Sequence[type[Outlet]]:
    """Those that are wanted. All processes of an instance have the same settings, and so the same
    outlets; which process feeds which of them is decided by the office of the outlet.
    """
    return [outlet for outlet in there_are if outlet.is_wanted(settings)]

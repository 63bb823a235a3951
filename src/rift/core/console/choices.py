"""The settings owners of the instance change while it runs, where its configuration is silent."""

import logging
import typing
from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import replace

from rift.config import Setting, Settings, all_settings
from rift.core.bells import Bell, Bells
from rift.core.console import queries
from rift.db.pool import AWAY, Pool

_log = logging.getLogger(__name__)
_PATIENCE_S: Final = 15.0
"""It looks again after so long in any case."""
_NAMES: Final = (
    "instance.name",
    "auth.registration",
    "auth.session_days",
    "auth.departure_days",
    "backup.directory",
    "backup.every",
    "backup.hour",
    "backup.keep",
)
_SECTION: Final = "limits"
_NEEDS_A_START: Final = frozenset({"limits.body_bytes"})


def changeable() -> Mapping[str, Setting]:
    """Those that can be changed without a start."""
    return {
        name: setting
        for name, setting in all_settings().items()
        if (name in _NAMES or setting.section == _SECTION) and name not in _NEEDS_A_START
    }


class Choices:
    """What one process knows; it looks again when another has changed it."""

    def __init__(self, settings: Settings) -> None:
        self._configured = settings
        self.given = settings.given
        """What the configuration says, which nobody changes here."""
        self.settings = settings

    async def watch(self, pool: Pool, bells: Bells) -> None:
        """Look again for ever; a task of the application."""
        sleeper = bells.sleeper(Bell.SETTINGS)
        while True:
            await sleeper.sleep(_PATIENCE_S)
            sleeper.listen()
            try:
                await self.look(pool)
            except AWAY:
                _log.warning("the settings could not be read again yet")

    async def look(self, pool: Pool) -> None:
        self.adopt(await pool.fetchval(queries.SETTINGS) or {})

    def adopt(self, chosen: Mapping[str, Any]) -> None:
        """Let these be in effect, as far as the configuration leaves it open."""
        sections: dict[str, dict[str, Any]] = {}
        for name, setting in changeable().items():
            if name in chosen and name not in self.given and is_fit(setting, chosen[name]):
                sections.setdefault(setting.section, {})[setting.key] = chosen[name]
        changed = {
            section: replace(getattr(self._configured, section), **values)
            for section, values in sections.items()
        }
        self.settings = replace(self._configured, **changed)


def is_fit(setting: Setting, value: Any) -> bool:
    """Whether a value is one that the setting takes."""
    try:
        msgspec.convert(value, setting.annotated)
    except msgspec.ValidationError:
        return False
    return True


def kind(setting: Setting) -> Literal["text", "number", "switch", "choice", "list"]:
    if typing.get_origin(setting.type) is Literal:
        return "choice"
    if setting.type is bool:
        return "switch"
    if setting.type is int:
        return "number"
    return "text" if setting.type is str else "list"

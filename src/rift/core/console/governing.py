"""What owners of the instance do with its settings."""

import typing
from typing import Any, Literal

from rift.config import Setting
from rift.core import access
from rift.core.actor import Actor
from rift.core.bells import Bell
from rift.core.console import choices, deeds, queries
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.wire.console import InstanceSettings, ModifyInstanceSettings, SettingState


async def fetch(unit: Unit, actor: Actor) -> InstanceSettings:
    """The settings that can be changed while the instance runs."""
    await access.instance(unit, actor)
    row = await unit.maybe(queries.SETTINGS)
    return _described(unit, row["value"] if row else {})


async def modify(unit: Unit, actor: Actor, body: ModifyInstanceSettings) -> InstanceSettings:
    """Change some; other processes follow at once."""
    await access.instance(unit, actor)
    for name, value in body.settings.items():
        _check(unit, name, value)
    await unit.run(queries.BEGIN_SETTINGS)
    kept: dict[str, Any] = (await unit.one(queries.HOLD_SETTINGS))["value"]
    after = {name: value for name, value in (kept | body.settings).items() if value is not None}
    await unit.run(queries.KEEP_SETTINGS, after)
    if after != kept:
        await deeds.note(unit, actor, "settings_change", settings=body.settings)
    # Should the commit fail, the next look puts it right.
    unit.house.choices.adopt(after)
    unit.rouse(Bell.SETTINGS)
    unit.rouse(Bell.BACKUPS)
    return _described(unit, after)


def _check(unit: Unit, name: str, value: Any) -> None:
    setting, at = choices.changeable().get(name), f"settings.{name}"
    if setting is None:
        words = "There is no such setting that can be changed while the server runs."
        raise InvalidForm.at(at, "SETTING_UNKNOWN", words)
    if name in unit.house.choices.given:
        words = "The configuration of the server says this; change it there."
        raise InvalidForm.at(at, "SETTING_FIXED", words)
    if value is not None and not choices.is_fit(setting, value):
        raise InvalidForm.at(at, "SETTING_INVALID", f"This must be {setting.wanted}.")


def _described(unit: Unit, kept: dict[str, Any]) -> InstanceSettings:
    given = unit.house.choices.given
    return InstanceSettings(
        settings=[
            _state(unit, setting, fixed=name in given, changed=name in kept)
            for name, setting in choices.changeable().items()
        ]
    )


def _state(unit: Unit, setting: Setting, *, fixed: bool, changed: bool) -> SettingState:
    is_choice = typing.get_origin(setting.type) is Literal
    default: Any = setting.default
    return SettingState(
        name=setting.name,
        value=getattr(getattr(unit.settings, setting.section), setting.key),
        default=default,
        meaning=setting.meta.description or "",
        kind=choices.kind(setting),
        choices=list(typing.get_args(setting.type)) if is_choice else [],
        least=_whole(setting.meta.ge),
        most=_whole(setting.meta.le),
        fixed=fixed,
        changed=changed and not fixed,
    )


def _whole(bound: float | None) -> int | None:
    return None if bound is None else int(bound)

"""The settings as data: one record each, for the loader, the documentation and `rift config`."""

import json
import typing
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec
from msgspec import Meta, Struct

from rift.config.settings import Settings

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "RIFT_RATE_LIMITS": ("server.rate_limits",),
    "DATABASE_URL": ("database.url",),
    "JWT_SECRET": ("auth.jwt_secret",),
    "LISTEN_ADDR": ("server.host", "server.port"),
    "UPLOAD_DIR": ("files.directory",),
    "MAX_UPLOAD_BYTES": ("limits.upload_bytes",),
    "CORS_ALLOWED_ORIGINS": ("server.cors_allowed_origins",),
    "DISCORD_TOKEN": ("bridge.discord_token",),
    "RUST_LOG": ("log.level",),
}
"""Other names of settings in the environment; all but the first are those of Rift's forerunner."""


class Setting(Struct, frozen=True, kw_only=True):
    """One setting: `annotated` is its `type` with the bounds and the meaning of `meta`."""

    section: str
    key: str
    type: object
    annotated: object
    meta: Meta
    default: object

    @property
    def name(self) -> str:
        return f"{self.section}.{self.key}"

    @property
    def variable(self) -> str:
        return f"RIFT_{self.section}_{self.key}".upper()

    @property
    def variables(self) -> tuple[str, ...]:
        """Every environment variable that sets it, the one that wins first."""
        return self.variable, *(alias for alias, names in ALIASES.items() if self.name in names)

    @property
    def secret(self) -> bool:
        return bool((self.meta.extra or {}).get("secret"))

    @property
    def wanted(self) -> str:
        """What a value must be, for people."""
        if typing.get_origin(self.type) is Literal:
            return "one of " + ", ".join(typing.get_args(self.type))
        if self.type is bool:
            return "true or false"
        if self.type is int:
            return f"a whole number {_bounds(self.meta)}"
        if self.type is str:
            return "a text"
        return "a list of texts"


def _bounds(meta: Meta) -> str:
    if meta.le is None:
        return f"of at least {meta.ge}"
    return f"from {meta.ge} to {meta.le}"


def all_settings() -> dict[str, Setting]:
    """Every setting by its name, in the order of the catalogue."""
    return {setting.name: setting for setting in _walk()}


def _sections() -> Iterator[tuple[str, type[Struct]]]:
    for name, kind in typing.get_type_hints(Settings).items():
        if isinstance(kind, type) and issubclass(kind, Struct):
            yield name, kind


def _walk() -> Iterator[Setting]:
    for section, kind in _sections():
        hints = typing.get_type_hints(kind, include_extras=True)
        for field in msgspec.structs.fields(kind):
            annotated = hints[field.name]
            bare, meta = typing.get_args(annotated)
            yield Setting(
                section=section,
                key=field.name,
                type=bare,
                annotated=annotated,
                meta=meta,
                default=field.default,
            )


def as_table() -> str:
    """The reference table of docs/configuration.md, a heading and a table for each section."""
    parts = []
    for section, kind in _sections():
        rows = [_row(setting) for setting in all_settings().values() if setting.section == section]
        parts.append(
            f"## {section}\n\n{kind.__doc__}\n\n"
            "| Setting | Default | Environment | Meaning |\n|---|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(parts) + "\n"


def _row(setting: Setting) -> str:
    variables = ", ".join(f"`{name}`" for name in setting.variables)
    meaning = f"{setting.meta.description} {setting.wanted[0].upper()}{setting.wanted[1:]}."
    return f"| `{setting.name}` | `{_literal(setting.default)}` | {variables} | {meaning} |"


def as_toml(settings: Settings) -> str:
    """The settings in effect as a `rift.toml`, secrets withheld."""
    lines: list[str] = []
    section = ""
    for setting in all_settings().values():
        if setting.section != section:
            section = setting.section
            lines += ["", f"[{section}]"]
        value = getattr(getattr(settings, section), setting.key)
        shown = '"(secret)"' if setting.secret and value else _literal(value)
        lines.append(f"{setting.key} = {shown}")
    return "\n".join(lines).lstrip() + "\n"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

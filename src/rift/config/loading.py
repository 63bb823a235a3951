"""Finding each value (command line, environment, file, default) and refusing wrong ones."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from rift.config.registry import ALIASES, Setting, all_settings
from rift.config.rules import contradictions
from rift.config.settings import Settings

FILE_NAME: Final = "rift.toml"

OTHER_VARIABLES: Final = frozenset({"RIFT_DISCORD_SPEC"})
"""Variables of this prefix that belong to the test suite, not to the server."""

_WORDS: Final = {
    **dict.fromkeys(("on", "true", "yes", "1"), True),
    **dict.fromkeys(("off", "false", "no", "0"), False),
}
_LEVELS: Final = {
    "trace": "debug",
    "debug": "debug",
    "info": "info",
    "warn": "warning",
    "warning": "warning",
    "error": "error",
    "off": "error",
}
_HEADER: Final = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_KEY: Final = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)?)\s*=")


class Fault(NamedTuple):
    """One thing wrong: where it was written, what is wrong, and what to do."""

    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} {self.remedy}"


class ConfigError(Exception):
    """The configuration is refused; every fault found is listed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class _Given(NamedTuple):
    """A value as somebody wrote it; `plain` means as bare text, to be read as its type asks."""

    value: object
    where: str
    plain: bool


def load(file: Path | None, environ: Mapping[str, str], overrides: Mapping[str, str]) -> Settings:
    """The settings in effect; without a `file`, the `rift.toml` of the data directory counts."""
    faults: list[Fault] = []
    stronger = {
        **_from_environment(environ, faults),
        **_from_command_line(overrides, faults),
    }
    given = {**_from_file(file, stronger, faults), **stronger}
    values = _convert(given, faults)
    if faults:
        raise ConfigError(faults)
    settings = msgspec.convert({**values, "given": list(given)}, Settings)
    faults += [Fault(_where(given, name), *rest) for name, *rest in contradictions(settings)]
    if faults:
        raise ConfigError(faults)
    return settings


def _where(given: Mapping[str, _Given], name: str) -> str:
    return given[name].where if name in given else "default"


def _from_command_line(overrides: Mapping[str, str], faults: list[Fault]) -> dict[str, _Given]:
    where = "command line"
    known = all_settings()
    faults += [_unknown(where, name, known) for name in overrides if name not in known]
    return {
        name: _Given(value, where, plain=True) for name, value in overrides.items() if name in known
    }


def _from_environment(environ: Mapping[str, str], faults: list[Fault]) -> dict[str, _Given]:
    variables = {setting.variable: name for name, setting in all_settings().items()}
    given: dict[str, _Given] = {}
    for variable in ALIASES:
        for name, value in _alias(variable, environ.get(variable, "").strip()):
            given[name] = _Given(value, f"environment variable {variable}", plain=True)
    for variable, value in environ.items():
        where = f"environment variable {variable}"
        if variable in variables and value.strip():
            given[variables[variable]] = _Given(value.strip(), where, plain=True)
        elif _is_stray(variable, variables):
            faults.append(_unknown(where, variable, [*variables, *ALIASES]))
    return given


def _is_stray(variable: str, variables: Mapping[str, str]) -> bool:
    known = variable in variables or variable in ALIASES or variable in OTHER_VARIABLES
    return variable.startswith("RIFT_") and not known


def _alias(variable: str, value: str) -> Iterator[tuple[str, str]]:
    if not value:
        return
    match variable:
        case "LISTEN_ADDR":
            host, _, port = value.rpartition(":")
            yield "server.host", host.strip("[]") or "0.0.0.0"  # noqa: S104 - ":8080" means that
            yield "server.port", port
        case "RUST_LOG":
            yield from _rust_level(value)
        case _:
            yield ALIASES[variable][0], value


def _rust_level(directives: str) -> Iterator[tuple[str, str]]:
    """The most talkative level of a line such as `info,rift=debug`; other words are not ours."""
    levels = {
        _LEVELS.get(part.rpartition("=")[2].strip().lower()) for part in directives.split(",")
    }
    for level in ("debug", "info", "warning", "error"):
        if level in levels:
            yield "log.level", level
            return


def _from_file(
    file: Path | None, stronger: Mapping[str, _Given], faults: list[Fault]
) -> dict[str, _Given]:
    if file is not None:
        return _read(file, faults)
    directory = stronger.get("data.directory", _Given(Settings().data.directory, "", plain=True))
    beside = Path(str(directory.value)) / FILE_NAME
    if not beside.is_file():
        return {}
    given = _read(beside, faults)
    if "data.directory" in given:
        problem = "data.directory cannot be set by a file that lies in the data directory."
        remedy = "Give --data or RIFT_DATA_DIRECTORY, or name the file with --config."
        faults.append(Fault(given["data.directory"].where, problem, remedy))
    return given


def _read(file: Path, faults: list[Fault]) -> dict[str, _Given]:
    try:
        text = file.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except OSError as error:
        raise ConfigError([_unreadable(file, error.strerror or "cannot be read")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([_unreadable(file, "is not UTF-8 text")]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_malformed(file, str(error))]) from error
    return _flatten(file, document, _line_numbers(text), faults)


def _unreadable(file: Path, problem: str) -> Fault:
    return Fault(
        str(file),
        f"The file {problem}.".lower().capitalize(),
        "Check its name and its permissions.",
    )


def _malformed(file: Path, message: str) -> Fault:
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    where = f"{file}:{place[1]}" if place else str(file)
    return Fault(
        where, f"This is not TOML: {message}.", 'Write settings as key = value, texts in "quotes".'
    )


def _line_numbers(text: str) -> dict[str, int]:
    """Where each section and setting of a file stands, for messages."""
    numbers: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = header[1]
            numbers.setdefault(section, number)
        elif key := _KEY.match(line):
            name = re.sub(r"\s", "", key[1])
            numbers.setdefault(f"{section}.{name}" if section else name, number)
    return numbers


def _flatten(
    file: Path, document: Mapping[str, object], lines: Mapping[str, int], faults: list[Fault]
) -> dict[str, _Given]:
    known = all_settings()
    sections = dict.fromkeys(setting.section for setting in known.values())
    given: dict[str, _Given] = {}
    for section, body in document.items():
        where = f"{file}:{lines.get(section, 1)}"
        if section not in sections:
            faults.append(_unknown(where, section, [*sections, *known]))
        elif not isinstance(body, dict):
            faults.append(
                Fault(where, f"{section} is a section.", f"Write [{section}] above its settings.")
            )
        else:
            for key, value in body.items():
                name = f"{section}.{key}"
                place = f"{file}:{lines.get(name, lines.get(section, 1))}"
                if name in known:
                    given[name] = _Given(value, place, plain=False)
                else:
                    faults.append(_unknown(place, name, known))
    return given


def _unknown(where: str, name: str, known: Iterable[str]) -> Fault:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    remedy = f"Did you mean {close[0]}?" if close else "All settings are in docs/configuration.md."
    return Fault(where, f"{name} is not a setting.", remedy)


def _convert(given: Mapping[str, _Given], faults: list[Fault]) -> dict[str, dict[str, object]]:
    known = all_settings()
    values: dict[str, dict[str, object]] = {}
    for name, entry in given.items():
        setting = known[name]
        try:
            value = _value(setting, entry)
        except msgspec.ValidationError:
            faults.append(_misfit(setting, entry))
        else:
            values.setdefault(setting.section, {})[setting.key] = value
    return values


def _value(setting: Setting, entry: _Given) -> object:
    value = entry.value
    if entry.plain and setting.type is bool:
        value = _WORDS.get(str(value).lower(), value)
    elif entry.plain and setting.type == tuple[str, ...]:
        value = [part.strip() for part in str(value).split(",") if part.strip()]
    return msgspec.convert(value, setting.annotated, strict=not entry.plain)


def _misfit(setting: Setting, entry: _Given) -> Fault:
    shown = "what was given" if setting.secret else repr(entry.value)
    return Fault(
        entry.where,
        f"{setting.name} cannot be {shown}.",
        f"Give {setting.wanted} (default {setting.default!r}).",
    )

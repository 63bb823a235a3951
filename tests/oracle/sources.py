"""Where the specification comes from: its own file, or the npm package made of it."""

import fcntl
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".cache" / "discord-api-spec"
VARIABLE = "RIFT_DISCORD_SPEC"
PINNED = {"discord-api-spec": "10.0.266135", "typescript": "5.9.3", "zod": "4.1.12"}

Schema = dict[str, Any]
Operations = dict[tuple[str, str], dict[str, Schema | None]]


@dataclass(frozen=True)
class Specification:
    """Schemas by name, and per operation the schema of each answer; None: no JSON body."""

    schemas: dict[str, Schema]
    operations: Operations


def shape(path: str) -> str:
    """A path template without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def specification() -> Specification:
    file = specification_file()
    return from_package() if file is None else from_file(file)


def specification_file() -> Path | None:
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    beside = ROOT.parent / "shared" / "discord" / "openapi.json"
    return beside if beside.exists() else None


def from_file(file: Path) -> Specification:
    document = json.loads(file.read_text())
    document = _overlaid(document)
    operations: Operations = {
        (method.upper(), shape(path)): {
            status: _answer(document, response)
            for status, response in operation["responses"].items()
        }
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
    return Specification(document["components"]["schemas"], operations)


def _answer(document: Schema, response: Schema) -> Schema | None:
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    schema: Schema | None = response.get("content", {}).get("application/json", {}).get("schema")
    return schema


def from_package() -> Specification:
    found = json.loads(_translated_package().read_text())
    document = _overlaid({"components": {"schemas": _tidied(found["schemas"])}})
    operations: Operations = {
        (method.upper(), shape(path)): answers
        for path, methods in found["operations"].items()
        for method, answers in methods.items()
    }
    return Specification(document["components"]["schemas"], operations)


def _translated_package() -> Path:
    """Installs the package once, whoever comes first, and keeps its schemas as JSON."""
    version = "-".join(PINNED.values())
    target = CACHE / f"{version}.json"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            (CACHE / "package.json").write_text(json.dumps({"dependencies": PINNED}))
            _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
            shutil.copy(HERE / "package.mjs", CACHE)
            part = target.with_suffix(".part")
            part.write_bytes(_run("node", "package.mjs"))
            part.rename(target)
    return target


def _run(*command: str) -> bytes:
    return subprocess.run(command, cwd=CACHE, check=True, capture_output=True, timeout=300).stdout


def _tidied(schema: Any) -> Any:
    """Without what the translation adds: own ids, and times that must end in Z."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    drop = {"$id", "$schema"} | ({"pattern"} if schema.get("format") == "date-time" else set())
    return {key: _tidied(value) for key, value in schema.items() if key not in drop}


def _overlaid(document: Schema) -> Schema:
    """With our corrections, each of which must find its place."""
    for line in (HERE / "overlay.jsonl").read_text().splitlines():
        correction = json.loads(line)
        *way, last = correction["at"].strip("/").split("/")
        place = document
        for step in way:
            place = place[step]
        assert last in place, f"the overlay corrects what is not there: {correction['at']}"
        place[last] = correction["put"]
    return document

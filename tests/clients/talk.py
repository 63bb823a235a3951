"""How a bot program and its test talk: one JSON object a line, commands in, answers and events out.

Runs inside a client library's own environment, so it uses the standard library only.
"""

import asyncio
import json
import logging
import os
import re
import sys
import traceback
from typing import Any, Final

URL: Final = os.environ.get("BOT_URL", "")
TOKEN: Final = os.environ.get("BOT_TOKEN", "")

_EVERY_LEVEL: Final = 1

# What libraries say, mostly under their breath, when they do not know what they were sent.
_PUZZLED: Final = re.compile(r"unknown|unrecogni[sz]ed|unexpected|discarding", re.IGNORECASE)


def tell(event: str, **data: Any) -> None:
    """Report to the test."""
    _write({"event": event, "data": data})


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


# About the environment and the library's own affairs, and not about the server.
_AT_HOME: Final = re.compile(
    r"installed, voice will NOT be supported|Falling back to hardcoded value"
    "|client version is outdated, migration needed"
)
# hikari's list of what an audit log's changes are called lacks these fields of Discord's objects.
_NOT_LISTED: Final = re.compile(
    r"Unknown audit log change key found "
    r"'(flags|managed|parent_id|roles|(applied|available)_tags|default_[a-z_]+"
    r"|event_type|trigger_[a-z]+|actions|enabled|exempt_[a-z]+"
    r"|features|scopes|mode|title|options|single_select|required|in_onboarding"
    r"|(rules|public_updates|widget)_channel_id"
    r"|scheduled_[a-z_]+|recurrence_rule|location|image_hash|status|entity_type|privacy_level"
    r"|template|video_quality_mode)'",
)
# hikari knows what an entry of a blocked message is called, but not the options of one.
_NOT_READ: Final = re.compile(
    r"Unknown audit log action type found .*AUTO_MODERATION_BLOCK_MESSAGE"
)
# Newer than the libraries are: a voice channel's status, and since when somebody is in it.
_TOO_NEW: Final = re.compile(r"VOICE_CHANNEL_(START_TIME|STATUS)_UPDATE", re.IGNORECASE)


class _Complaints(logging.Handler):
    """Passes on warnings, and whatever the library did not understand."""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if any(known.search(text) for known in (_AT_HOME, _NOT_LISTED, _NOT_READ, _TOO_NEW)):
            return
        if record.levelno >= logging.WARNING or _PUZZLED.search(str(record.msg)):
            if record.exc_info:
                text += "\n" + "".join(traceback.format_exception(*record.exc_info))
            tell("complaint", level=record.levelname, logger=record.name, text=text)


def listen_to_log(library: str) -> None:
    """Report everything the library complains about."""
    logging.getLogger().addHandler(_Complaints())
    logging.getLogger(library).setLevel(_EVERY_LEVEL)


async def obey(verbs: Any) -> None:
    """Carry out commands, each with a method of `verbs`, until the test hangs up."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with asyncio.TaskGroup() as running:
        while line := await reader.readline():
            running.create_task(_carry_out(verbs, json.loads(line)))


async def serve(client: Any, verbs: Any) -> None:
    """Be connected, as all of discord.py's kind are, until the test hangs up."""
    await client.login(TOKEN)
    async with asyncio.TaskGroup() as running:
        running.create_task(client.connect())
        await obey(verbs)
        await client.close()


async def _carry_out(verbs: Any, command: dict[str, Any]) -> None:
    try:
        result = await getattr(verbs, command["do"])(**command["with"])
    except Exception as error:  # noqa: BLE001 - the test judges what the library raised
        _write({"id": command["id"], "error": _described(error)})
    else:
        _write({"id": command["id"], "result": result})


def _described(error: Exception) -> dict[str, Any]:
    return {
        "type": type(error).__name__,
        "status": int(getattr(error, "status", 0)),
        "code": int(getattr(error, "code", 0)),
        "text": "".join(traceback.format_exception(error)),
    }

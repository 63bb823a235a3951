"""The program of one worker among several; it is told its share on standard input."""

import logging
import sys

import msgspec
import uvloop

from rift.app.failure import CannotStart
from rift.app.leash import stop_with
from rift.app.logs import set_up_logging
from rift.app.process import Workplan, serving
from rift.app.sockets import listen, stop_signal
from rift.db.failure import DatabaseFailure

_log = logging.getLogger(__name__)


def main() -> None:
    """Serve until told to stop, or until the parent is gone."""
    plan = msgspec.json.decode(sys.stdin.readline(), type=Workplan)
    stop_with(plan.parent)
    set_up_logging(plan.settings)
    try:
        sys.exit(uvloop.run(_serve(plan)))
    except (CannotStart, DatabaseFailure) as error:
        _log.critical("worker %d cannot start: %s %s", plan.index, error.problem, error.remedy)
        sys.exit(1)


async def _serve(plan: Workplan) -> int:
    stop = stop_signal()
    with listen(plan.host, plan.port, shared=True) as listening:
        async with serving(plan, listening, stop):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await stop.wait()
    return int(stop.failed)


if __name__ == "__main__":
    main()

"""The command line: which scenarios to run, and how thoroughly."""

import argparse
import sys

from bench.build import build
from bench.figures import Figure, save, show
from bench.load import WrongAnswerError
from bench.rest import RefusedError
from bench.scenarios import SCENARIOS
from bench.stage import Stage


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Rift.")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--quick", action="store_true", help="one short round of each")
    options = parser.parse_args()
    unknown = set(options.scenarios) - set(SCENARIOS)
    if unknown:
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    build()
    figures, failures = _measure(options.scenarios or list(SCENARIOS), options.quick)
    save(figures, failures)
    show(figures, failures)
    missed = any(figure.met is False for rows in figures.values() for figure in rows)
    return 1 if missed or failures else 0


def _measure(names: list[str], quick: bool) -> tuple[dict[str, list[Figure]], dict[str, str]]:
    """Runs scenario after scenario; one that goes wrong does not stop the others."""
    figures: dict[str, list[Figure]] = {}
    failures: dict[str, str] = {}
    with Stage(quick) as stage:
        for name in names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            rows = figures.setdefault(name, [])
            try:
                rows.extend(SCENARIOS[name](stage))
            except (WrongAnswerError, RefusedError, RuntimeError, OSError, LookupError) as error:
                failures[name] = f"{type(error).__name__}: {error}"
                print(f"{name} failed: {error}", file=sys.stderr, flush=True)
    return figures, failures


if __name__ == "__main__":
    sys.exit(main())

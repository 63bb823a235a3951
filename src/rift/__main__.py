"""The `rift` command: `rift up`, `rift admin ...`, `rift config`, `rift openapi`."""

import sys

from rift.cli.arguments import parse
from rift.cli.commands import run


def main() -> None:
    sys.exit(run(parse(sys.argv[1:])))


if __name__ == "__main__":
    main()

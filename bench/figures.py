"""Figures: a value, the target it is held against, and the table of all of them."""

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table

RESULTS: Final = Path(__file__).parent / "results" / "latest.json"
T = TypeVar("T")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured value; without a target it only explains another one."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def target(self) -> str:
        if self.at_most is not None:
            return f"<= {_short(self.at_most)}"
        return "" if self.at_least is None else f">= {_short(self.at_least)}"

    @property
    def met(self) -> bool | None:
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least


def interleaved(rounds: int, variants: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Runs the variants in turn, so that a slow minute of the machine strikes them all."""
    results: dict[str, list[T]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, run in variants.items():
            results[name].append(run())
    return results


def middle(results: Sequence[T], read: Callable[[T], float]) -> float:
    return statistics.median(read(result) for result in results)


def save(figures: Mapping[str, Iterable[Figure]], failures: Mapping[str, str]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "figures": msgspec.to_builtins({name: list(rows) for name, rows in figures.items()}),
        "failures": dict(failures),
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")


def show(figures: Mapping[str, Iterable[Figure]], failures: Mapping[str, str]) -> None:
    table = Table("scenario", "figure", "value", "target", "verdict", "note")
    table.columns[2].justify = "right"
    for scenario, rows in figures.items():
        for row in rows:
            verdict = {True: "[green]met", False: "[bold red]missed", None: ""}[row.met]
            value = f"{_short(row.value)} {row.unit}".strip()
            table.add_row(scenario, row.name, value, row.target, verdict, row.note)
    for scenario, why in failures.items():
        table.add_row(scenario, "", "", "", "[bold red]failed", why[:300])
    console = Console()
    console.width = max(console.width, 140)
    console.print(table)


def _short(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"

"""What a rebuild costs beside merely reading the same files: `make bench`."""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks.machine import Cost, describe_machine, measure_cost
from pipeline import catalogue, lake

REPEATS = 5
MOST_TIMES_READING = 3
MOST_MB = 600


def main() -> None:
    """Measure both in turn, several times each, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, required=True, help="folder of raw files")
    raw = parser.parse_args().raw.resolve()
    files = list_files(raw)
    read, rebuild = measure_both(raw, files)
    print(format_table(files, read, rebuild))


def list_files(raw: Path) -> list[tuple[str, str, list[str]]]:
    """List what the sources read: each file once, with its reader and the sheets used of it."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    with lake.open_lake(raw) as files:
        for source in catalogue.load_catalogue().sources.values():
            for name in lake.read_by(files, source):
                sheets = (source.sheet, *source.sheets)
                wanted[name, source.reader].update(sheet for sheet in sheets if sheet)
    return [(*file, sorted(sheets)) for file, sheets in sorted(wanted.items())]


def measure_both(
    raw: Path, files: list[tuple[str, str, list[str]]]
) -> tuple[list[Cost], list[Cost]]:
    """Run each program several times, by turns, so that both meet the same machine."""
    given = json.dumps(files)
    read, rebuild = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(REPEATS + 1):
            read.append(
                measure_cost([sys.executable, "-m", "benchmarks.read_once", str(raw)], given)
            )
            out = str(Path(folder) / str(number))
            command = [sys.executable, "-m", "pipeline", "build", "--raw", str(raw), "--out", out]
            rebuild.append(measure_cost(command))
    return read[1:], rebuild[1:]  # the first of each fills the disk cache


def format_table(
    files: list[tuple[str, str, list[str]]], read: Iterable[Cost], rebuild: Iterable[Cost]
) -> str:
    """Write the figures as a person reads them."""
    ratio = median(r.cpu_seconds for r in rebuild) / median(r.cpu_seconds for r in read)
    peak = max(r.peak_mb for r in rebuild)
    return "\n".join(
        [
            f"Rebuild from {len(files)} files, median (least to most) of {REPEATS} runs",
            f"on {describe_machine()}",
            "",
            f"{'':24}{'CPU seconds':>24}{'wall seconds':>24}{'peak MB':>10}",
            format_line("read each file once", read),
            format_line("full rebuild", rebuild),
            "",
            f"CPU of the rebuild: {ratio:.2f} times reading (aim: at most {MOST_TIMES_READING})",
            f"peak memory: {peak:.0f} MB (aim: at most {MOST_MB})",
        ]
    )


def format_line(name: str, costs: Iterable[Cost]) -> str:
    """Write one program's line of the table."""
    cpu, wall, peak = zip(*((c.cpu_seconds, c.wall_seconds, c.peak_mb) for c in costs), strict=True)
    return f"{name:24}{format_spread(cpu):>24}{format_spread(wall):>24}{max(peak):>10.0f}"


def format_spread(values: Iterable[float]) -> str:
    """Write a median with its range."""
    ordered = sorted(values)
    return f"{median(ordered):.2f} ({ordered[0]:.2f}-{ordered[-1]:.2f})"


if __name__ == "__main__":
    main()

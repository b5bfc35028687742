"""What a finished program cost, and the machine it ran on."""

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took."""

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


def measure_cost(command: Sequence[str], given: str = "") -> Cost:
    """Run a program to its end and say what it took. Raises RuntimeError when it fails."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as said:
        read.write(given.encode())
        read.seek(0)
        program = subprocess.Popen(command, cwd=ROOT, stdin=read, stdout=said, stderr=said)
        # wait4 tells of this child alone; getrusage would give the peak of the largest so far.
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{said.read().decode()}")
    return Cost(
        cpu_seconds=used.ru_utime + used.ru_stime,
        wall_seconds=time.monotonic() - started,
        peak_mb=used.ru_maxrss / 1024,
    )


def describe_machine() -> str:
    """Name the machine and the versions behind a figure."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "duckdb"))
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores "
        f"(load {os.getloadavg()[0]:.1f}), Python {platform.python_version()}, {libraries}"
    )

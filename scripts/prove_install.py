"""python3 scripts/prove_install.py: the README's two commands, in a clean clone, with two pips.

The oldest pip is the one that came with the oldest Python we allow: with it the clone installs both
lock files, serves, tests and makes a wheel. The newest on offer only resolves them. It needs only
Python, git and make, because it stands for a machine on which nothing is installed yet.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
GIT, MAKE = shutil.which("git") or "git", shutil.which("make") or "make"
OLDEST_PIP = "pip==22.3"  # came with Python 3.11.0
NEWEST_PIP = "pip"
SECONDS_TO_INSTALL_AND_START = 1200


def main() -> None:
    """Prove both commands with the oldest pip, and what they install with the newest."""
    with clone_committed(OLDEST_PIP) as clone:
        serve(clone)
        make(clone, "test", "ARGS=tests/test_packaging.py")
        run_pip(clone, "check")
        make_wheel(clone)
    with clone_committed(NEWEST_PIP) as clone:
        # pip reads its options from the environment too. This set has all of the other lock file.
        make(clone, ".venv/.installed-requirements-dev", PIP_DRY_RUN="1")


@contextmanager
def clone_committed(pip: str) -> Generator[Path]:
    """Clone what is committed into a folder that is gone afterwards, with this pip in its .venv."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run([GIT, "clone", "--quiet", ROOT, clone], check=True)
        subprocess.run([sys.executable, "-m", "venv", clone / ".venv"], check=True)
        run_pip(clone, "install", "--quiet", "--upgrade", pip)
        run_pip(clone, "--version")
        yield clone


def run_pip(clone: Path, *arguments: str | Path) -> None:
    """Run the clone's own pip."""
    subprocess.run([clone / ".venv/bin/python", "-m", "pip", *arguments], check=True)


def make(clone: Path, *arguments: str, **environment: str) -> None:
    """Run make in the clone, with these variables besides those of this process."""
    subprocess.run([MAKE, *arguments], cwd=clone, env=os.environ | environment, check=True)


def serve(clone: Path) -> None:
    """Run `make run` until the dashboard says that it is ready, and end it.

    Raises SystemExit when it ends by itself or takes too long.
    """
    port = find_free_port()
    command = [MAKE, "run", f"PORT={port}"]
    with subprocess.Popen(command, cwd=clone, start_new_session=True) as server:
        try:
            if not wait_until_answered(server, f"http://127.0.0.1:{port}/ready"):
                raise SystemExit("make run: the dashboard did not say that it is ready")
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGTERM)  # make, and what it started


def make_wheel(clone: Path) -> None:
    """Make a wheel of the clone, and run what is in it from another folder.

    Raises SystemExit, with their names, when files of the program or of its data are not in it.
    """
    wheels = clone.with_name("wheels")
    run_pip(clone, "wheel", "--quiet", "--no-deps", "--wheel-dir", wheels, clone)
    [wheel] = wheels.iterdir()
    tracked = [GIT, "ls-files", "dashboard", "data", "pages", "pipeline"]
    listing = subprocess.run(tracked, cwd=clone, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(wheel) as file:
        left_out = set(listing.stdout.splitlines()) - set(file.namelist())
    if left_out:
        raise SystemExit(f"{wheel.name} lacks {', '.join(sorted(left_out))}")
    run_pip(clone, "install", "--quiet", "--no-deps", wheel)
    program = [clone / ".venv/bin/python", "-m", "pipeline", "status"]
    subprocess.run(program, cwd=wheels, stdout=subprocess.DEVNULL, check=True)


def find_free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_answered(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the address answers that all is well; false when the server ends before."""
    last = time.monotonic() + SECONDS_TO_INSTALL_AND_START
    while server.poll() is None and time.monotonic() < last:
        try:
            with urllib.request.urlopen(address):
                return True
        except OSError:
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    main()

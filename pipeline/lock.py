"""One at a time: a lock on a folder of builds, which the system releases when its holder ends."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import BusyError

LOCK = ".lock"


@contextmanager
def hold_alone(out: Path, wait: float = 0) -> Generator[None]:
    """Hold a folder of builds; whoever holds it may take it again.

    Raises BusyError when another process still holds it after `wait` seconds. Nothing is read from
    the lock's file and no age is looked at: a process that was killed holds nothing.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - 50 ms, which only a writer pays

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, is_singleton=True)
    try:
        lock.acquire(timeout=wait)
    except Timeout as e:
        raise BusyError(f"another refresh or build of {out} is running; nothing was done") from e
    try:
        yield
    finally:
        lock.release()

"""Which build is served: the one that is pointed at, or else the last that could be read.

A build is loaded beside the one that is served, by a thread of its own, and then takes its place in
one step: no reader waits, and a page that is being drawn is finished from the build it began with.
Where there is no such thread (a test, a program that makes files), whoever asks first loads.
"""

import gc
import logging
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from dashboard.store import memory
from pipeline import builds
from pipeline.errors import DamagedError
from pipeline.values import prepare_build

log = logging.getLogger(__name__)

OUTLINES = 2  # builds whose boundaries a page that was drawn before a switch may still ask for
LOOK = 1.0  # seconds between two looks at the pointer
# Seconds between two collections. One stops every reader for 10 to 100 ms, as much as has been
# loaded since the last build: every half minute that is 0.3% of the time at the most. Python's own
# collections go on in between, so that what fifty readers leave behind is never there for long.
COLLECT = 30.0


class Named(Protocol):
    """A build, as far as it matters here."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def outlines(self) -> bytes:
        """Its boundaries, as they are published."""
        ...


B = TypeVar("B", bound=Named)


class Serving(Generic[B]):
    """The build that is served, and why it is not another."""

    def __init__(self, load: Callable[[Path], B]) -> None:
        """Begin with none; `load` reads one from its folder, or raises."""
        self.build: B | None = None
        self.refusal = ""  # why the build that is pointed at is not the one that is served
        self.is_watched = False  # by a thread, so that nobody else need look
        self.retired: list[weakref.ref[B]] = []
        self.outlines: OrderedDict[str, bytes] = OrderedDict()
        self._load = load
        self._out: Path | None = None
        self._underived = ""  # why git's figures give no build, until another one is published
        self._lock = threading.Lock()
        self._refused: dict[Path, tuple[object, str]] = {}

    def current(self, out: Path) -> B | None:
        """The build to draw from; None where there is none."""
        if not self.is_watched:
            self.look(out)
        return self.build

    def look(self, out: Path) -> bool:
        """Load what is pointed at, if it is not served yet; gives whether another is served now."""
        with self._lock:
            if self._out != out:
                self.build, self._out = None, out
                self._underived = prepare_build(out)
            reasons = [self._underived] if self._underived else []
            chosen = self._find_wanted(out, reasons)
            self._log_refusal("; ".join(dict.fromkeys(reasons)), chosen or self.build)
            if chosen is None or chosen is self.build:
                return False
            self._underived = "" if self.build else self._underived
            self._switch(chosen)
            return True

    def _find_wanted(self, out: Path, reasons: list[str]) -> B | None:
        """The first of the candidates that can be read; those before it add why they cannot."""
        for name in self._list_candidates(out, reasons):
            if self.build and self.build.id == name:
                return self.build
            if loaded := self._load_or_refuse(out / name, reasons):
                return loaded
        return None

    def _list_candidates(self, out: Path, reasons: list[str]) -> Iterator[str]:
        """What is pointed at; then what is served, and only where nothing is, what is kept."""
        try:
            pointer = builds.read_pointer(out)
        except DamagedError as e:
            pointer = None
            reasons.append(str(e))
        others = builds.list_kept_builds(out)
        if pointer is None and not reasons and (others or self.build):
            reasons.append(f"{builds.POINTER}: there is none")
        named = (pointer.build, *pointer.before) if pointer else ()
        yield from named[:1]
        if self.build:
            yield self.build.id
        else:
            yield from dict.fromkeys((*named[1:], *(name for name in others if name not in named)))

    def _load_or_refuse(self, place: Path, reasons: list[str]) -> B | None:
        """Load one; what was refused is not read again until its files are others."""
        seen = _list_stamps(place)
        if place in self._refused and self._refused[place][0] == seen:
            reasons.append(self._refused[place][1])
            return None
        try:
            loaded = self._load(place)
        except Exception as e:  # whatever is wrong with it, the last good build goes on serving
            why = str(e) if isinstance(e, DamagedError) else f"{place.name}: {e!r}"
            self._refused[place] = (seen, why)
            reasons.append(why)
            return None
        self._refused.pop(place, None)
        return loaded

    def _switch(self, build: B) -> None:
        self.retired = [one for one in self.retired if one() is not None]
        if self.build:
            self.retired.append(weakref.ref(self.build))
        self.outlines[build.id] = build.outlines
        while len(self.outlines) > OUTLINES:
            self.outlines.popitem(last=False)
        self.build = build

    def _log_refusal(self, refusal: str, shown: B | None) -> None:
        if refusal != self.refusal:
            instead = f"build {shown.id} is shown" if shown else "there is no build to show"
            log.warning("%s; %s", refusal or "every build can be read again", instead)
        self.refusal = refusal


class Keeper(threading.Thread):
    """Looks whether there is a newer build, and collects what is no longer used, beside readers."""

    def __init__(self, serving: Serving, folder: Callable[[], Path]) -> None:
        """Take the build there is; later ones are found once the thread is started."""
        super().__init__(name="keeper", daemon=True)
        self._serving, self._folder = serving, folder
        self._end = threading.Event()
        self._collected = 0.0
        self._counted = 0
        serving.look(folder())
        memory.settle()

    def run(self) -> None:
        """Look every second until the server ends."""
        self._serving.is_watched = True
        while not self._end.wait(LOOK):
            try:
                self.look()
                self.collect(time.monotonic())
            except Exception:  # one that ended would leave readers with an old build for ever
                log.exception("the look at %s failed; another follows", self._folder())
                self._end.wait(COLLECT)

    def stop(self) -> None:
        """End the thread; what was to stay goes with the server."""
        self._end.set()
        self._serving.is_watched = False
        gc.unfreeze()

    def look(self) -> None:
        """Bring in a newer build, if there is one, and keep it out of later collections."""
        if self._serving.look(self._folder()):
            memory.settle()

    def collect(self, now: float) -> None:
        """Collect, if it is time to and anything was done since.

        A build that was replaced and is still there is held by what was settled while it was in
        use: then everything is looked through, once more of the same kind of pause.
        """
        done = sum(each["collections"] for each in gc.get_stats())
        if now - self._collected < COLLECT or done == self._counted:
            return
        gc.collect()
        if any(one() is not None for one in self._serving.retired):
            memory.unsettle()
        self._collected = now
        self._counted = sum(each["collections"] for each in gc.get_stats())


def _list_stamps(place: Path) -> object:
    """What changes when somebody puts other files into a folder."""
    try:
        stamps = [(path.name, path.stat()) for path in sorted(place.iterdir())]
    except OSError:
        return None
    return [(name, seen.st_size, seen.st_mtime_ns, seen.st_ino) for name, seen in stamps]

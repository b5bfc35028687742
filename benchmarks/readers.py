"""Many readers at once: each speaks to the server as a browser does, without drawing anything.

`python -m benchmarks.readers` lets them read all pages, before and after builds are published under
them, prints one table and whether each limit holds, and ends with 1 where one does not.
"""

import asyncio
import json
import random
import sys
import tempfile
import threading
import time
import urllib.request
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import copies
from benchmarks.machine import describe_machine
from dashboard.domain.build import Build
from dashboard.store import served
from dashboard.web import site
from scripts.browser import serve_dashboard

PAUSE = 3.0  # seconds between two choices of one reader, about
LONGEST = 60.0  # seconds to wait for an answer before it counts as a fault
COMPLETE = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")
READERS, SECONDS = (30, 50, 100), 20.0
FEW = 5  # readers while a build is published
PUBLISHES = 2
HEADS = ("visits", "CPU ms", "p50 ms", "p95 ms", "worst", "MB", "builds")
MOST_ROUNDS = 5  # of reading until a build that was published is served
MOST_CPU = 40  # ms of the server for one visit, at the mean
MOST_P95, OF_READERS = 400, 50  # ms, on a quiet machine
MOST_AT_SWITCH = 500  # ms
MOST_BUILDS = 2
MOST_CHANGE = 1.2  # times what it was before anything was published
ENOUGH = 1000  # visits one reader would never make

Visit = tuple[str, dict[str, str]]


class PageError(Exception):
    """A page met a fault while it was read."""


@dataclass(slots=True)
class Waited:
    """What readers waited for: seconds from each choice to its last message, and its bytes."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


class Reader:
    """One reader's connection, with the messages it has kept."""

    def __init__(self, socket: ClientConnection) -> None:
        """Keep the connection."""
        self._socket = socket
        self._kept: set[str] = set()

    async def choose(self, page: str, choices: dict[str, str]) -> tuple[float, int]:
        """Ask for a page with some choices; give the seconds and the bytes it took."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(choices)
        asked.rerun_script.page_name = page
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        started = time.monotonic()
        await self._socket.send(asked.SerializeToString())
        size = await asyncio.wait_for(self._finish(), LONGEST)
        return time.monotonic() - started, size

    async def _finish(self) -> int:
        size = 0
        while True:
            received = await self._socket.recv()
            raw = received if isinstance(received, bytes) else received.encode()
            message = ForwardMsg.FromString(raw)
            size += len(raw)
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            if message.delta.new_element.HasField("exception"):
                raise PageError(message.delta.new_element.exception.message)
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished == COMPLETE:
                return size


async def _read(url: str, visits: Sequence[Visit], seconds: float, waited: Waited) -> None:
    """One reader: opens a page, then makes visit after visit until the time is over."""
    address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # ty: ignore
        reader = Reader(socket)
        # They arrive as often as they choose later: all at once, the queue of that moment would be
        # most of what is measured in twenty seconds.
        await _wait(0, PAUSE)
        await reader.choose(*visits[0])
        await _wait(0.5 * PAUSE, 1.5 * PAUSE)
        last = time.monotonic() + seconds
        for visit in visits[1:]:
            if time.monotonic() > last:
                return
            took, size = await reader.choose(*visit)
            waited.seconds.append(took)
            waited.sizes.append(size)
            await _wait(0.5 * PAUSE, 1.5 * PAUSE)


async def _wait(least: float, most: float) -> None:
    # Readers do not keep time with one another; how long each waits need not be hard to guess.
    await asyncio.sleep(random.uniform(least, most))  # noqa: S311 - no secret is made of it


def read(url: str, areas: list[str], readers: int, seconds: float) -> Waited:
    """Let some readers choose areas on one page for some seconds.

    Raises:
        ExceptionGroup: a reader's page met a fault, or took more than a minute.
    """
    page = urlsplit(url).path.strip("/")
    starts = [number % len(areas) for number in range(readers)]
    return go(
        url,
        [
            [(page, {"area": area}) for area in (areas[start:] + areas[:start]) * 10]
            for start in starts
        ],
        seconds,
    )


def go(url: str, plans: Sequence[Sequence[Visit]], seconds: float) -> Waited:
    """Let each reader make the visits of its plan for some seconds.

    Raises:
        ExceptionGroup: a reader's page met a fault, or took more than a minute.
    """
    waited = Waited()

    async def everyone() -> None:
        async with asyncio.TaskGroup() as group:
            for plan in plans:
                group.create_task(_read(url, plan, seconds, waited))

    _run_beside(lambda: asyncio.run(everyone()))
    return waited


def _run_beside(work: Callable[[], None]) -> None:
    """Do some work in a thread: a browser's loop may have this one."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseExceptionGroup as e:
            failed.append(e)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def plan_visits(build: Build, readers: int, seed: int = 0) -> list[list[Visit]]:
    """A plan for each reader: every page in an order of its own, with an area and a metric."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that visits are the same each time
    return [list(_iterate_visits(build, chance)) for _ in range(readers)]


def _iterate_visits(build: Build, chance: random.Random) -> Iterator[Visit]:
    pages = [page.address for page in site.SITE]
    codes = [area.code for area in build.local_authorities]
    metrics = [metric.id for metric in build.metrics.values() if not metric.is_nhs]
    for _ in range(ENOUGH // len(pages)):
        chance.shuffle(pages)
        area = chance.choice(codes)
        for page in pages:
            asked = {"area": area, "areas": ",".join(chance.sample(codes, 4))}
            yield page, asked | ({"metric": chance.choice(metrics)} if page == "metric" else {})


@dataclass(frozen=True, slots=True)
class Row:
    """What some readers cost and waited, after some builds were published."""

    published: int
    readers: int
    visits: int
    cpu: float  # ms of the server for each visit
    p50: float  # ms
    p95: float
    worst: float
    megabytes: float
    builds: int  # that are in memory


class Bench:
    """A server of its own, over builds of its own that differ in a note."""

    def __init__(self, url: str, out: Path, seconds: float) -> None:
        """Keep where the server and its builds are."""
        build = served.find_current_build()
        if build is None:
            sys.exit("there is no build to read")
        self.build, self._url, self._out, self._seconds = build, url, out, seconds
        self._names: list[str] = []

    def measure(self, readers: int) -> Row:
        """Let some readers read, and say what it cost and took."""
        before = self._ask("runs")
        # The same visits each time, so that what is later differs only in when it was read.
        waited = go(self._url, plan_visits(self.build, readers, readers), self._seconds)
        after = self._ask("runs")
        runs = len(after["script"]) - len(before["script"])
        times = [1000 * seconds for seconds in waited.seconds]
        return Row(
            published=max(0, len(self._names) - 1),
            readers=readers,
            visits=runs,
            cpu=1000 * (after["process"] - before["process"]) / runs,
            p50=median(times),
            p95=quantiles(times, n=20)[-1],
            worst=max(times),
            megabytes=after["megabytes"],
            builds=after["builds"],
        )

    def publish(self) -> Row:
        """Publish another build under a few readers, who go on until it is served."""
        name = copies.copy(
            served.builds_folder() / self.build.id, self._out, f" ({len(self._names)})"
        )
        self._names.insert(0, name)
        copies.serve_in_turn(self._out, *self._names)
        rows = [self.measure(FEW)]
        while self._ask("ready")["build"] != name and len(rows) < MOST_ROUNDS:
            rows.append(self.measure(FEW))
        if self._ask("ready")["build"] != name:
            sys.exit(f"build {name} was not served: {self._ask('ready')}")
        return max(rows, key=lambda row: row.worst)

    def warm(self) -> None:
        """One reader opens every page once: what is loaded then is loaded once for all."""
        self._names.append(self._ask("ready")["build"])
        visits = plan_visits(self.build, 1)[0][: len(site.SITE)]

        async def one() -> None:
            address = f"ws://{urlsplit(self._url).netloc}/_stcore/stream"
            protocols = ["streamlit"]
            async with connect(address, subprotocols=protocols, max_size=None) as socket:  # ty: ignore
                reader = Reader(socket)
                for visit in visits:
                    await reader.choose(*visit)

        asyncio.run(one())

    def _ask(self, what: str) -> dict:
        with urllib.request.urlopen(f"{self._url}/{what}") as answer:
            return json.load(answer)


def main() -> None:
    """Print one table and whether each limit holds."""
    parser = ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--readers", type=int, nargs="+", default=READERS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each line (20)")
    parser.add_argument("--publishes", type=int, default=PUBLISHES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        first = copies.copy(served.builds_folder() / _load_current().id, out)
        copies.serve_in_turn(out, first)
        with serve_dashboard("benchmarks/timed_app.py", SEND_DATA=folder) as url:
            rows, switches = _measure(Bench(url, out, asked.seconds), asked)
    print(f"\nOn {describe_machine()}\n")
    beyond = [line for line in _judge(rows, switches) if line.startswith("does not")]
    print("\n".join(_judge(rows, switches)))
    sys.exit(1 if beyond else 0)


def _load_current() -> Build:
    build = served.find_current_build()
    if build is None:
        sys.exit("there is no build to read: make one with python -m pipeline build")
    return build


def _measure(bench: Bench, asked: Namespace) -> tuple[list[Row], list[Row]]:
    bench.warm()
    heads = "".join(f"{head:>8}" for head in HEADS)
    print(f"{'':24}{heads}")
    rows, switches = [], []
    for published in range(asked.publishes + 1):
        if published:
            switches.append(bench.publish())
            _show(switches[-1], "while it is published")
        for readers in asked.readers:
            rows.append(bench.measure(readers))
            _show(rows[-1], f"{readers} readers, {published} published")
    return rows, switches


def _show(row: Row, what: str) -> None:
    numbers = (row.cpu, row.p50, row.p95, row.worst, row.megabytes, row.builds)
    print(f"{what:24}{row.visits:8}{''.join(f'{one:8.0f}' for one in numbers)}", flush=True)


def _judge(rows: Sequence[Row], switches: Sequence[Row]) -> list[str]:
    """Each limit, whether it holds, and the figure that comes nearest to it."""
    first = {row.readers: row for row in rows if not row.published}
    later = [(row, first[row.readers]) for row in rows if row.published]
    found = [
        ("server CPU for a visit, ms", max(row.cpu for row in rows), MOST_CPU),
        *(
            (f"{OF_READERS} readers, p95, ms", row.p95, MOST_P95)
            for row in rows
            if row.readers == OF_READERS
        ),
        *(("worst wait while publishing, ms", row.worst, MOST_AT_SWITCH) for row in switches),
        ("builds in memory", max(row.builds for row in (*rows, *switches)), MOST_BUILDS),
    ]
    for name in ("cpu", "p95"):
        worst = max((getattr(now, name) / getattr(then, name) for now, then in later), default=1)
        found.append((f"{name} after a publish, times before", worst, MOST_CHANGE))
    # While a build is loaded beside there are two; what that took stays with the process, once.
    sizes = [row.megabytes for row, _ in later]
    grown = max(sizes) / min(sizes) if sizes else 1
    found.append(("memory after each publish, times after the first", grown, MOST_CHANGE))
    return [
        f"{'holds' if figure <= limit else 'does not hold'}: {what} {figure:.4g}, at most {limit:g}"
        for what, figure, limit in found
    ]


if __name__ == "__main__":
    main()

"""Many readers at once: each speaks to the server as a browser does, without drawing anything."""

import asyncio
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PAUSE = 3.0  # seconds between two choices of one reader, about
LONGEST = 60.0  # seconds to wait for an answer before it counts as a fault
COMPLETE = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")


@dataclass(slots=True)
class Waited:
    """What readers waited for: seconds from each choice to its last message, and its bytes."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


class Reader:
    """One reader's connection, with the messages it has kept."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        """Keep the connection; page is an address."""
        self._socket = socket
        self._page = page
        self._kept: set[str] = set()

    async def choose(self, area: str) -> tuple[float, int]:
        """Ask for the page of one area; give the seconds and the bytes it took."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode({"area": area})
        asked.rerun_script.page_name = self._page
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        started = time.monotonic()
        await self._socket.send(asked.SerializeToString())
        size = await asyncio.wait_for(self._finish(), LONGEST)
        return time.monotonic() - started, size

    async def _finish(self) -> int:
        size = 0
        while True:
            data = await self._socket.recv()
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            size += len(data)
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished == COMPLETE:
                return size


async def _read(url: str, areas: list[str], seconds: float, waited: Waited) -> None:
    """One reader: opens the page, then chooses area after area until the time is over."""
    place = urlsplit(url)
    address = f"ws://{place.netloc}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # ty: ignore
        reader = Reader(socket, place.path.strip("/"))
        await reader.choose(areas[0])
        await asyncio.sleep(random.uniform(0, PAUSE))  # noqa: S311 - nothing secret
        last = time.monotonic() + seconds
        for area in areas[1:]:
            if time.monotonic() > last:
                return
            took, size = await reader.choose(area)
            waited.seconds.append(took)
            waited.sizes.append(size)
            await asyncio.sleep(random.uniform(0.5, 1.5) * PAUSE)  # noqa: S311 - nothing secret


def read(url: str, areas: list[str], readers: int, seconds: float) -> Waited:
    """Let some readers choose areas for some seconds.

    Raises:
        ExceptionGroup: a reader's page met a fault, or took more than a minute.
    """
    waited = Waited()

    async def everyone() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(readers):
                start = number % len(areas)
                mine = (areas[start:] + areas[:start]) * 10
                group.create_task(_read(url, mine, seconds, waited))

    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(everyone())
        except BaseExceptionGroup as e:
            failed.append(e)

    thread = threading.Thread(target=run)  # the browser's loop has this one
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return waited

"""A proxy that counts what a server really sends: every byte on the wire, headers and all."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65536


class Wire:
    """How many bytes have come from the server so far."""

    def __init__(self, port: int) -> None:
        """Stand before the server on this port of this machine."""
        self.received = 0
        self.url = ""
        self._port = port
        self._started = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def start(self) -> None:
        """Listen in a thread of its own, for the browser's loop has this one."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """End every connection."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._started.set()
        await self._stop.wait()
        server.close()  # what is still connected ends with the loop

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        up = asyncio.create_task(self._copy(reader, to_server, counted=False))
        with suppress(ConnectionError):
            await self._copy(from_server, writer, counted=True)
        up.cancel()

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            while data := await reader.read(CHUNK):
                self.received += len(data) if counted else 0
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def count_bytes(url: str) -> Generator[Wire]:
    """Count what the server at an address sends for as long as the context lasts."""
    wire = Wire(urlsplit(url).port or 80)
    wire.start()
    try:
        yield wire
    finally:
        wire.stop()

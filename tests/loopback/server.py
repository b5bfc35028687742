"""A server bound to 127.0.0.1 that answers for every official host, and goes wrong when told to.

The first part of a path is the official host: http://127.0.0.1:8000/www.gov.uk/api/content/...
"""

import gzip
import json
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

NOON = 1_790_000_000  # what the server's clock says, whatever this machine's does


@dataclass(frozen=True)
class Answer:
    """What is answered to one question."""

    body: bytes
    kind: str = "application/json; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    chunked: bool = False
    zipped: bool = False  # always sent packed, whatever was asked for


@dataclass(frozen=True)
class Ask:
    """One question: of which host, which path, and for how many times already."""

    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    times: int


@dataclass(frozen=True)
class Fault:
    """How an answer goes wrong."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    keep: float = 1.0  # the part of the body that is sent before the connection is dropped
    unsaid: bool = False  # without a length, so that only the bytes tell that it was dropped
    stall: float = 0  # seconds before the second half
    body: bytes | None = None  # another body under the same address
    kind: str = ""


Faults = Callable[[Ask], Fault | None]
Page = Answer | Callable[[Ask], Answer]


def as_json(value: object, status: int = 200) -> Answer:
    """Answer in JSON, without what is null, as the public API does."""
    return Answer(
        json.dumps(_without_nulls(value)).encode(),
        status=status,
        headers={"api-supported-versions": "1"},
    )


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def problem(status: int, title: str, errors: list[dict[str, str]] | None = None) -> Answer:
    """Answer with an error as the services word it."""
    said = {"type": "https://tools.ietf.org/html/rfc9110", "title": title, "status": status}
    said |= {"traceId": "00-0-0-00"} | ({"errors": errors} if errors else {})
    answer = as_json(said, status)
    return Answer(answer.body, "application/problem+json; charset=utf-8", status)


class Loopback(ThreadingHTTPServer):
    """Pages by host and path, and the faults of the moment."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, pages: Mapping[str, Page], faults: Faults | None = None):
        """Listen on a port that is free, on this machine only."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = dict(pages)
        self.faults: Faults = faults or (lambda _: None)
        self.asked: list[Ask] = []
        self.answered: list[tuple[str, Answer]] = []
        self.times: Counter[str] = Counter()
        self.open: Counter[str] = Counter()
        self.most_open: Counter[str] = Counter()
        self.lock = threading.Lock()

    def handle_error(self, *_):
        """A client that goes away is no error of the server."""

    @property
    def base(self) -> str:
        """The server's own address."""
        return f"http://127.0.0.1:{self.server_port}"

    def hosts(self, names) -> dict[str, str]:
        """Where each official host stands on this server."""
        return {name: f"{self.base}/{name}" for name in names}

    def answer(self, ask: Ask) -> Answer:
        """Give the page that is asked for; paths may be written in small letters."""
        page = self.pages.get(f"{ask.host}{ask.path}") or self.pages.get(
            f"{ask.host}{ask.path.lower()}"
        )
        if page is None:
            return problem(404, "Not Found")
        return page(ask) if callable(page) else page


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Loopback

    def log_message(self, *_):
        """Say nothing."""

    def date_time_string(self, timestamp=None):  # noqa: ARG002 - the name that is called
        return formatdate(NOON, usegmt=True)

    def do_GET(self):
        given = urlsplit(self.path)
        _, host, path = (*unquote(given.path).split("/", 2), "")[:3]
        query = {key: values[-1] for key, values in parse_qs(given.query).items()}
        server = self.server
        with server.lock:
            server.times[self.path] += 1
            ask = Ask(host, f"/{path}", query, dict(self.headers), server.times[self.path])
            server.asked.append(ask)
            server.open[host] += 1
            server.most_open[host] = max(server.most_open[host], server.open[host])
        try:
            fault = server.faults(ask) or Fault()
            if fault.status:
                self.say(fault.status, {**fault.headers, "Content-Length": "0"})
                return
            answer = server.answer(ask)
            with server.lock:
                server.answered.append((f"{host}{ask.path}", answer))
            self.send(ask, answer, fault)
        finally:
            with server.lock:
                server.open[host] -= 1

    def say(self, status: int, headers: Mapping[str, str]):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, ask: Ask, answer: Answer, fault: Fault):
        body = answer.body if fault.body is None else fault.body
        headers = {"Content-Type": fault.kind or answer.kind, **answer.headers}
        said = {"ETag": answer.etag, "Last-Modified": answer.modified}
        headers |= {name: value for name, value in said.items() if value}
        status, body, ranged = self.asked_part(ask, answer, body)
        headers |= ranged
        if status == 304:
            self.say(304, headers)
            return
        if answer.zipped:
            body, headers = gzip.compress(body, 1), headers | {"Content-Encoding": "gzip"}
        self.body(status, headers, body, fault, chunked=answer.chunked)

    def body(self, status: int, headers, body: bytes, fault: Fault, *, chunked: bool):
        cut = body[: int(len(body) * fault.keep)]
        if fault.unsaid:
            self.close_connection = True
            self.say(status, headers | {"Connection": "close"})
            self.pieces(cut, fault.stall)
        elif chunked:
            self.say(status, headers | {"Transfer-Encoding": "chunked"})
            self.pieces(b"%x\r\n%b\r\n" % (len(cut), cut) if cut else b"", fault.stall)
            if fault.keep == 1:
                self.wfile.write(b"0\r\n\r\n")
        else:
            self.say(status, headers | {"Content-Length": str(len(body))})
            self.pieces(cut, fault.stall)
        if fault.keep < 1:
            self.close_connection = True

    def pieces(self, body: bytes, stall: float):
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        if stall:
            time.sleep(stall)
        self.wfile.write(body[half:])

    def asked_part(self, ask: Ask, answer: Answer, body: bytes):
        """Answer 304 to what is known already and 206 to the rest of the same file."""
        if answer.etag and ask.headers.get("If-None-Match") == answer.etag:
            return 304, b"", {}
        if answer.modified and ask.headers.get("If-Modified-Since") == answer.modified:
            return 304, b"", {}
        span = ask.headers.get("Range", "")
        same = ask.headers.get("If-Range") in {answer.etag, answer.modified} - {""}
        if not (span and same) or answer.chunked or answer.zipped:
            return answer.status, body, {}
        start = int(span.removeprefix("bytes=").rstrip("-"))
        if start >= len(body):
            return 416, b"", {"Content-Range": f"bytes */{len(body)}"}
        last = len(body) - 1
        return 206, body[start:], {"Content-Range": f"bytes {start}-{last}/{len(body)}"}


@contextmanager
def serving(pages: Mapping[str, Page], faults: Faults | None = None) -> Iterator[Loopback]:
    """Serve pages for as long as the context is open."""
    server = Loopback(pages, faults)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def read(path: Path) -> bytes:
    """Read a file as it was published: plain where the lake holds it packed."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if path.suffix == ".gz" and data[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            [member] = archive.namelist()
            return archive.read(member)
    return data

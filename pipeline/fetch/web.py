"""What is asked of the publishers' services: few requests at once, patiently, from known hosts."""

import errno
import hashlib
import json
import logging
import os
import random
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

import httpx
import stamina

from pipeline.errors import SourceError

PROGRAM = "send-system-health/0.1"
CONTACT = "SEND_CONTACT"  # who runs this: a page or an address, in the environment

CONNECTIONS = 2  # at most, to one host
REDIRECTS = 5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
IN_MEMORY = 20_000_000  # bytes of a page or of an answer of a service
LARGEST = 500_000_000  # bytes of a file, unpacked from what it was sent as
BLOCK = 65_536  # bytes of what is read at once
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}

# A line for each request, and for each that is repeated, is for nobody.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("stamina").setLevel(logging.ERROR)

T = TypeVar("T")
Json: TypeAlias = Any  # what a service says, of which only the shape that is needed is checked
Answer = dict[str, Json]


class RefusedError(SourceError):
    """What a service sent is not what was wanted, or comes from where nothing is taken from."""


class CutShortError(RefusedError):
    """A file ends before its end: to ask again may help."""


class MissingError(SourceError):
    """A service answers that it has no such thing."""


class UnreachableError(SourceError):
    """A service did not answer, or only with errors, for as long as it was asked."""


class BusyError(Exception):
    """An answer that asks to come back later, after some seconds where it says how many."""

    def __init__(self, what: str, seconds: float | None = None) -> None:
        """Keep what was found, and the seconds."""
        super().__init__(what)
        self.seconds = seconds


@dataclass(frozen=True)
class Patience:
    """How long a service is waited for, in seconds."""

    answer: float = 60  # between two pieces of an answer
    file: float = 900  # for a whole file
    first_wait: float = 1  # before the second try; twice as long before each further one
    longest_wait: float = 60
    asked_wait: float = 300  # at most, when a service asks for it
    tries: int = 8


@dataclass(frozen=True)
class Got:
    """A file that was brought: its hash, its size, and what the service says of it."""

    url: str
    sha256: str = ""
    size: int = 0
    validator: str = ""  # tells whether it has changed since
    retrieved: str = ""
    unchanged: bool = False


@dataclass
class Web:
    """The publishers' services. `elsewhere` names a server on this machine to ask instead."""

    hosts: tuple[str, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)
    contact: str = ""

    def __post_init__(self) -> None:
        """Open a client, with the proxies and certificates that the environment names."""
        self.client = httpx.Client(
            http2=False,
            timeout=httpx.Timeout(self.patience.answer, pool=None),
            headers={"User-Agent": build_agent(self.contact)},
        )
        self.down: set[str] = set()
        self.turns = {host: threading.BoundedSemaphore(CONNECTIONS) for host in self.hosts}
        self.answers: dict[str, bytes] = {}
        self.lock = threading.Lock()

    def __enter__(self) -> "Web":
        """Use as a context: connections are closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.client.close()

    def json(self, url: str) -> Answer:
        """Ask for what a service knows. Raises RefusedError when the answer is no JSON object."""
        body = self.body(url, "application/json")
        try:
            answer = json.loads(body)
        except ValueError as e:
            raise RefusedError(f"{url}: found {_start(body)}, wanted JSON") from e
        if not isinstance(answer, dict):
            raise RefusedError(f"{url}: found {_start(body)}, wanted an object of JSON")
        return answer

    def page(self, url: str) -> str:
        """Ask for a page."""
        return self.body(url, "text/html").decode("utf-8", "replace")

    def body(self, url: str, accept: str) -> bytes:
        """Ask for something small, once: the same question is not asked twice in one run."""
        with self.lock:
            known = self.answers.get(url)
        if known is None:
            known = self._retry(url, lambda: self._read_small(url, accept))
            with self.lock:
                self.answers[url] = known
        return known

    def _read_small(self, url: str, accept: str) -> bytes:
        body, begun = bytearray(), time.monotonic()
        with self.answer(url, {"Accept": f"{accept}, */*"}) as answer:
            for piece in answer.iter_bytes():
                body += piece
                _check_bounds(url, len(body), begun, self.patience.file)
                if len(body) > IN_MEMORY:
                    raise RefusedError(f"{url}: found over {IN_MEMORY:,} bytes, wanted an answer")
        return bytes(body)

    def save(self, url: str, to: Path, validator: str, check: Callable[[Path], None]) -> Got:
        """Bring a file, going on where a broken connection left it, and check it.

        Gives `unchanged` where the service says so of the validator of the file that is held.
        Raises RefusedError, MissingError, UnreachableError, and OSError where it cannot be written.
        """

        def once() -> Got:
            got = self._download(url, to, validator)
            if got.unchanged:
                return got
            try:
                check(to)
            except RefusedError:
                discard(to)
                raise
            digest, size = compute_digest_and_size(to)
            return replace(got, sha256=digest, size=size)

        return self._retry(url, once)

    def _download(self, url: str, to: Path, validator: str) -> Got:
        begun = time.monotonic()
        start, headers = _find_resume(to, url)
        headers |= {"Accept": "*/*", "Accept-Encoding": "identity"}
        if not start:
            headers |= _build_conditional(validator)
        with self.answer(url, headers) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                discard(to)
                raise CutShortError(f"{url}: found less than was there before")
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Got(url, validator=validator, retrieved=_format_date(answer), unchanged=True)
            start = _check_start(answer, start)
            _is_file(url, answer)
            _note(to, url, answer)
            with to.open("ab" if start else "wb") as file:
                file.truncate(start)
                for piece in answer.iter_bytes():
                    _check_bounds(url, file.tell() + len(piece), begun, self.patience.file)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            return Got(url, validator=_read_validator(answer), retrieved=_format_date(answer))

    @contextmanager
    def answer(self, url: str, headers: Mapping[str, str]) -> Generator[httpx.Response]:
        """Ask, follow redirects to hosts that are known, and give what is not an error."""
        for _ in range(REDIRECTS + 1):
            with self.one(url, headers) as answer:
                if not answer.has_redirect_location:  # 304 is none
                    _raise(url, answer)
                    yield answer
                    return
                url = str(httpx.URL(url).join(answer.headers["location"]))
        raise RefusedError(f"{url}: found more than {REDIRECTS} redirects")

    @contextmanager
    def one(self, url: str, headers: Mapping[str, str]) -> Generator[httpx.Response]:
        """Ask once, when it is this host's turn."""
        actual = self.actual(url)
        with (
            self.turns[httpx.URL(url).host],
            self.client.stream("GET", actual, headers=dict(headers)) as answer,
        ):
            yield answer

    def actual(self, url: str) -> str:
        """Give the address that is asked. Raises RefusedError for a host or way that is not known.

        Only a server on this machine is spoken to without encryption.
        """
        given = httpx.URL(url)
        if given.host not in self.hosts:
            raise RefusedError(
                f"{url}: found host '{given.host}', wanted one that routes.toml names"
            )
        if given.scheme != "https" or given.port not in {None, 443}:
            raise RefusedError(f"{url}: found no https, wanted it")
        base = self.elsewhere.get(given.host)
        if base is None:
            return url
        if httpx.URL(base).scheme != "https" and httpx.URL(base).host not in LOOPBACK:
            raise RefusedError(f"{base}: found no https, wanted it outside this machine")
        return base.rstrip("/") + given.raw_path.decode()

    def _retry(self, url: str, ask: Callable[[], T]) -> T:
        """Ask again, later and later, while it may help; of a host that is down, only once."""
        patience = self.patience
        host = urlsplit(url).hostname or ""
        try:
            for attempt in stamina.retry_context(
                on=self._decide_retry,
                attempts=1 if host in self.down else patience.tries,
                timeout=None,
                wait_initial=patience.first_wait,
                wait_max=patience.longest_wait,
                wait_jitter=patience.first_wait,
            ):
                with attempt:
                    return ask()
        except (httpx.HTTPError, BusyError) as e:
            self.down.add(host)
            raise UnreachableError(f"{url}: found {_describe_error(e)}, wanted an answer") from e
        except httpx.InvalidURL as e:
            raise RefusedError(f"{url}: found no address that can be asked ({e})") from e
        raise AssertionError  # a retry ends with an answer or an error

    def _decide_retry(self, error: Exception) -> bool | float:
        """Say whether to ask again, or after how many seconds."""
        if isinstance(error, BusyError) and error.seconds is not None:
            if error.seconds > self.patience.asked_wait:
                return False
            return error.seconds + random.uniform(0, self.patience.first_wait)  # noqa: S311
        return isinstance(
            error, (httpx.TransportError, httpx.DecodingError, BusyError, CutShortError)
        )


def build_agent(contact: str) -> str:
    """Say which program asks, and whom to turn to about it."""
    given = os.environ.get(CONTACT, contact)
    return f"{PROGRAM} (+{given})" if given else f"{PROGRAM} (official statistics on SEND)"


def discard(part: Path) -> None:
    """Remove an unfinished file, and what is noted of it."""
    forget(part)
    part.unlink(missing_ok=True)


def compute_digest_and_size(path: Path) -> tuple[str, int]:
    """Give the SHA-256 and the size of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def forget(part: Path) -> None:
    """Remove what is noted of an unfinished file, so that nobody goes on with it."""
    _get_notes_path(part).unlink(missing_ok=True)


def _get_notes_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.from")


def _find_resume(part: Path, url: str) -> tuple[int, dict[str, str]]:
    """Give where to go on, if what is left of an earlier try is of this very file."""
    try:
        noted = json.loads(_get_notes_path(part).read_text(encoding="utf-8"))
        held = part.stat().st_size
    except (OSError, ValueError):
        return 0, {}
    if noted.get("url") != url or not noted.get("if_range") or not held:
        return 0, {}
    return held, {"Range": f"bytes={held}-", "If-Range": noted["if_range"]}


def _note(part: Path, url: str, answer: httpx.Response) -> None:
    """Keep what tells whether the rest is of the same file: not a weak validator, says RFC 9110."""
    etag = answer.headers.get("etag", "")
    safe = "" if etag.startswith("W/") else etag or answer.headers.get("last-modified", "")
    if answer.headers.get("content-encoding", "identity") != "identity":
        safe = ""  # the bytes sent are not those kept
    _get_notes_path(part).write_text(json.dumps({"url": url, "if_range": safe}), encoding="utf-8")


def _check_start(answer: httpx.Response, start: int) -> int:
    """Give where the bytes that come begin: at the beginning, unless the service says otherwise."""
    if answer.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    if not answer.headers.get("content-range", "").startswith(f"bytes {start}-"):
        raise httpx.RemoteProtocolError("another part of the file than was asked for")
    return start


def _build_conditional(validator: str) -> dict[str, str]:
    if not validator:
        return {}
    is_tag = validator.startswith(('"', "W/"))
    return {"If-None-Match" if is_tag else "If-Modified-Since": validator}


def _read_validator(answer: httpx.Response) -> str:
    return answer.headers.get("etag") or answer.headers.get("last-modified", "")


def _check_bounds(url: str, size: int, begun: float, most: float) -> None:
    if size > LARGEST:
        raise RefusedError(f"{url}: found over {LARGEST:,} bytes, wanted less")
    if time.monotonic() - begun > most:
        raise BusyError(f"a file that is not whole after {most:,.0f} seconds")


# What no data file is: a page of a gateway, a message, a picture.
NO_FILE = ("text/html", "application/xhtml+xml", "application/problem+json", "image/", "video/")


def _is_file(url: str, answer: httpx.Response) -> None:
    kind = answer.headers.get("content-type", "")
    declared = answer.headers.get("content-length", "0")
    if kind.startswith(NO_FILE):
        raise RefusedError(f"{url}: content type: found {kind}, wanted a data file")
    if declared.isdecimal() and int(declared) > LARGEST:
        raise RefusedError(f"{url}: size: found {int(declared):,} bytes, wanted under {LARGEST:,}")


def _raise(url: str, answer: httpx.Response) -> None:
    """Raise what an error of a service means."""
    status = answer.status_code
    if status in TRY_AGAIN:
        raise BusyError(f"status {status}", _read_retry_after(answer))
    if status in {401, 403, 404, 410}:
        raise MissingError(f"{url}: found status {status}, wanted the file")
    if status not in {304, 416} and not answer.is_success:
        raise RefusedError(f"{url}: found status {status}, wanted the file")


def _read_retry_after(answer: httpx.Response) -> float | None:
    """Read Retry-After: seconds, or a date, told by the service's clock and not by this one's."""
    said = answer.headers.get("retry-after", "")
    if said.isdecimal():
        return float(said)
    try:
        now = parsedate_to_datetime(answer.headers["date"])
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None


def _format_date(answer: httpx.Response) -> str:
    """Say when: by the service's clock, because this machine's may be wrong."""
    try:
        when = parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        when = datetime.now(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__} ({error})" if isinstance(error, httpx.HTTPError) else str(error)


def _start(body: bytes) -> str:
    return repr(body[:40].decode("utf-8", "replace"))


def is_full(error: OSError) -> bool:
    """Tell whether there is no room left."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}

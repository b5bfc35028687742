"""What all answers of our own addresses share, those of the API and of downloads."""

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from starlette.requests import Request

FOR_A_YEAR = "public, immutable, max-age=31536000"


class Workers:
    """So many threads for each loop of a server: they belong to the one they are first used in."""

    def __init__(self, number: int) -> None:
        """Begin without any."""
        self._number = number
        self._of_loop: RunVar[CapacityLimiter] = RunVar("workers")

    def get_limiter(self) -> CapacityLimiter:
        """What lets in as many as there are threads; only inside a loop."""
        try:
            return self._of_loop.get()
        except LookupError:
            limiter = CapacityLimiter(self._number)
            self._of_loop.set(limiter)
            return limiter


def is_held(request: Request, tag: str) -> bool:
    """Whether the asker says that they hold the very answer with this tag."""
    tags = request.headers.get("if-none-match", "")
    return tag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in tags.split(",")}

"""Where each file is obtained: routes.toml, read and checked on the way in."""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from pipeline import catalogue
from pipeline.errors import CatalogueError

ROUTES = Path(__file__).parents[1] / "routes.toml"

By = Literal[
    "release archive",  # the zip of one release of Explore Education Statistics (EES)
    "data set",  # one CSV of a release, from the data catalogue of EES
    "API data set",  # one CSV, from the public API of EES
    "supporting file",  # one file beside the data sets of a release
    "gov.uk attachment",  # found through the content API of gov.uk
    "link on a page",  # found by the address or the words of a link
    "file",  # at an address that stays the same
    "held",  # in no place online in this form
]
EES = ("release archive", "data set", "API data set", "supporting file")

# What the copy is that the committed build was made from.
HeldAs = Literal["as published", "republished", "converted", "compiled"]


class Route(BaseModel, frozen=True, extra="forbid"):
    """How one file, in each of its releases, comes into the folder of raw files."""

    path: str  # in that folder: {release} and {name}, the publisher's own, are filled in
    by: By
    place: str = ""  # the publication's slug or id, the path on gov.uk, the page, the address
    wanted: str = ""  # a pattern of the file's name or title, of a link's address or words
    document: str = ""  # in a collection of gov.uk: a pattern of the document's title
    releases: tuple[str, ...] = ()  # what the catalogue reads
    latest: bool = False  # bring the newest release too
    version: int = 1  # of an API data set: a higher one says that something was taken away
    member: str = ""  # a pattern of the one file wanted of an archive
    title: str = ""
    publisher: str = "Department for Education"
    held_as: HeldAs = "as published"
    stands_for: tuple[str, ...] = ()  # the copies, as a source names them, that give way to this
    note: str = ""

    @field_validator("wanted", "document", "member")
    @classmethod
    def _is_pattern(cls, text: str) -> str:
        try:
            re.compile(text)
        except re.error as e:
            raise ValueError(f"found no pattern in '{text}' ({e})") from e
        return text

    @model_validator(mode="after")
    def _check_says_where(self) -> "Route":
        if self.by != "held" and not (self.place and (self.releases or self.latest)):
            raise ValueError(f"{self.path}: found no place or no release, wanted both")
        if len(self.releases) + self.latest > 1 and "{release}" not in self.path:
            raise ValueError(f"{self.path}: found several releases, wanted {{release}} in the path")
        return self

    @property
    def publication(self) -> str:
        """The folder of the publication."""
        return self.path.partition("/")[0]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What paths in the folder are like that are this route's, as groups release and name."""
        text = re.escape(self.path).replace(r"\*", "[^/]*")
        for place in ("release", "name"):
            first, *others = text.split(rf"\{{{place}\}}")
            text = first + "".join(
                (f"(?P={place})" if i else f"(?P<{place}>[^/]+?)") + part
                for i, part in enumerate(others)
            )
        return re.compile(text)

    def file(self, release: str, name: str) -> str:
        """Fill in the path in the folder."""
        return self.path.replace("{release}", release).replace("{name}", name)


class Routes(BaseModel, frozen=True, extra="forbid"):
    """Every route, and the only hosts that anything is taken from."""

    contact: str = ""  # a page about this program, for those whose services are asked
    hosts: tuple[str, ...] = Field(min_length=1)
    file: tuple[Route, ...] = Field(min_length=1)


def load(path: Path = ROUTES) -> Routes:
    """Read the routes, and those in the files of sources. Raises CatalogueError for a bad row."""
    own = [
        route for source in catalogue.load_catalogue().sources.values() for route in source.routes
    ]
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return Routes.model_validate(given | {"file": [*given.get("file", ()), *own]})
    except (tomllib.TOMLDecodeError, ValidationError) as e:
        raise CatalogueError(f"{path.name}: {e}") from e

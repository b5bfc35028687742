"""The publishers' services on this machine, and a fetch from them."""

import shutil

import pytest

from pipeline.fetch import Options, Patience, fetch, routes
from pipeline.kept import KEPT
from tests.loopback import serving, sites
from tests.loopback.sites import items

KNOWN = routes.load()

# Quick to give up a wait, slow to give up.
PATIENCE = Patience(answer=5, first_wait=0.01, longest_wait=0.05)

# A few publications, one of each kind of route.
FEW = (
    "alternative-provision",
    "education-health-and-care-plans",
    "local-authority-revenue-outturn",
    "pupil-absence-in-schools-in-england",
    "community-health-services-waiting-lists",
    "statistical-neighbours",
    "autism-waiting-times",
)

# No file of the invented lake stands for this release.
ABSENT = ("not found", "dedicated-schools-grant/2021-22/{name}")


class World:
    """A lake, the services that publish it, and an empty folder to fetch into."""

    def __init__(self, server, lake, raw, kept=KEPT):
        """Keep what a test asks for again and again."""
        self.server, self.lake, self.raw, self.kept = server, lake, raw, kept
        self.items = list(items(lake, KNOWN))

    def fetch(self, *only, **options):
        """Fetch some publications, or all."""
        given = {"hosts": self.server.hosts(KNOWN.hosts), "kept": self.kept, "progress": False}
        return fetch(self.raw, Options(only=only, **{"patience": PATIENCE, **given, **options}))

    def files(self):
        """Every file of the folder with its bytes, but what is hidden and the manifest."""
        return {
            path.relative_to(self.raw).as_posix(): path.read_bytes()
            for path in self.raw.rglob("*")
            if path.is_file() and not path.name.startswith(".") and path.name != "MANIFEST.csv"
        }

    def hidden(self):
        """What is left of unfinished files."""
        return sorted(p.name for p in self.raw.rglob(".*") if p.name != ".fetch.lock")

    def page_of(self, path):
        """The address on the server under which a file of the folder is published."""
        [row] = [row for row in self.fetch(dry_run=True).rows if row.path == path]
        return row.url.removeprefix("https://").partition("?")[0]


@pytest.fixture(scope="session", autouse=True)
def _directly():
    """No proxy of this machine stands between a test and its server."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        yield


@pytest.fixture(scope="session")
def published(lake):
    """Every page of the services, made once."""
    return sites.pages(lake, KNOWN)


@pytest.fixture
def world(published, lake, kept_rows, tmp_path):
    with serving(published) as server:
        yield World(server, lake, tmp_path / "raw", kept_rows)


@pytest.fixture(scope="session")
def arrived(published, lake, kept_rows, tmp_path_factory):
    """What a fetch of everything brings, and its report."""
    with serving(published) as server:
        whole = World(server, lake, tmp_path_factory.mktemp("arrived") / "raw", kept_rows)
        report = whole.fetch()
        yield whole, report


@pytest.fixture
def filled(arrived, world):
    """A folder in which everything has been fetched already, from this test's own server."""
    shutil.copytree(arrived[0].raw, world.raw)
    return world


def whats(report):
    return {row.what for row in report.rows}


def odd(report):
    """What did not come as it should, but for what the invented lake lacks."""
    fine = {"new", "unchanged", "kept"}
    return [row for row in report.rows if row.what not in fine and (row.what, row.path) != ABSENT]


def only_row(report):
    [row] = report.rows
    return row

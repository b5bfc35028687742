"""One fetch: every route in turn, two at a time, and the manifest at the end."""

import difflib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import filelock
from tqdm import tqdm

from pipeline import catalogue, kept
from pipeline.errors import SourceError
from pipeline.fetch import discover, routes, store
from pipeline.fetch.proof import prove
from pipeline.fetch.routes import Route
from pipeline.fetch.store import Entry
from pipeline.fetch.web import (
    CONNECTIONS,
    Got,
    MissingError,
    Patience,
    RefusedError,
    UnreachableError,
    Web,
    discard,
    is_full,
)

LOCK = ".fetch.lock"
LICENCE = "OGL v3.0"

# What an answer of another shape than was expected leads to.
SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)

# What is kept is a file that is in no place online, of which the rows are part of the project.
What = Literal["new", "unchanged", "replaced", "kept", "not found", "refused", "failed"]


@dataclass(frozen=True)
class Options:
    """What to fetch, and how. `hosts` names a server on this machine for each official host."""

    only: tuple[str, ...] = ()  # publications (folders) or sources of the catalogue
    offline: bool = False  # ask nobody: see that the files held are those of the manifest
    dry_run: bool = False  # ask what there is and write nothing
    hosts: Mapping[str, str] = field(default_factory=dict)
    progress: bool = True
    kept: Path = kept.KEPT  # rows of files in no place online in the form the catalogue reads
    patience: Patience = field(default_factory=Patience)
    routes: Path = routes.ROUTES


@dataclass(frozen=True)
class Row:
    """What happened to one file."""

    publication: str
    path: str  # in the folder of raw files
    what: What
    url: str = ""
    release: str = ""
    message: str = ""
    needed: bool = True  # the catalogue reads it: false of a newest release that it does not know


@dataclass(frozen=True)
class Report:
    """What happened to every file, in the order of the routes."""

    rows: tuple[Row, ...]

    @property
    def failed(self) -> bool:
        """Whether something could not be had, or was refused, that the catalogue reads."""
        return any(
            row.what in {"failed", "refused"} or (row.what == "not found" and row.needed)
            for row in self.rows
        )

    @property
    def changed(self) -> bool:
        """Whether any file is another than before."""
        return any(row.what in {"new", "replaced"} for row in self.rows)


Outcome = tuple[Row, Entry | None]  # with what the manifest is to say of the file


def fetch(raw: Path, options: Options | None = None) -> Report:
    """Bring every file that is wanted into a folder, with a manifest, and say what happened.

    A file that fails leaves what was there before. Raises SourceError when another fetch is at
    work in the folder, when `only` names nothing, or when the folder cannot be written.
    """
    options = options or Options()
    known = routes.load(options.routes)
    wanted = choose_routes(known.file, options.only)
    if options.dry_run or (options.offline and not raw.is_dir()):
        return _fetch(raw, options, known, wanted)
    try:
        raw.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(raw / LOCK, timeout=0):
            return _fetch(raw, options, known, wanted)
    except filelock.Timeout as e:
        raise SourceError(
            f"{raw}: found another fetch at work in this folder, wanted to be alone: "
            "try again when it has ended"
        ) from e
    except OSError as e:
        raise SourceError(f"{raw}: the manifest could not be written: found {e}") from e


def _fetch(raw: Path, options: Options, known: routes.Routes, wanted: tuple[Route, ...]) -> Report:
    manifest = store.read_manifest(raw)
    if options.offline:
        return Report(tuple(check_entry(raw, entry) for entry in list_entries(manifest, wanted)))
    here = frozenset(path for _, path in kept.load(folder=options.kept).files)
    with (
        Web(known.hosts, options.hosts, options.patience, known.contact) as web,
        ThreadPoolExecutor(CONNECTIONS) as workers,
        tqdm(total=len(wanted), unit="file", disable=None if options.progress else True) as bar,
    ):
        one = _Fetch(raw, options, web, manifest, here)

        def route_outcomes(route: Route) -> list[Outcome]:
            outcomes = one.route(route)
            bar.update()
            return outcomes

        try:
            outcomes = [o for found in workers.map(route_outcomes, wanted) for o in found]
        except KeyboardInterrupt:
            workers.shutdown(wait=False, cancel_futures=True)  # what is begun ends, no more begins
            raise
    if not options.dry_run:
        _settle(raw, manifest, wanted, outcomes)
    return Report(tuple(row for row, _ in outcomes))


def choose_routes(known: tuple[Route, ...], only: tuple[str, ...]) -> tuple[Route, ...]:
    """Give the routes of some publications or sources. Raises SourceError for an unknown name."""
    if not only:
        return known
    publications = {route.publication for route in known}
    sources = catalogue.load_catalogue().sources if set(only) - publications else {}
    wanted: list[Route] = []
    for name in only:
        if name in publications:
            wanted += [route for route in known if route.publication == name]
        elif name in sources:
            files = [pattern.partition("!")[0] for pattern in sources[name].files]
            wanted += [route for route in known if any(is_given_by(route, file) for file in files)]
        else:
            near = difflib.get_close_matches(name, [*publications, *sources], n=3)
            raise SourceError(
                f"only: found no publication or source '{name}'; the nearest are: {', '.join(near)}"
            )
    return tuple(dict.fromkeys(wanted))


def is_given_by(route: Route, file: str) -> bool:
    """Tell whether a route brings, or may bring, the files that a pattern of a source names."""
    places = [route.file(release, "*") for release in route.releases or ("*",)]
    exact = file in route.stands_for or route.pattern.fullmatch(file) is not None
    return exact or any(fnmatchcase(place, file) or fnmatchcase(file, place) for place in places)


def list_entries(manifest: Mapping[str, Entry], wanted: tuple[Route, ...]) -> list[Entry]:
    """List what the manifest says of the files that some routes bring."""
    return [
        entry
        for path, entry in sorted(manifest.items())
        if any(route.pattern.fullmatch(path) for route in wanted)
    ]


def check_entry(raw: Path, entry: Entry) -> Row:
    """Say whether a file is there as the manifest says."""
    what: What = "unchanged" if store.is_sound(raw, entry) else "not found"
    message = "" if what == "unchanged" else "the file is not there, or differs from the manifest"
    publication = entry.get("publication", "")
    url, release = entry.get("official_url", ""), entry.get("release", "")
    return Row(publication, entry["path"], what, url, release, message)


@dataclass(frozen=True)
class _Fetch:
    """One fetch into one folder."""

    raw: Path
    options: Options
    web: Web
    manifest: Mapping[str, Entry]
    kept: frozenset[str]  # the files whose rows are part of the project

    def route(self, route: Route) -> list[Outcome]:
        """Bring every wanted release of a file."""
        if route.by == "held":
            return self.held(route)
        asked = list(route.releases)
        outcomes = []
        try:
            asked = discover.list_releases(self.web, route)
        except (SourceError, *SHAPES) as e:
            outcomes = [(_build_refused_row(route, "", e, needed=False), None)]
        done: set[str] = set()
        for release in asked:
            outcomes += self.one(route, release, done)
        return outcomes

    def one(self, route: Route, release: str, done: set[str]) -> list[Outcome]:
        """Bring one release of a file, or say why it could not be had; nothing of one that is."""
        needed = release in route.releases
        try:
            found = discover.find(self.web, route, release)
            path = _get_path_inside(route, found)
            if path in done:  # the newest is one of those that the catalogue reads
                return []
            done.add(path)
            if self.options.dry_run:
                return [(self.would(route, found, path, needed=needed), None)]
            return [self.bring(route, found, path, needed=needed)]
        except (SourceError, OSError, *SHAPES) as e:
            return [(_build_refused_row(route, release, e, needed=needed), None)]

    def bring(self, route: Route, found: discover.Found, path: str, *, needed: bool) -> Outcome:
        """Download a file beside its place, check it, and put it there if it is another."""
        target = self.raw / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = store.get_part_path(target)
        entry = self.manifest.get(path)
        sound = store.is_sound(self.raw, entry)
        same_place = sound and entry is not None and entry.get("official_url") == found.url
        validator = entry.get("validator", "") if entry and same_place else ""
        try:
            got = self.web.save(found.url, part, validator, _check(route, path))
            what = _compare_with_manifest(got, entry, store.compute_digest(target))
            if what != "unchanged":
                store.put(part, target)
            discard(part)
        except OSError as e:
            if is_full(e):
                discard(part)  # to give back the room
            raise
        row = Row(route.publication, path, what, found.url, found.release, needed=needed)
        return row, _build_entry(route, found, path, got, entry)

    def would(self, route: Route, found: discover.Found, path: str, *, needed: bool) -> Row:
        """Say what would happen to a file, as far as that can be told without its bytes."""
        entry = self.manifest.get(path)
        what: What = "new"
        if entry and (self.raw / path).is_file():
            same = entry.get("official_url") == found.url
            same = same and entry.get("published", "") in {"", found.published[:10]}
            what = "unchanged" if same else "replaced"
        return Row(route.publication, path, what, found.url, found.release, needed=needed)

    def held(self, route: Route) -> list[Outcome]:
        """Say of files that are in no place online in this form whether they are here."""
        known = {*self.manifest, *self.kept}
        paths = sorted(path for path in known if route.pattern.fullmatch(path))
        if not paths:
            folder = self.options.kept
            message = f"in no place online in this form, and not in {folder}: {route.note}"
            return [(Row(route.publication, route.path, "not found", message=message), None)]
        return [self.hold(route, path) for path in paths]

    def hold(self, route: Route, path: str) -> Outcome:
        """Say of one such file whether it is here; where it is not, its rows may be."""
        entry = self.manifest.get(path)
        if entry and store.is_sound(self.raw, entry):
            return check_entry(self.raw, entry), entry
        if path in self.kept and not (self.raw / path).exists():
            return Row(route.publication, path, "kept", message=route.note), None
        message = f"{path}: found no file with the bytes of the manifest"
        return Row(route.publication, path, "not found", message=message), None


def _check(route: Route, path: str) -> Callable[[Path], None]:
    name = Path(path).name

    def check(part: Path) -> None:
        if route.member:
            store.take_member(part, name, route.member)
        prove(part, name)

    return check


def _compare_with_manifest(got: Got, entry: Entry | None, held: str) -> What:
    """Compare what was brought with what the manifest says, and with what is there."""
    if got.unchanged:
        return "unchanged"
    known = {digest for digest in (entry["sha256"] if entry else "", held) if digest}
    if not known:
        return "new"
    if known != {got.sha256}:
        return "replaced"
    return "unchanged" if entry else "new"  # there, but not listed: an earlier fetch was ended


def _get_path_inside(route: Route, found: discover.Found) -> str:
    """Name a file's place. Raises RefusedError where a publisher's name leads out of the folder."""
    path = route.file(found.release, found.name)
    parts = path.replace("\\", "/").split("/")
    if any(not part or part.startswith(".") for part in parts):
        raise RefusedError(
            f"{route.path}: found the name '{found.name}', wanted one that stays in the folder"
        )
    return path


def _build_refused_row(route: Route, release: str, error: Exception, *, needed: bool) -> Row:
    """Say why a file could not be had."""
    what: What = "refused"
    if isinstance(error, MissingError):
        what = "not found"
    elif isinstance(error, (UnreachableError, OSError)):
        what = "failed"
    message = str(error)
    if isinstance(error, SHAPES):
        message = f"{route.path}: found an answer of another shape ({error!r})"
    if isinstance(error, OSError) and is_full(error):
        message = f"{route.path}: found no room left on the disk, wanted to write the file"
    path = route.file(release or "{release}", "{name}")
    return Row(route.publication, path, what, "", release, message, needed)


def _build_entry(
    route: Route, found: discover.Found, path: str, got: Got, before: Entry | None
) -> Entry:
    """Say of a file what the manifest keeps."""
    if got.unchanged and before:
        return before
    return {
        "path": path,
        "publication": route.publication,
        "release": found.release,
        "publisher": route.publisher,
        "title": route.title or Path(path).name,
        "official_url": found.url,
        "licence": LICENCE,
        "obtained": "publisher file",
        "sha256": got.sha256,
        "bytes": str(got.size),
        "note": f"Member like '{route.member}' of the archive published" if route.member else "",
        "published": found.published[:10],
        "retrieved": got.retrieved or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "validator": got.validator,
    }


def _settle(
    raw: Path,
    manifest: Mapping[str, Entry],
    wanted: tuple[Route, ...],
    outcomes: list[Outcome],
) -> None:
    """Write the manifest, then remove the editions that another of the same release replaced."""
    fresh = {entry["path"]: entry for _, entry in outcomes if entry}
    old = {path: entry for path, entry in manifest.items() if (raw / path).is_file()}
    gone = list_superseded(old, wanted, fresh)
    entries = {**old, **fresh}
    store.write_manifest(raw, (entries[path] for path in entries if path not in gone))
    for path in gone:
        (raw / path).unlink(missing_ok=True)


def list_superseded(
    old: Mapping[str, Entry], wanted: tuple[Route, ...], fresh: Mapping[str, Entry]
) -> set[str]:
    """List the editions of a release whose publisher has since given it under another name."""
    gone = set()
    for route in (route for route in wanted if "{name}" in route.path):
        for path, entry in fresh.items():
            if route.pattern.fullmatch(path):
                gone |= {
                    other
                    for other, before in old.items()
                    if other not in fresh
                    and route.pattern.fullmatch(other)
                    and before.get("release") == entry.get("release")
                    and before.get("obtained") == "publisher file"
                }
    return gone

"""From a route to addresses: which releases there are, and where their files are today.

Nothing is remembered from one run to the next: an identifier of a file belongs to one release, and
an old one goes on serving the old year without a word.
"""

import calendar
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from pipeline.fetch.routes import EES, Route
from pipeline.fetch.web import Answer, Json, MissingError, RefusedError, Web

API = "https://api.education.gov.uk/statistics/v1"
CONTENT = "https://content.explore-education-statistics.service.gov.uk/api"
CATALOGUE = "https://explore-education-statistics.service.gov.uk/data-catalogue/data-set"
GOV_UK = "https://www.gov.uk/api/content"

PAGES = 50  # of a list that a service gives in pages, at most


@dataclass(frozen=True)
class Found:
    """One file of one release: its address, the publisher's own name for it, when published."""

    release: str
    url: str
    name: str
    published: str = ""


def list_releases(web: Web, route: Route) -> list[str]:
    """List the releases to bring: those that the catalogue reads, and the newest if it is wanted.

    Where only a list of files tells what is newest, it stands as an empty name.
    """
    wanted = list(route.releases)
    if route.latest:
        newest = ""
        if route.by in EES and route.by != "API data set":
            newest = find_newest_release(web, route.place)
        if newest not in wanted:
            wanted.append(newest)
    return wanted


def find(web: Web, route: Route, release: str) -> Found:
    """Find the address of one release of a file. Raises MissingError when there is none like it."""
    ways: dict[str, Callable[[Web, Route, str], Found]] = {
        "release archive": _find_archive,
        "data set": _find_data_set,
        "API data set": _find_api_data_set,
        "supporting file": _find_supporting_file,
        "gov.uk attachment": _find_attachment,
        "link on a page": _find_link,
        "file": _build_file,
    }
    return ways[route.by](web, route, release)


def find_newest_release(web: Web, publication: str) -> str:
    """Name the newest release of a publication of EES."""
    url = f"{CONTENT}/publications/{publication}"
    return str(_look_up(web.json(url), url, "latestRelease", "slug"))


def _find_version(web: Web, route: Route, release: str) -> Answer:
    """Say which version of a release is the published one."""
    url = f"{CONTENT}/publications/{route.place}/releases/{release}/version-summary"
    answer = web.json(url)
    _look_up(answer, url, "id")
    return answer


def _find_archive(web: Web, route: Route, release: str) -> Found:
    version = _find_version(web, route, release)
    url = f"{CONTENT}/releases/{version['id']}/files?fromPage=ReleaseDownloads"
    return Found(release, url, f"{route.place}_{release}.zip", version.get("published", ""))


def _find_content(web: Web, route: Route, release: str) -> Answer:
    return web.json(f"{CONTENT}/publications/{route.place}/releases/{release}/data-content")


def _find_data_set(web: Web, route: Route, release: str) -> Found:
    """Find a data set by its title or its file's name, and see that it is of the release asked."""
    listed = [
        (item["title"], str(item["dataSetFileId"]))
        for item in _find_content(web, route, release)["dataSets"]
    ]
    by_title = [item for item in listed if re.search(route.wanted, item[0], re.IGNORECASE)]
    described = [
        web.json(f"{CONTENT}/data-set-files/{file_id}") for _, file_id in by_title or listed
    ]
    named = [(str(item["file"]["name"]), item) for item in described]
    _, item = _pick_one(route, release, named, any_name=bool(by_title))
    if item["release"]["slug"] != release:
        raise RefusedError(
            f"{route.path}: data set {item['id']}: found release {item['release']['slug']}, "
            f"wanted {release}"
        )
    url = f"{CATALOGUE}/{item['id']}/csv"
    return Found(release, url, item["file"]["name"], item["release"].get("published", ""))


def _find_supporting_file(web: Web, route: Route, release: str) -> Found:
    files = [
        (item["filename"], item) for item in _find_content(web, route, release)["supportingFiles"]
    ]
    name, item = _pick_one(route, release, files)
    version = _find_version(web, route, release)
    url = f"{CONTENT}/releases/{version['id']}/files/{item['fileId']}"
    return Found(release, url, name, version.get("published", ""))


def _find_api_data_set(web: Web, route: Route, release: str) -> Found:
    """Find a data set of the public API by its title; a version that takes away is not taken."""
    listed = iterate_pages(web, f"{API}/publications/{route.place}/data-sets")
    _, item = _pick_one(route, release, [(item["title"], item) for item in listed])
    versions = [
        (_parse_version(version["version"]), version)
        for version in iterate_pages(web, f"{API}/data-sets/{item['id']}/versions")
        if version["status"] == "Published"
    ]
    for number, _ in versions:
        if number[0] > route.version:
            raise RefusedError(_describe_taken_away(web, route, item["id"], number[0]))
    of_release = [v for v in versions if not release or v[1]["release"]["slug"] == release]
    if not of_release:
        held = ", ".join(version["release"]["slug"] for _, version in versions)
        raise MissingError(f"{route.path}: found releases {held}, wanted {release}")
    _, newest = max(of_release, key=lambda version: version[0])
    url = f"{API}/data-sets/{item['id']}/csv?dataSetVersion={newest['version']}"
    slug = newest["release"]["slug"]
    return Found(slug, url, f"{item['id']}.csv", newest.get("published", ""))


def _parse_version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _describe_taken_away(web: Web, route: Route, data_set: str, version: int) -> str:
    """Say what a major version took away from the one before."""
    changes = web.json(f"{API}/data-sets/{data_set}/versions/{version}.0/changes")
    kinds = ", ".join(sorted(changes.get("majorChanges", {}))) or "no list of changes"
    return (
        f"{route.path}: data set {data_set}: found version {version}.0, which takes away or "
        f"renames ({kinds}), wanted version {route.version}: see that the figures still mean "
        "the same, then set 'version' in routes.toml"
    )


def iterate_pages(web: Web, url: str) -> Iterator[Answer]:
    """Go through a list that comes in pages: the number of pages of an empty one is 1."""
    for number in range(1, PAGES + 1):
        answer = web.json(f"{url}?page={number}&pageSize=20")
        results = _look_up(answer, url, "results")
        yield from results
        if not results or number >= _look_up(answer, url, "paging", "totalPages"):
            return


def _find_attachment(web: Web, route: Route, release: str) -> Found:
    """Find an attachment of a page of gov.uk, or of a page in a collection, by name or title."""
    url = f"{GOV_UK}/{route.place.replace('{years}', _format_years(release))}"
    answer = web.json(url)
    if route.document:
        url, release = _find_document(route, answer, release)
        answer = web.json(url)
    attachments = _look_up(answer, url, "details").get("attachments", [])
    named = [
        (f"{item.get('title', '')} | {_parse_file_name(item['url'])}", item)
        for item in attachments
        if "url" in item
    ]
    title, item = _pick_one(route, release, named)
    release = release or _release(re.search(route.wanted, title, re.IGNORECASE))
    absolute = urljoin("https://www.gov.uk/", item["url"])
    return Found(release, absolute, _parse_file_name(absolute), answer.get("public_updated_at", ""))


def _find_document(route: Route, collection: Answer, release: str) -> tuple[str, str]:
    """Find a page of a collection by the release in its title; the newest where none is named."""
    held = [
        (_release(match), document["base_path"])
        for document in collection.get("links", {}).get("documents", [])
        if (match := re.search(route.document, document["title"], re.IGNORECASE))
    ]
    of_release = [item for item in held if not release or item[0] == release]
    if not of_release:
        listed = ", ".join(sorted(name for name, _ in held)) or "none"
        raise MissingError(
            f"{route.path}: found releases {listed}, wanted {release or 'the newest'}"
        )
    name, path = max(of_release)
    return f"{GOV_UK}{path}", name


class _Links(HTMLParser):
    """The links of a page: address and words."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (address := dict(attrs).get("href")):
            self.links.append([address, ""])
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.links[-1][1] += data


def list_links(page: str) -> list[tuple[str, str]]:
    """List the links of a page: the address and the words of each."""
    parser = _Links()
    parser.feed(page)
    return [(address, " ".join(words.split())) for address, words in parser.links]


def _find_link(web: Web, route: Route, release: str) -> Found:
    """Find a link by its address or its words; of several of a release the last, the corrected."""
    url = route.place.replace("{years}", _format_years(release))
    held = []
    for address, words in list_links(web.page(url)):
        match = re.search(route.wanted, unquote(address)) or re.search(route.wanted, words)
        if match:
            held.append((_release(match) or release, urljoin(url, address)))
    of_release = [item for item in held if not release or item[0] == release]
    if not of_release:
        listed = ", ".join(sorted({name for name, _ in held})) or "no link like it"
        raise MissingError(
            f"{url}: found {listed}, wanted '{route.wanted}' of {release or 'any month'}"
        )
    newest = release or max(name for name, _ in of_release)
    *_, absolute = (address for name, address in of_release if name == newest)
    return Found(newest, absolute, _parse_file_name(absolute))


def _build_file(_: Web, route: Route, release: str) -> Found:
    return Found(release, route.place, _parse_file_name(route.place))


def _pick_one(
    route: Route, release: str, named: Iterable[tuple[str, Answer]], *, any_name: bool = False
) -> tuple[str, Answer]:
    """Give the one whose name is like the pattern. Raises MissingError with the nearest names."""
    held = list(named)
    like = [item for item in held if any_name or re.search(route.wanted, item[0], re.IGNORECASE)]
    if len(like) == 1:
        return like[0]
    names = [name for name, _ in like or held]
    near = difflib.get_close_matches(route.wanted, names, n=3, cutoff=0) if names else ["nothing"]
    count = "several" if like else "none"
    raise MissingError(
        f"{route.path}: release {release or 'newest'}: found {count} like '{route.wanted}', "
        f"wanted one; the nearest are: {'; '.join(near)}"
    )


def _release(match: re.Match[str] | None) -> str:
    """Name a release by what a pattern's groups hold: 2024 to 2025 is 2024-25."""
    groups = match.groupdict() if match else {}
    if "month" in groups:
        return f"{groups['year']}-{_format_month(groups['month'])}"
    return re.sub(r"(\d{4})(?: to |-to-|/|-)\d{0,2}?(\d{2})\b", r"\1-\2", groups.get("release", ""))


MONTHS: list[str] = [name.lower() for name in calendar.month_name]


def _format_month(text: str) -> str:
    """Write a month as two digits."""
    return text if text.isdecimal() else f"{MONTHS.index(text.lower()):02}"


def _format_years(release: str) -> str:
    """Write 2024-25 as it stands in addresses: 2024-to-2025."""
    return f"{release[:4]}-to-{release[:2]}{release[-2:]}"


def _parse_file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _look_up(answer: Json, url: str, *keys: str) -> Json:
    """Look into an answer. Raises RefusedError when it is not shaped as it was."""
    for key in keys:
        if not isinstance(answer, dict) or key not in answer:
            raise RefusedError(f"{url}: found no '{key}' in the answer, wanted {'.'.join(keys)}")
        answer = answer[key]
    return answer

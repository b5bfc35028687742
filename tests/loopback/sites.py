"""What each official host answers, made from a lake: every file at the address of its route."""

import io
import re
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from fnmatch import fnmatchcase
from hashlib import md5
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pipeline.fetch.routes import EES, Route, Routes
from tests.loopback import official
from tests.loopback.server import Answer, Ask, Page, as_json, problem, read

CONTENT = "content.explore-education-statistics.service.gov.uk/api"
CATALOGUE = "explore-education-statistics.service.gov.uk/data-catalogue/data-set"
API = "api.education.gov.uk/statistics/v1"
PUBLISHED = "2026-06-11T08:30:00+00:00"
MODIFIED = formatdate(1_781_166_600, usegmt=True)
KINDS = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

# Titles that a route looks for by words of its pattern.
TITLES = {
    "participation-in-education-training-and-neet-age-16-to-17-by-local-authority": "NEET by "
    "characteristics",
    "pupil-attendance-in-schools": "Pupil attendance between 05 January and 02 April 2026 by SEN - "
    "Spring term",
    "suspensions-and-permanent-exclusions-in-england": "Suspensions and permanent exclusions by "
    "pupil characteristic - Spring term 2024/25",
    "pupil-absence-in-schools-in-england": "Absence by pupil characteristics",
    "la-and-school-expenditure": "S251 Outturn - Schools and other education (National, Regional, "
    "LA levels)",
}


@dataclass(frozen=True)
class Item:
    """One file of one release, at the address of its route."""

    route: Route
    release: str
    name: str  # as published
    body: bytes
    path: str  # in the lake: of the copy that it is made from


def pages(lake: Path, known: Routes) -> dict[str, Page]:
    """Make every page of every host from the files of a lake."""
    made: dict[str, Page] = {}
    held = list(items(lake, known))
    ees = defaultdict(list)
    for item in held:
        if item.route.by in EES:
            ees[item.route.place].append(item)
    for place, of_place in ees.items():
        if of_place[0].route.by == "API data set":
            made |= api(place, of_place)
        else:
            made |= publication(place, of_place)
    made |= gov_uk([i for i in held if i.route.by == "gov.uk attachment"])
    made |= linked([i for i in held if i.route.by == "link on a page"])
    for item in (i for i in held if i.route.by == "file"):
        place = urlsplit(item.route.place)
        made[f"{place.netloc}{unquote(place.path)}"] = file(item.body, item.name)
    made[f"{API}/publications"] = publications
    return made


def items(lake: Path, known: Routes) -> Iterable[Item]:
    """List what is published: the files of the lake, and those that its copies stand for."""
    held = [p.relative_to(lake).as_posix() for p in lake.rglob("*") if p.is_file()]
    for route in (route for route in known.file if route.by != "held"):
        for release in route.releases:
            for path in of_release(route, release, held):
                body = read(lake / path)
                yield Item(route, release, published_name(route, path), body, path)
        # A release archive is published as far as the lake has one: its copies are a part of it.
        if route.latest and route.stands_for and route.by != "release archive":
            copies = sorted(p for p in held for copy in route.stands_for if fnmatchcase(p, copy))
            if copies:
                release = copies[-1].split("/")[1].removesuffix("-compiled")
                body = official.published(copies[-1], (lake / copies[-1]).read_bytes())
                name = published_name(route, copies[-1])
                yield Item(route, release, name, body, copies[-1])


def of_release(route: Route, release: str, held: list[str]) -> list[str]:
    """Name the file of the lake for one release: the same path, or the only one of its kind."""
    like = [p for p in held if (m := route.pattern.fullmatch(p)) and of(m, release) == release]
    if "{name}" in route.path:  # of several files of a folder, the one whose name is looked for
        like = [p for p in like if re.search(route.wanted, Path(p).name)] or like
    if not like:
        place = Path(route.file(release, "*"))
        like = [
            p for p in held if Path(p).parent == place.parent and Path(p).suffix == place.suffix
        ]
    return like[:1]


def of(match, release: str) -> str:
    return match.groupdict().get("release", release)


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def published_name(route: Route, path: str) -> str:
    """Name a file as its publisher does: not packed, and at its own address if that stays."""
    name = unquote(urlsplit(route.place).path) if route.by == "file" else path
    return Path(name).name.removesuffix(".gz")


def identifier(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def file(body: bytes, name: str, **more) -> Answer:
    """A file that stays the same, with a strong tag."""
    kind = KINDS.get(Path(name).suffix, "application/octet-stream")
    return Answer(body, kind, etag=f'"{md5(body).hexdigest()}"', **more)  # noqa: S324


def publications(ask: Ask) -> Answer:
    """Search the public API: what is not expected in the query is an error."""
    for key in ask.query:
        if key not in {"search", "page", "pageSize"}:
            message = "The field was not expected in the request and should be removed."
            error = {"message": message, "path": key, "code": "UnknownField"}
            return problem(400, "One or more validation errors occurred.", [error])
    return listed([], ask)


def listed(rows: list, ask: Ask, most: int = 20) -> Answer:
    """One page of a list: of an empty one there is one page too, as integer division has it."""
    number, size = int(ask.query.get("page", 1)), int(ask.query.get("pageSize", 10))
    if size > most or number < 1:
        error = {"message": "Out of range.", "path": "pageSize", "code": "InvalidValue"}
        return problem(400, "One or more validation errors occurred.", [error])
    pages_ = int((len(rows) - 1) / size) + 1  # rounded towards zero, as C# does
    paging = {"page": number, "pageSize": size, "totalResults": len(rows), "totalPages": pages_}
    return as_json({"paging": paging, "results": rows[(number - 1) * size : number * size]})


def api(place: str, of_place: list[Item]) -> dict[str, Page]:
    """The public API: a publication's data sets, their versions, and each as CSV."""
    made: dict[str, Page] = {}
    sets = []
    for item in of_place:
        data_set = identifier("api", item.route.path)
        versions = [
            version("1.1", "Minor", item.release),
            version("1.0", "Major", "2000-01"),
        ]
        title = TITLES[item.route.publication]
        sets.append(data_set_of(data_set, title, versions[0]))
        made[f"{API}/data-sets/{data_set}"] = as_json(sets[-1])
        made[f"{API}/data-sets/{data_set}/versions"] = lambda ask, rows=versions: listed(rows, ask)
        for one in versions:
            made[f"{API}/data-sets/{data_set}/versions/{one['version']}"] = as_json(one)
        made[f"{API}/data-sets/{data_set}/csv"] = csv_of(data_set, item.body, versions)
    others = [
        data_set_of(identifier("other", str(n)), f"Another data set, {n}", version("1.0"))
        for n in range(25)
    ]
    rows = [*others, *sets]  # so that what is wanted stands on the second page
    made[f"{API}/publications/{place}"] = as_json(
        {
            "id": place,
            "title": "A publication",
            "slug": of_place[0].route.publication,
            "summary": "",
            "lastPublished": PUBLISHED,
        }
    )
    made[f"{API}/publications/{place}/data-sets"] = lambda ask: listed(rows, ask)
    return made


def csv_of(data_set: str, body: bytes, versions: list[dict]) -> Page:
    """The CSV of a version: always packed; a version is named, or stands for several."""

    def answer(ask: Ask) -> Answer:
        found = resolve(versions, ask.query.get("dataSetVersion", "*"))
        if found is None:
            return problem(404, "Not Found")
        name = f"{data_set}_v{found['version']}.csv"
        held = body if found == versions[0] else b"time_period\n199900\n"
        headers = {"Content-Disposition": f"attachment; filename={name}", "X-Robots-Tag": "noindex"}
        return Answer(held, "text/csv", headers=headers, zipped=True)

    return answer


def resolve(versions: list[dict], asked: str) -> dict | None:
    """Find a version: 1 is 1.0, 2.* the newest of 2; a star skips what is withdrawn."""
    asked = asked.removeprefix("v")
    if "*" in asked:
        start = asked.partition("*")[0]
        live = [v for v in versions if v["status"] == "Published"]
        return next((v for v in live if f"{v['version']}.".startswith(start)), None)
    wanted = asked if "." in asked else f"{asked}.0"
    return next((v for v in versions if v["version"] == wanted), None)


def version(number: str, kind: str = "Major", release: str = "2024-25") -> dict:
    return {
        "version": number,
        "type": kind,
        "status": "Published",
        "published": PUBLISHED,
        "notes": "",
        "totalResults": 1,
        "file": {"id": identifier("file", number, release)},
        "timePeriods": {"start": "2018/19", "end": "2024/25"},
        "geographicLevels": ["Local authority"],
        "filters": ["SEN provision"],
        "indicators": ["Rate"],
        "release": {"title": f"Academic year {release}", "slug": release},
    }


def data_set_of(data_set: str, title: str, newest: dict) -> dict:
    kept = ("version", "published", "totalResults", "file", "timePeriods", "geographicLevels")
    latest = {key: newest[key] for key in (*kept, "filters", "indicators")}
    common = {"id": data_set, "title": title, "summary": "", "status": "Published"}
    return {**common, "latestVersion": latest}


def publication(slug: str, of_slug: list[Item]) -> dict[str, Page]:
    """The content API and the data catalogue: a publication, its releases and their files."""
    made: dict[str, Page] = {}
    by_release = defaultdict(list)
    for item in of_slug:
        by_release[item.release].append(item)
    newest = max(by_release)
    publication_id = identifier(slug)
    latest = {"id": identifier(slug, newest), "slug": newest, "title": f"Release {newest}"}
    made[f"{CONTENT}/publications/{slug}"] = as_json(
        {
            "id": publication_id,
            "slug": slug,
            "title": slug,
            "summary": "",
            "latestRelease": latest,
            "theme": {"id": identifier("theme"), "title": "Pupils", "summary": ""},
        }
    )
    for release, of_release_ in by_release.items():
        made |= release_pages(slug, release, of_release_, is_newest=release == newest)
    return made


def release_pages(slug: str, release: str, held: list[Item], *, is_newest: bool) -> dict[str, Page]:
    version_id = identifier(slug, release, "version")
    about = {
        "id": version_id,
        "releaseId": identifier(slug, release),
        "title": f"Release {release}",
        "slug": release,
        "published": PUBLISHED,
        "isLatestRelease": is_newest,
        "publication": {"id": identifier(slug), "slug": slug, "title": slug},
    }
    start = f"{CONTENT}/publications/{slug}/releases/{release}"
    made: dict[str, Page] = {f"{start}/version-summary": as_json(about)}
    sets, supporting = [], []
    for item in held:
        if item.route.by == "release archive":
            made[f"{CONTENT}/releases/{version_id}/files"] = Answer(
                item.body, "application/octet-stream", modified=MODIFIED, chunked=True
            )
        elif item.route.by == "supporting file":
            file_id = identifier(slug, release, item.name)
            supporting.append({"fileId": file_id, "filename": item.name, "title": item.name})
            made[f"{CONTENT}/releases/{version_id}/files/{file_id}"] = Answer(
                item.body, "text/csv", etag=f'W/"{file_id}"', modified=MODIFIED
            )
        else:
            sets.append(data_set(made, slug, item, is_newest=is_newest))
    made[f"{start}/data-content"] = as_json(
        {
            "releaseId": identifier(slug, release),
            "releaseVersionId": version_id,
            "dataGuidance": "",
            "dataSets": sets,
            "featuredTables": [],
            "supportingFiles": supporting,
        }
    )
    return made


def data_set(made: dict[str, Page], slug: str, item: Item, *, is_newest: bool) -> dict:
    """One file of the data catalogue; the one of the year before goes on being served."""
    file_id = identifier(slug, item.release, item.name)
    title = TITLES.get(slug, f"Data of {item.name}")
    old_id = identifier(slug, "an older release", item.name)
    for one, release, body in (
        (file_id, item.release, item.body),
        (old_id, "1999-00", b"time_period\n199900\n"),
    ):
        made[f"{CONTENT}/data-set-files/{one}"] = as_json(
            {
                "id": one,
                "title": title,
                "file": {"id": identifier(one), "name": item.name, "size": "1 Mb"},
                "release": {
                    "id": identifier(slug, release, "version"),
                    "slug": release,
                    "isLatestPublishedRelease": is_newest and one == file_id,
                    "published": PUBLISHED,
                    "publication": {"id": identifier(slug), "slug": slug},
                },
            }
        )
        headers = {"Content-Disposition": f'attachment; filename="{item.name}"'}
        made[f"{CATALOGUE}/{one}/csv"] = Answer(body, "text/csv", headers=headers)
    return {
        "dataSetFileId": file_id,
        "fileId": identifier(file_id),
        "title": title,
        "summary": "",
        "publicApiDataSetId": None,
        "isApiEnabled": False,
    }


def gov_uk(held: list[Item]) -> dict[str, Page]:
    """The content API of gov.uk, a collection of pages, and the attachments elsewhere."""
    made: dict[str, Page] = {}
    for item in held:
        name = item.name
        if "(?P<day>" in item.route.wanted:
            year, month = item.release.split("-")
            title = f"Management information: inspections as at 31 {MONTHS[int(month) - 1]} {year}"
        else:
            title = f"Data: {name}"
        if item.route.by == "gov.uk attachment" and "RSX" in name:
            name = f"RSX_LA_Data_{item.release}_data_by_LA.ods"
        media = f"assets.publishing.service.gov.uk/media/{md5(item.body).hexdigest()[:24]}/{name}"  # noqa: S324
        made[media] = file(item.body, name)
        page = {
            "base_path": f"/{item.route.place}",
            "public_updated_at": PUBLISHED,
            "details": {
                "attachments": [
                    {
                        "title": "Notes",
                        "url": "/media/notes.pdf",
                        "content_type": "application/pdf",
                    },
                    {"title": title, "url": f"https://{quote(media)}"},
                ]
            },
        }
        place = f"www.gov.uk/api/content/{item.route.place}"
        if item.route.document:
            years = f"{item.release[:4]} to {item.release[:2]}{item.release[-2:]}"
            path = f"/government/statistics/data-{item.release}"
            document = {
                "title": "Local authority revenue expenditure and financing England: "
                f"{years} individual local authority data - outturn",
                "base_path": path,
            }
            made[place] = as_json({"links": {"documents": [document]}, "details": {}})
            place = f"www.gov.uk/api/content{path}"
        made[place] = as_json(page)
    return made


def linked(held: list[Item]) -> dict[str, Page]:
    """Pages whose links lead to files."""
    made: dict[str, Page] = {}
    links = defaultdict(list)
    for item in held:
        years = f"{item.release[:4]}-to-{item.release[:2]}{item.release[-2:]}"
        page = urlsplit(item.route.place.replace("{years}", years))
        address, words, body = link(item, page.netloc)
        place = urlsplit(address)
        made[f"{place.netloc or page.netloc}{unquote(place.path)}"] = file(body, address)
        links[f"{page.netloc}{page.path}"].append(f'<li><a href="{address}">{words}</a></li>')
    for place, rows in links.items():
        text = f"<html><body><a href='/'>Home</a><ul>{''.join(rows)}</ul></body></html>"
        made[place] = Answer(text.encode(), "text/html; charset=utf-8")
    return made


def link(item: Item, host: str) -> tuple[str, str, bytes]:
    """Where a page's link leads, in what words, and to which bytes."""
    if item.route.member:
        parts = {"AutismStats_England.csv": b"a,b\n1,2\n", "AutismStats_SubICB.csv": item.body}
        return "https://files.digital.nhs.uk/1/AutismStats_2022.zip", "Data", packed(parts)
    if host == "www.england.nhs.uk":
        year, month = item.release.split("-")
        name = f"Community-health-services-waiting-lists-of-{year}-{month}.xlsx"
        path = f"/statistics/wp-content/uploads/sites/2/{year}/{month}/{name}"
        return path, f"Waiting lists {MONTHS[int(month) - 1]}", item.body
    words = "Download DSG allocations for all local authorities and regions"
    return f"/files/{item.release}/{quote(item.name)}", words, item.body

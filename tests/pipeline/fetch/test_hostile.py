"""What is not what it should be is refused with a line, in little memory; the old file stays."""

import gzip
import io
import struct
import tracemalloc
import zipfile

import pytest

from pipeline.fetch import proof, web
from pipeline.fetch.discover import list_links
from pipeline.fetch.proof import prove
from pipeline.fetch.web import CutShortError, RefusedError, Web
from tests.lake import files
from tests.loopback import Fault, serving, sites
from tests.pipeline.fetch.conftest import KNOWN, PATIENCE, only_row

MEMORY = 100_000_000  # bytes, of the 512 MB that a fetch may take
HTML = b"<!DOCTYPE html>\n<html><body>The service is busy, please, try again</body></html>\n"
GOOD = b"time_period,a\n202425,1\n"
SHEET = "xl/worksheets/sheet1.xml"


def zipped(parts, **settings):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            item = zipfile.ZipInfo(name)
            item.compress_type = zipfile.ZIP_DEFLATED
            for key, value in settings.items():
                setattr(item, key, value)
            archive.writestr(item, data)
    return buffer.getvalue()


def stored(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def declaring(size):
    """An archive that says that its member is of another size than it is."""
    data = bytearray(zipped({"data/a.csv": GOOD}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(data)


def five_gigabytes():
    """A member of five gigabytes, said in the field for sizes that need one."""
    extra = struct.pack("<HHQ", 1, 8, 5 * 2**30)
    data = bytearray(zipped({"data/a.csv": GOOD}))
    place, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    data[place + 24 : place + 28] = b"\xff" * 4
    data[place + 30 : place + 32] = struct.pack("<H", len(extra))
    name = 46 + len("data/a.csv")
    data[place + name : place + name] = extra
    size = struct.unpack("<I", data[end + len(extra) + 12 : end + len(extra) + 16])[0]
    data[end + len(extra) + 12 : end + len(extra) + 16] = struct.pack("<I", size + len(extra))
    return bytes(data)


def many_members():
    data = bytearray(zipped({"a.csv": GOOD}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 2_000_000_000)
    return bytes(data)


def zip64():
    data = zipped({"a.csv": GOOD})
    end = data.rindex(b"PK\x05\x06")
    return data[:end] + b"PK\x06\x07" + b"\0" * 16 + data[end:]


def workbook(sheet):
    with zipfile.ZipFile(io.BytesIO(files.xlsx({"A": [["a", "b"], ["1", "2"]]}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, SHEET: sheet})


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b"<worksheet>&e;</worksheet>"
)


def locked():
    data = bytearray(zipped({"a.csv": GOOD}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


HOSTILE = {
    "a name that leads up": ("a.zip", lambda: zipped({"../a.csv": GOOD}), "leads out"),
    "a name that leads up, as on Windows": (
        "a.zip", lambda: zipped({"x\\..\\..\\a.csv": GOOD}), "leads out",
    ),
    "an absolute name": ("a.zip", lambda: zipped({"/etc/a.csv": GOOD}), "leads out"),
    "a name with a drive": ("a.zip", lambda: zipped({"C:/a.csv": GOOD}), "leads out"),
    "a link": (
        "a.zip", lambda: zipped({"a.csv": b"/etc/passwd"}, external_attr=0o120777 << 16),
        "found a link, wanted a file",
    ),
    "five gigabytes": ("a.zip", five_gigabytes, "unpack to 5,368,709,120"),
    "a size that is not so": ("a.zip", lambda: declaring(5), "found damage"),
    "a list of members that fills the memory": ("a.zip", many_members, "list of members of 2,000"),
    "the form of archives over 4 GB": ("a.zip", zip64, "zip64"),
    "a table of a million columns": (
        "a.csv", lambda: b",".join(b"%d" % n for n in range(1_000_000)) + b"\n", "columns",
    ),
    "a million short columns": ("a.csv", lambda: b"," * 900_000 + b"\n", "900,001 columns"),
    "the same in an archive": (
        "a.zip", lambda: zipped({"data/a.csv": b"," * 900_000 + b"\n"}), "a.zip!data/a.csv",
    ),
    "a page for a table": ("a.csv", lambda: HTML, "wanted CSV"),
    "a page for an archive": ("a.zip", lambda: HTML, "wanted a zip archive"),
    "a page for a workbook": ("a.xlsx", lambda: HTML, "wanted a zip archive"),
    "a page for Parquet": ("a.parquet", lambda: HTML, "wanted Parquet"),
    "a page for JSON": ("a.json", lambda: HTML, "wanted JSON"),
    "a workbook for a table": ("a.csv", lambda: workbook(b"<a/>"), "wanted text"),
    "an archive for a workbook": ("a.xlsx", lambda: zipped({"a.csv": GOOD}), "xl/workbook.xml"),
    "a workbook with entities": ("a.xlsx", lambda: workbook(ENTITIES), "no document type"),
    "entities in two bytes a letter": (
        "a.xlsx", lambda: workbook(ENTITIES.decode().encode("utf-16")), "no document type",
    ),
    "entities far into a sheet": (
        "a.xlsx", lambda: workbook(b"<a>" + b" " * 65_530 + ENTITIES), "no document type",
    ),
    "a locked member": ("a.zip", locked, "password"),
}  # fmt: skip


def bombs():
    zeros = b"\0" * 50_000_000
    yield "a.zip", zipped({"data/a.csv": zeros}), "unpack to 50,000,000, wanted at most 200 times"
    yield "a.xlsx", workbook(zeros), "unpack to 50,000,000, wanted at most 200 times"
    yield "a.zip", stored({"data/a.csv": zeros}), "found 50,000,000 bytes, wanted at most 40,000"
    yield "a.csv.gz", gzip.compress(zeros, 1), "first line"


def refused(tmp_path, name, data):
    path = tmp_path / ".part"
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError) as caught:
            prove(path, name)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    return str(caught.value)


@pytest.mark.sample(12)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_line(tmp_path, case):
    name, make, words = HOSTILE[case]
    message = refused(tmp_path, name, make())
    assert words in message
    assert message.startswith(name)
    assert "wanted" in message or "damage" in message
    assert len(message) < 400


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(proof, "MEMBER", 40_000_000)
    monkeypatch.setattr("tests.pipeline.fetch.test_hostile.MEMORY", 5_000_000)
    for name, data, words in bombs():
        assert words in refused(tmp_path, name, data)


def test_many_members_that_are_too_much_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(proof, "ARCHIVE", 1000)
    monkeypatch.setattr(proof, "MEMBERS", 50)
    parts = {f"{n}.csv": GOOD for n in range(51)}
    assert "found 51 members" in refused(tmp_path, "a.zip", zipped(parts))
    del parts["50.csv"]
    assert "1,150 bytes unpacked" in refused(tmp_path, "a.zip", zipped(parts))


def test_a_packed_table_that_never_ends_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(proof, "MEMBER", 1_000_000)
    data = gzip.compress(b"a,b\n" * 500_000)
    assert "over 1,000,000 bytes" in refused(tmp_path, "a.csv.gz", data)


@pytest.mark.parametrize("name", ["a.csv", "a.zip", "a.xlsx", "a.parquet", "a.json", "a.csv.gz"])
@pytest.mark.parametrize("keep", [0, 0.355, 0.985])
def test_half_a_file_is_known_as_such(tmp_path, name, keep):
    whole = {
        "a.csv": GOOD * 100,
        "a.zip": zipped({"a.csv": GOOD}),
        "a.xlsx": files.xlsx({"A": [["a"]]}),
        "a.parquet": files.parquet([["a"], ["b"]], "x"),
        "a.json": b'{"a": [1, 2, 3]}',
        "a.csv.gz": gzip.compress(GOOD),
    }[name]
    path = tmp_path / ".part"
    path.write_bytes(whole)
    prove(path, name)
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(CutShortError):
        prove(path, name)


TABLE = "alternative-provision/2022-23/spc_ap_setting.csv"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(body=HTML), "wanted CSV"),
        (Fault(body=HTML, kind="text/html; charset=utf-8"), "content type: found text/html"),
        (Fault(kind="image/png"), "content type: found image/png"),
        (Fault(body=b"," * 3_000_000), "columns"),
        (Fault(body=b'{"status": 500}', kind="application/problem+json"), "content type"),
    ],
)  # fmt: skip
def test_a_service_that_sends_something_else_is_refused_and_the_old_file_stays(
    filled, fault, words
):
    before = (filled.raw / TABLE).read_bytes()
    filled.server.faults = lambda ask: fault if ask.path.endswith("/csv") else None
    report = filled.fetch("ap_la_funded_settings")
    assert only_row(report).what == "refused"
    assert words in only_row(report).message
    assert report.failed
    assert (filled.raw / TABLE).read_bytes() == before
    assert filled.hidden() == []
    assert filled.server.times.most_common(1)[0][1] == 1  # to ask again would not help


def test_more_bytes_than_any_file_has_are_not_taken(world, monkeypatch):
    """Neither when they are said beforehand, nor when they unfold from a few packed ones."""
    monkeypatch.setattr(web, "LARGEST", 1_000_000)
    big = b"a,b\n" * 1_000_000
    place = world.page_of(TABLE)
    for answer, words in (
        (sites.Answer(big, "text/csv"), "found 4,000,000 bytes"),
        (sites.Answer(big, "text/csv", zipped=True), "over 1,000,000 bytes"),
        (sites.Answer(big, "text/csv", chunked=True), "over 1,000,000 bytes"),
    ):
        world.server.pages[place] = answer
        report = world.fetch("ap_la_funded_settings")
        assert only_row(report).what == "refused"
        assert words in only_row(report).message
    monkeypatch.setattr(web, "IN_MEMORY", 50)
    assert "over 50 bytes" in world.fetch("ap_la_funded_settings").rows[-1].message


@pytest.mark.parametrize(
    ("to", "what", "words"),
    [
        ("https://evil.example/a.xlsx", "refused", "host 'evil.example'"),
        ("http://raw.githubusercontent.com/a.xlsx", "refused", "found no https"),
        ("https://raw.githubusercontent.com:8443/a.xlsx", "refused", "found no https"),
        ("file:///etc/passwd", "refused", "host ''"),
        ("/loop.xlsx", "refused", "more than 5 redirects"),
        ("/moved/here.xlsx", "new", ""),
    ],
)
def test_a_redirect_leads_only_to_hosts_that_the_routes_name(world, to, what, words):
    place = world.page_of("statistical-neighbours/2025-05/sn_may_2025.xlsx")
    world.server.pages["raw.githubusercontent.com/moved/here.xlsx"] = world.server.pages[place]
    moved = sites.Answer(b"", status=302, headers={"Location": to})
    world.server.pages[place] = moved
    world.server.pages["raw.githubusercontent.com/loop.xlsx"] = moved
    row = only_row(world.fetch("neighbours_2025"))
    assert row.what == what
    assert words in row.message


def test_nothing_is_asked_without_encryption_but_of_this_machine():
    with (
        Web(KNOWN.hosts, {"www.gov.uk": "http://192.0.2.1"}, PATIENCE) as asked,
        pytest.raises(RefusedError, match="wanted it outside this machine"),
    ):
        asked.json("https://www.gov.uk/api/content/a")


@pytest.mark.parametrize("name", ["../../a.csv", "/etc/1_eyfsp_headline_measures_2022.csv", ".a"])
def test_a_publishers_name_for_a_file_cannot_lead_out_of_the_folder(world, monkeypatch, name):
    from pipeline.fetch import discover  # noqa: PLC0415

    found = discover.Found("2021-22", "https://www.gov.uk/a.csv", name)
    monkeypatch.setattr(discover, "find", lambda *_: found)
    row = only_row(world.fetch("early-years-foundation-stage-profile"))
    assert row.what == "refused"
    assert "stays in the folder" in row.message
    assert world.files() == {}


def test_an_old_identifier_that_still_serves_the_old_year_is_noticed(world):
    """The service answers 200 to it; what it says of the release gives it away."""
    content = "content.explore-education-statistics.service.gov.uk/api"
    slug = "school-pupils-and-their-characteristics"
    listing = f"{content}/publications/{slug}/releases/2022-23/data-content"
    old = sites.identifier(slug, "an older release", "spc_ap_setting.csv")
    now = sites.identifier(slug, "2022-23", "spc_ap_setting.csv")
    page = world.server.pages[listing]
    world.server.pages[listing] = sites.Answer(page.body.replace(now.encode(), old.encode()))
    row = only_row(world.fetch("ap_la_funded_settings"))
    assert row.what == "refused"
    assert "found release 1999-00, wanted 2022-23" in row.message


def test_an_identifier_that_is_no_more_is_told(world):
    world.server.pages.pop(world.page_of(TABLE))
    row = only_row(world.fetch("ap_la_funded_settings"))
    assert (row.what, row.needed) == ("not found", True)
    assert "status 404" in row.message


def test_a_version_that_takes_something_away_is_not_taken(world):
    [place] = [p for p in world.server.pages if p.endswith("/versions")]
    listed = [sites.version("2.0"), sites.version("1.1")]
    world.server.pages[place] = lambda ask: sites.listed(listed, ask)
    world.server.pages[f"{place}/2.0/changes"] = sites.as_json(
        {"versionNumber": "2.0", "majorChanges": {"locationOptions": []}, "minorChanges": {}}
    )
    rows = {row.what: row for row in world.fetch("pupil-absence-in-schools-in-england").rows}
    assert (
        "found version 2.0, which takes away or renames (locationOptions)"
        in rows["refused"].message
    )


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", HTML, b'{"latestRelease": 3}', b'{"latestRelease": {}}']
)
def test_an_answer_of_another_shape_is_told_and_the_others_arrive(world, body):
    slug = "content.explore-education-statistics.service.gov.uk/api/publications"
    world.server.pages[f"{slug}/education-health-and-care-plans"] = sites.Answer(body)
    report = world.fetch("education-health-and-care-plans")
    [row] = [row for row in report.rows if row.what == "refused"]
    assert row.message
    assert [r.release for r in report.rows if r.what == "new"][:2] == ["2022", "2025"]


def test_links_are_read_from_a_page_that_is_not_sound():
    page = "<a href='/a.xlsx'>A <b>workbook</b><a href=/b.xlsx>B</a><a>none</a><p>text"
    assert list_links(page) == [("/a.xlsx", "A workbook"), ("/b.xlsx", "B")]


def test_a_list_in_pages_that_never_ends_is_left():
    """A service whose pages have no last one is asked for fifty."""
    from pipeline.fetch.discover import iterate_pages  # noqa: PLC0415

    endless = {"paging": {"totalPages": 10**9}, "results": [{}]}
    with serving({"www.gov.uk/list": sites.as_json(endless)}) as server:
        with Web(KNOWN.hosts, server.hosts(KNOWN.hosts), PATIENCE) as asked:
            assert len(list(iterate_pages(asked, "https://www.gov.uk/list"))) == 50
        server.pages["www.gov.uk/list"] = lambda ask: sites.listed([], ask)
        with Web(KNOWN.hosts, server.hosts(KNOWN.hosts), PATIENCE) as asked:
            assert list(iterate_pages(asked, "https://www.gov.uk/list")) == []

"""Writing the invented lake: each source's file in its own layout, archives and manifest too."""

import csv
import hashlib
import io
import zipfile
from collections import defaultdict
from pathlib import Path

from pipeline import catalogue
from pipeline.catalogue import Source
from tests.lake import layouts
from tests.lake.layouts import Rows

PROVENANCE = {
    "publisher": "Invented publisher",
    "publication": "invented",
    "release": "2025",
    "official_url": "https://example.invalid/",
    "licence": "OGL v3.0",
    "obtained": "invented",
    "note": "",
}


def write_lake(root: Path) -> Path:
    """Write every source's invented file under a folder, with its manifest, and give the folder."""
    members: dict[str, dict[str, bytes]] = defaultdict(dict)
    for source in catalogue.load().sources.values():
        for pattern in source.files:
            name, _, member = pattern.replace("*", "1").partition("!")
            members[name][member] = content(source, name, member)
    for name, parts in members.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(parts[""] if "" in parts else packed(parts))
    write_manifest(root)
    return root


def content(source: Source, name: str, member: str) -> bytes:
    """Make one source's file, as its reader will open it."""
    rows = layouts.rows(source)
    suffix = Path(member or name).suffix
    if source.reader == "parquet":
        return layouts.parquet(rows)
    if source.reader == "workbook":
        return layouts.workbook(source, rows)
    packed_alone = suffix == ".gz"
    text = as_csv(rows)
    return packed({"inside.csv": text}) if packed_alone else text


def as_csv(rows: Rows) -> bytes:
    """Write rows as published text: UTF-8 with a byte order mark, lines ended as on Windows."""
    text = io.StringIO()
    width = max(len(row) for row in rows)
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def packed(parts: dict[str, bytes]) -> bytes:
    """Put members into one zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member, data in sorted(parts.items()):
            archive.writestr(member, data)
    return buffer.getvalue()


def write_manifest(root: Path) -> None:
    """List every file with its hash, as the real lake does."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    with (root / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["path", "title", "sha256", *PROVENANCE])
        out.writeheader()
        for path in files:
            name = path.relative_to(root).as_posix()
            if name != "MANIFEST.csv":
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                out.writerow({"path": name, "title": name, "sha256": digest, **PROVENANCE})

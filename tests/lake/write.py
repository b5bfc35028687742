"""Writing the invented lake: each source's file in its own layout, archives and manifest too."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import catalogue
from pipeline.catalogue import Source
from tests.lake import any_source, files, finance, geography, nhs, plans, provision, schools
from tests.lake.rows import Rows, maker_of

MODULES = (finance, geography, nhs, plans, provision, schools)  # each registers its row-makers

PROVENANCE = {
    "publisher": "Invented publisher",
    "release": "2025",
    "official_url": "https://example.invalid/",
    "licence": "OGL v3.0",
    "obtained": "invented",
    "note": "",
}

# The invented files behind a pattern of years; in other patterns a star becomes a one.
YEARS = {
    "dedicated-schools-grant/20??-??/dedicated-schools-grant_*.ods": ("2022-23", "2023-24"),
    "participation-and-neet/*/UD_NEETNK_LA_dashboard*.csv": ("2023", "2025"),
}


@dataclass(frozen=True, order=True)
class Table:
    """One published table: the file, the member of an archive, the sheet of a workbook."""

    path: str
    member: str = ""
    sheet: str = ""

    @property
    def name(self) -> str:
        """The file's name as the pipeline says it."""
        return f"{self.path}!{self.member}" if self.member else self.path


def write_lake(root: Path) -> Path:
    """Write every source's invented file under a folder, with its manifest, and give the folder."""
    return write_tables(root, {table: rows_of(table, s) for table, s in all_tables().items()})


def write_tables(root: Path, tables: Mapping[Table, Rows]) -> Path:
    """Write the files that some tables stand in, with a manifest."""
    members: dict[str, dict[str, bytes]] = defaultdict(dict)
    by_file: dict[tuple[str, str], dict[Table, Rows]] = defaultdict(dict)
    for table, rows in tables.items():
        by_file[table.path, table.member][table] = rows
    for (path, member), held in by_file.items():
        members[path][member] = content(held)
    write_files(
        root, {path: parts.get("") or files.packed(parts) for path, parts in members.items()}
    )
    return root


def write_files(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write files and the list of them, as the real lake has one."""
    rows = []
    for name, data in sorted(contents.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        given = {"path": name, "title": name, "sha256": digest, "publication": name.split("/")[0]}
        rows.append(given | PROVENANCE)
    with (root / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["path", "title", "sha256", "publication", *PROVENANCE])
        out.writeheader()
        out.writerows(rows)


def all_tables() -> dict[Table, list[Source]]:
    """List every published table with the sources that read it."""
    found: dict[Table, list[Source]] = defaultdict(list)
    for source in catalogue.load_catalogue().sources.values():
        for pattern in source.files:
            for name in file_names(pattern):
                path, _, member = name.partition("!")
                for sheet in source.sheets or (source.sheet or "",):
                    found[Table(path, member, sheet)].append(source)
    return found


def file_names(pattern: str) -> list[str]:
    """Name the invented files behind a pattern."""
    if pattern not in YEARS:
        return [pattern.replace("*", "1")]
    folder = next(part for part in pattern.split("/") if "?" in part or part == "*")
    years = [pattern.replace(f"/{folder}/", f"/{year}/") for year in YEARS[pattern]]
    return [name.replace("*", "_1") for name in years]


def rows_of(table: Table, sources: Iterable[Source]) -> Rows:
    """Make a table's rows: what each of its sources reads, side by side or one below the other."""
    by_maker = defaultdict(list)
    for source in sorted(sources, key=lambda s: (s.layout != "ees", -len(s.columns))):
        by_maker[maker_of(source)].append(source)
    name = f"{table.path}!{table.sheet}" if table.sheet else table.name
    of_any = by_maker.pop(None, [])
    made = [maker(merged(group), name) for maker, group in by_maker.items()]
    rows = stacked(made) if made else []
    shared = set.intersection(*(set(source.symbols) for source in of_any)) if of_any else set()
    for each in of_any:
        kept = {symbol: each.symbols[symbol] for symbol in each.symbols if symbol in shared}
        source = each.model_copy(update={"symbols": kept})
        is_there = rows and any_source.is_read(source, rows)
        own = any_source.make_rows(source, rows if is_there else None)
        rows = own if is_there or not rows else stacked([rows, own])
    return rows


def merged(sources: list[Source]) -> Source:
    """Give sources that read the same rows as one that reads all their columns."""
    first, *others = sources
    for other in others:
        union = {
            "columns": tuple(dict.fromkeys([*first.columns, *other.columns])),
            "expect": {**other.expect, **first.expect},
            "symbols": {k: v for k, v in first.symbols.items() if k in other.symbols},
            "indicators": {**other.indicators, **first.indicators},
        }
        first = first.model_copy(update=union)
    return first


def stacked(parts: list[Rows]) -> Rows:
    """Put tables below one another under all their columns."""
    if len(parts) == 1:
        return parts[0]
    header = list(dict.fromkeys(column for rows in parts for column in rows[0]))
    body = []
    for names, *rows in parts:
        places = [names.index(column) if column in names else None for column in header]
        body += [["" if at is None else row[at] for at in places] for row in rows]
    return [header, *body]


def content(tables: Mapping[Table, Rows]) -> bytes:
    """Make one file of the tables in it, as its suffix says; a csv.gz is packed in some way."""
    table, rows = next(iter(tables.items()))
    suffix = Path(table.member or table.path).suffix
    if suffix in {".xlsx", ".ods"}:
        write = files.xlsx if suffix == ".xlsx" else files.ods
        return write({t.sheet: r for t, r in tables.items()} | covers(table.path))
    if suffix == ".parquet":
        return files.parquet(rows, all_tables()[table][0].id)
    if suffix == ".json":
        return files.geojson(rows)
    text = files.as_csv(rows)
    if suffix != ".gz":
        return text
    is_zip = table.path.startswith("alternative-provision")  # although its name says otherwise
    return files.packed({"inside.csv": text}) if is_zip else files.zipped(text)


def covers(path: str) -> dict[str, Rows]:
    """Make the cover sheet that a source looks for in a workbook: when it was published."""
    found = [s.cover for t, ss in all_tables().items() if t.path == path for s in ss if s.cover]
    return {
        cover.sheet.replace("*", "of a year"): [
            ["Title:", "An invented release"],
            *(
                [pattern.replace("(.+)", said).replace("\\.", ".").replace(".*", "Figures")]
                for pattern, said in (
                    (cover.published, "9 March 2024"),
                    (cover.next_release, "summer 2025"),
                )
                if pattern
            ),
        ]
        for cover in found
    }

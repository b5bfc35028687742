"""Read each published file once into memory as text: the least that any build has to do."""

import fnmatch
import json
import sys
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from pipeline import lake
from pipeline.readers import repair_workbook_bytes

QUERY = {
    # What costs least: no guessing of the dialect, which for these files takes a third longer.
    "csv": "read_csv(?, all_varchar = true, header = false, delim = ',', quote = '\"', "
    "strict_mode = false, null_padding = true, parallel = false)",
    "parquet": "read_parquet(?)",
}


def main() -> None:
    """Read the files listed on standard input as [path, reader, sheets] and hold them all."""
    held: list[object] = []
    with duckdb.connect() as db, lake.open_lake(Path(sys.argv[1])) as files:
        db.execute("SET threads = 1")
        for number, (name, reader, sheets) in enumerate(json.load(sys.stdin)):
            path = lake.get_local_path(files, "reading", name)
            if reader == "workbook":
                book = CalamineWorkbook.from_filelike(
                    repair_workbook_bytes(path.read_bytes(), is_ods=path.suffix == ".ods")
                )
                like = [fnmatch.filter(book.sheet_names, sheet)[0] for sheet in sheets]
                held.extend(book.get_sheet_by_name(sheet).to_python() for sheet in like)
            elif reader == "topojson":
                held.append(json.loads(path.read_bytes()))
            else:
                rows = f"SELECT COLUMNS(*)::VARCHAR FROM {QUERY[reader]}"
                db.execute(f"CREATE TABLE file_{number} AS {rows}", [str(path)])


if __name__ == "__main__":
    main()

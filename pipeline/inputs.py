"""What a build is made from, as one hash: the files that were read, the catalogue, the program."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pipeline import kept, lake
from pipeline.catalogue import Catalogue
from pipeline.lake import Lake

HERE = Path(__file__).parent

# Other versions of these may write other bytes.
LIBRARIES = ("duckdb", "numpy", "pyarrow", "python-calamine")
PROGRAM = {".py", ".sql", ".toml", ".geojson"}


def compute_inputs_digest(files: Lake, definitions: Catalogue, root: Path = HERE) -> str:
    """Give the hash of everything that decides what a build holds.

    Files are hashed by their bytes, which is what is published of them, with their rows of the
    manifest, and kept rows where they stand for files; no time of day and no date of a file is
    looked at. Raises SourceError for a file that is missing or has no row.
    """
    parts = [f"{library} {version(library)}" for library in LIBRARIES]
    for name, source in sorted(list_files_read(files, definitions).items()):
        parts.append(f"{name} {sorted(lake.describe_provenance(files, source, name).items())}")
    parts += kept.list_hashes(files.kept) if lake.needs_kept(files) else []
    parts += [
        f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for folder in dict.fromkeys((HERE, root))
        for path in _list_program_files(folder)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def list_files_read(files: Lake, definitions: Catalogue) -> dict[str, str]:
    """Find each file that a source reads, with the id of one that does."""
    return {
        name.partition("!")[0]: source.id
        for source in definitions.sources.values()
        for name in lake.read_by(files, source)
    }


def _list_program_files(folder: Path) -> Iterable[Path]:
    """List the program's own files and the catalogue's."""
    return sorted(path for path in folder.rglob("*") if path.suffix in PROGRAM)

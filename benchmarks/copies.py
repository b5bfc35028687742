"""Builds that differ in a note alone, to be published one after another where nobody looks."""

import json
import shutil
from pathlib import Path

from pipeline import builds, package, publish


def copy(source: Path, out: Path, note: str = "") -> str:
    """Copy a build into a folder of builds, with a note in its description; gives its id.

    The figures are the same to the byte; the id is another for each note, as it is for any words.
    """
    described = json.loads((source / package.DESCRIPTOR).read_text(encoding="utf-8"))
    described["description"] += note
    name = package.compute_identity(described | {"version": ""})
    shutil.copytree(source, out / name)
    text = package.format_descriptor(described | {"version": name})
    (out / name / package.DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
    builds.check_build(out / name)
    return name


def serve_in_turn(out: Path, *names: str) -> None:
    """Serve the first of some builds, with the others as those before it."""
    pointer = {"build": names[0], "before": names[1:]}
    publish.replace_text(out / builds.POINTER, json.dumps(pointer) + "\n")

"""The program as it is: what it draws and says is another thing once it has changed."""

import hashlib
from functools import cache
from pathlib import Path

from pipeline import formulas

NAME = "SEND System Health"
DASHBOARD = Path(__file__).parents[1]


@cache
def read_hash() -> str:
    """A short hash of the code and templates that word and draw what is given out, for tags."""
    digest = hashlib.sha256()
    ours = sorted(path for path in DASHBOARD.rglob("*") if path.suffix in {".j2", ".py"})
    for path in [*ours, Path(formulas.__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

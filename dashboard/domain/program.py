"""The program as it is: what it draws and says is another thing once it has changed."""

import hashlib
from functools import cache
from pathlib import Path

from pipeline import formulas

NAME = "SEND System Health"
DASHBOARD = Path(__file__).parents[1]


@cache
def read_hash() -> str:
    """A short hash of the code that words and draws what is given out, for the tags of answers."""
    digest = hashlib.sha256()
    for path in [*sorted(DASHBOARD.rglob("*.py")), Path(formulas.__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

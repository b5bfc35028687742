"""Which tests are in `make test`: all but the exhaustive, and of those with many cases a sample.

`@pytest.mark.sample(3)` leaves three of a test's cases in it, `@pytest.mark.sample(1, each="page")`
one for each value of that parameter. The others are marked exhaustive, as is what
`@pytest.mark.exhaustive` stands above. `make test-all` runs everything.
"""

from collections import defaultdict
from zlib import crc32

import pytest

exhaustive = pytest.mark.exhaustive


def mark(items):
    """Mark as exhaustive what no sample has.

    Which cases those are depends on their names alone: tests with the same cases share theirs, and
    what was made for one serves the next.
    """
    for (_, _, size), cases in grouped(items).items():
        for item in sorted(cases, key=place)[size:]:
            item.add_marker(exhaustive)


def place(item):
    """Where a case stands in an order that has nothing to do with that of its parameters."""
    return crc32(item.nodeid.partition("[")[2].encode())


def grouped(items):
    """The cases of each test that is sampled, by the parameter of which each value has its own."""
    groups = defaultdict(list)
    for item in items:
        asked = item.get_closest_marker("sample")
        if asked:
            (size,) = asked.args
            value = item.callspec.params[asked.kwargs["each"]] if asked.kwargs else None
            groups[item.nodeid.partition("[")[0], str(value), size].append(item)
    return groups

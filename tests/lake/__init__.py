"""A whole lake of invented files, one per source, in the layout of the published ones.

Every number is made by `number` from the place it stands in, so that a plain formula says what the
pipeline must find there. The areas are invented too: Testshire and so on, in real regions.
"""

from tests.lake.areas import AREAS, LOCAL_AUTHORITIES
from tests.lake.numbers import number
from tests.lake.write import write_lake

__all__ = ["AREAS", "LOCAL_AUTHORITIES", "number", "write_lake"]

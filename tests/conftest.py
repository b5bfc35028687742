"""What every test shares."""

import os

import pytest
from hypothesis import settings

from pipeline.values import BUILT, prepare_build
from tests import sample

# The same examples each time, and no failure because the machine is busy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("quick", settings.get_profile("steady"), max_examples=25)
settings.load_profile("steady")


def pytest_configure():
    """Make the build that tests read of the figures in git: one process makes it for all."""
    if why := prepare_build(BUILT):
        raise pytest.UsageError(why)


@pytest.hookimpl(tryfirst=True)  # before those that `-m` leaves out are
def pytest_collection_modifyitems(items):
    sample.mark(items)


def pytest_xdist_auto_num_workers():
    """One more than there are processors: tests in a browser wait for it half of their time."""
    return (os.cpu_count() or 1) + 1

"""What every test shares."""

from hypothesis import settings

# The same examples each time, and no failure because the machine is busy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

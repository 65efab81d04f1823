"""The tests on another day: `python -m tests.dates` runs them, mongod and all, under Debian's faketime."""

BEGAN = "TESTS_BEGAN"
"""Variable with the moment at which such a run began, as its processes should see it."""

"""The tests on another day: `python -m tests.dates` runs them, mongod and all, under Debian's faketime."""

"""Invented lives: 500 cases of the last 90 days for the demo, and as many as tests and benches ask for.

`writing`, `people`, `lives` and `telling` are pure; `filling.py` makes them happen in a database.
"""

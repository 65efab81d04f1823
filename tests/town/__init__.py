"""The one town of all tests: its departments and people, its clock, what is said in it, and ways to look in.

Pure tests import `clock`, `places`, `words`, `rules` and `cases`: these may bring no driver, no server and no
aiogram.
"""

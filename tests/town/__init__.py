"""The one town of all tests: its departments and people, its clock, its cases, and what is said in it.

All of this is pure: it may bring no driver, no server and no aiogram. What runs is in `live`.
"""

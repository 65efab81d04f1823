"""Do the pure tests of a room notice when its code is wrong? Breaks the core in small ways and looks.

`python -m tools.mutants --help`. Why it is our own: docs/mutants.md.
"""

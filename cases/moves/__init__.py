"""How anything in here changes: a table of moves, named requirements, one history, one conditional write.

Knows no case. A case, and everything else with states, brings its own table, requirements and effects.
"""

"""Who works at the desk: the roles its routes are open to. Rights on a case are decided by the core."""

from __future__ import annotations

from cases.lifecycle.permissions import HOLDERS
from cases.people import Role

DESK_ROLES = HOLDERS
"""Work in a department's queue."""
CASE_ROLES = (*DESK_ROLES, Role.SUPERVISOR)
"""May open case pages; the core decides which cases and which moves."""

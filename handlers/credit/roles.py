"""Who works on the integrity side's pages: its routes' roles. Rights are the core's."""

from __future__ import annotations

from cases.people import Role

WORKING = (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER, Role.SUBJECT, Role.WATCHER)
"""Whose move something can wait for."""
ACTING = (*WORKING, Role.SUPERVISOR)
"""May make moves; which, is the core's answer."""
CREDIT_ROLES = (*ACTING, Role.AUDITOR)
"""May open the pages."""
ARCHIVE_ROLES = tuple(role for role in CREDIT_ROLES if role is not Role.WATCHER)
"""May open the archive of a body."""
AWARD_ROLES = tuple(role for role in CREDIT_ROLES if role not in {Role.SUBJECT, Role.WATCHER})
"""May ask whether a body may be honoured."""

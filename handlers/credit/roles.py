"""Who works on the integrity side's pages: its routes' roles. Rights are the core's."""

from __future__ import annotations

from cases.people import Role

WORKING = (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER, Role.SUBJECT, Role.WATCHER)
"""Whose move something can wait for."""
ACTING = (*WORKING, Role.SUPERVISOR)
"""May make moves; which, is the core's answer."""
CREDIT_ROLES = (*ACTING, Role.AUDITOR, Role.EVALUATOR)
"""May open the pages; an evaluator finds the own mandate there and nothing else."""
ANYBODY_HERE = tuple(role for role in Role if role not in {Role.CITIZEN, Role.SYSTEM})
"""Whoever has an account may turn out to be the official whom a sealed object is about."""
CONCERNED = tuple(role for role in ANYBODY_HERE if role is not Role.AUDITOR)
"""Of these an auditor reads, and makes no move."""
OUTSIDERS = frozenset({Role.WATCHER, Role.EVALUATOR})
ARCHIVE_ROLES = tuple(role for role in CREDIT_ROLES if role not in OUTSIDERS)
"""May open the archive of a body."""
AWARD_ROLES = tuple(role for role in CREDIT_ROLES if role not in OUTSIDERS | {Role.SUBJECT})
"""May ask whether a body may be honoured."""
AGGREGATE_ROLES = (Role.EVALUATOR, Role.REGISTRAR, Role.AUDITOR)
"""May ask for what outside evaluators are told; an evaluator with a mandate that runs."""

"""What may happen to a case, who may do it, and what it does: one table, its requirements and effects."""

"""The audit trail on a page."""

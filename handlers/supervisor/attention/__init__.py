"""What waits for a supervisor: decisions, orders, warnings, the digest of the morning."""

"""Who comes in, and what a route lets them do. Deny by default."""

"""Staff, their logins and tokens, and the systems of their departments."""

"""Files as people send them: what they are, cleaned of what they should not tell."""

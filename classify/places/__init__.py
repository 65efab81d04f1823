"""Which place a message is about."""

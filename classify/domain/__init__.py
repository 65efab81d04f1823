"""Which domain a message is about, and why."""

"""The town at work: the product put together or running, its database, and ways to speak to it."""

"""The use cases of the integrity side: objects, archives, warnings, awards, exchange, public registers."""

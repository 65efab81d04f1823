"""The sums a message names, and what of it is owed."""

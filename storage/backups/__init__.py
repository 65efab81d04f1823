"""Everything in one sealed file, and back into an empty database."""

"""The board itself, its lists and its ranking."""

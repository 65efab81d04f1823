"""Work over many rooms at once: keys renewed, what was kept long enough, files nothing refers to."""

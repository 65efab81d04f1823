"""Files that citizens and departments give."""

"""The lexicons, and finding their phrases in a text."""

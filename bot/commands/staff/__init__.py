"""`python -m bot staff …`: accounts and tokens."""

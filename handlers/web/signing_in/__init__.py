"""Login, second factor, account."""

"""One case on a page: its course, its forms, its letter."""

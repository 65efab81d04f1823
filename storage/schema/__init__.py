"""What is stored: every collection with its indexes and shape, and how an older database is brought up."""

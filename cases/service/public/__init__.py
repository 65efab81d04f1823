"""What anybody may see and check of a complaint: the public list, receipts, and the log of days."""

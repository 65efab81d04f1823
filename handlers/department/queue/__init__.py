"""The department's queue, its views, and who has how much to do."""

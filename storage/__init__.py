"""Fulfils the core's ports on MongoDB: mapping, indexes, sealing, files, the embedded server, backups."""

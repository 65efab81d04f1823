"""The only door to the driver: connection, collections, files, failures. Knows nothing of what is stored."""

"""The process: settings, composition root, command line, polling or webhook, workers."""

import time

STARTED = time.monotonic()
"""Measured from before the first import."""
VERSION = "0.1.0"

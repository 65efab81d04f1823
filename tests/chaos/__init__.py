"""Proof by trying: a real replica set and real processes, broken on purpose while people write."""

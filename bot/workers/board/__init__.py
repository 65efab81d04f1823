"""Keeps the board's figures and tells supervisors what they must know."""

"""Sentences in the reader's language: refusals, values, traditional characters."""

"""Telling a complaint: from the first words to the confirmed summary."""

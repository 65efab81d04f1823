"""What time asks for: clocks, retention, calendars, stray files."""

"""Reports people hand in: week, month, quarter, year or any days, on a page, as PDF and as Word."""

"""The report of a month or a year, on a page and as PDF."""

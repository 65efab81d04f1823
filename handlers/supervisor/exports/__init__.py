"""Figures for other programs: CSV, XLSX, JSON, Prometheus."""

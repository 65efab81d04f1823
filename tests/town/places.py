"""The departments that tests speak of, all of 青海 but one."""

from __future__ import annotations

FINANCE = "630000:省财政厅"
"""Leads 政府采购."""
REFORM = "630000:省发展改革委"
"""Coordinates, and leads 招标投标."""
GOVERNMENT = "630000:省政府"
ELSEWHERE = "230000:省财政厅"
"""Of 黑龙江: concerned with nothing here."""

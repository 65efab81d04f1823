"""Lists of cases as page and API both show them."""

"""How a page is made: templates, filters, static files, and pages for what went wrong."""

"""The integrity side's pages, through the whole application on a real database."""

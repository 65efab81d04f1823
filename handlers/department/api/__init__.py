"""The JSON API of the desk: the same use cases as the pages, for departments with systems of their own."""

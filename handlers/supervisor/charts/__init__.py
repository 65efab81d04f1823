"""Pictures drawn on the server as SVG inside the page: no script, no inline style, clear without colour."""

"""Office documents and PDF without author, history and what lies hidden in them."""

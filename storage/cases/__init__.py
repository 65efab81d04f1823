"""Cases and, apart from them, who filed them."""

"""The board's figures: rows of facts, cells added up from them, and what was noticed in them."""

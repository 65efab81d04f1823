"""Letters to a citizen: their table, what they must hold, and how they go with the moves of a case."""

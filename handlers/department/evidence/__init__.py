"""Files of a case: taken in, shown, and each look recorded."""

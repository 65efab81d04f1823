"""Forms made from the arguments of moves, and read back."""

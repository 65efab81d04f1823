"""What a citizen may do with what was filed: look, supplement, write, rate, ask for review."""

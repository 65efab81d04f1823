"""Pages for everybody: promised times, the check of letters and proofs."""

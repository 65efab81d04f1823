"""What each move does to a case; whether it may be made was decided before."""

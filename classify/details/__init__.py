"""What else a message tells: times, what is at stake, what gives its writer away."""

"""What a message names: place, accused body, sums, times, wish; each read by itself."""

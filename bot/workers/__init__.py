"""What runs in the background: loops that do one step after another, each under a lease."""

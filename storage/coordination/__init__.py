"""What several processes of a deployment agree on: who does what, how fast, and who was told."""

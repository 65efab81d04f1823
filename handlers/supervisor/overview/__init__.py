"""What the board is made from: figures asked for once, and the numbers and pictures of them."""

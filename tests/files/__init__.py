"""Files as people send them, made for the test with what betrays in them."""

"""Sound and film without what their containers tell: the coded picture and sound stay byte for byte."""

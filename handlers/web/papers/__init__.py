"""Papers people hand in, as PDF and as Word: headings, sentences, tables and pictures in order."""

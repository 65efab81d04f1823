"""Files that staff take in and look at, of whatever they belong to: cleaned, stored, and shown safely."""

"""Text as such: its plain form, its sound, and how alike two texts are."""

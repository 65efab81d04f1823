"""How many characters people may write, wherever they write it: chat, page, counter, API, desk."""

LONGEST_COMPLAINT = 20_000
"""Of the whole story, and of what is added to it later."""
LONGEST_WISH = 2_000
LONGEST_WORDS = 5_000
"""Of a message, an answer, or the grounds of a move."""
LONGEST_REMARK = 2_000
LONGEST_LINE = 500
"""Of one line, such as a legal basis."""

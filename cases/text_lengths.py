"""How many characters people may write, wherever they write it: chat, page, counter, API, desk."""

COMPLAINT = 20_000
"""Of the whole story, and of what is added to it later."""
WISH = 2_000
WORDS = 5_000
"""Of a message, an answer, or the grounds of a move."""
REMARK = 2_000
SHORT_WORDS = 500
"""Of one line, such as a legal basis."""

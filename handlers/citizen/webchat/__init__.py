"""The same dialogue on a page, as if it were Telegram."""

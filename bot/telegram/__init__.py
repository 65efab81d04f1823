"""The Bot API: its calls as data, its updates, its bots."""

"""The conversation: one update in, calls of the Bot API out, whatever the channel."""

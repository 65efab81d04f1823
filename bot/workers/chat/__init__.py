"""From the inbox through the dialogue to the outbox, chat by chat."""

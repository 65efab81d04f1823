"""Chats: inbox, dialogue and outbox of each in one document, and the lines a page shows."""

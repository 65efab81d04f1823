"""The citizen: the dialogue in any chat, the web chat, public pages."""

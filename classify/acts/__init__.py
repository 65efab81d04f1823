"""What a message does: danger, a question to us, a command, a greeting, an insult, or a story.

Rules and phrases are data (`*.toml`); nothing here knows the dialogue or a case.
"""
